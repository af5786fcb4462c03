/** Where a search thread begins: with the code that was compiled before, if the process keeps any. */
import { enableCompileCache } from 'node:module'
import { workerData } from 'node:worker_threads'

const { cacheFolder, code } = workerData as { cacheFolder?: string; code: string }
if (cacheFolder) enableCompileCache(cacheFolder)
await import(code)
