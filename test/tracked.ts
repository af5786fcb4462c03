import { fileURLToPath } from 'node:url'

/** What a process is started with whose tests are tracked by `tracking.ts`. */
export const tracking = `--import=${fileURLToPath(new URL('./tracking.ts', import.meta.url))}`
