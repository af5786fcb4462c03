/** The dump: its page and its files. */
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { json } from '#kernel/http/api.ts'
import { openToAll } from '#kernel/http/headers.ts'
import type { Web } from '#kernel/http/server.ts'
import { Problem } from '#kernel/problem.ts'
import type { PageContext } from '#ui/page-context.ts'
import { filesOf, type DataPackage } from './dump.ts'
import { dumpPage } from './pages/dump.ts'

export function mountDump(web: Web, { view }: PageContext, dumpFolder: string): void {
  web.route('GET', '/dump', async (request) => dumpPage(view(request), await descriptionOf(dumpFolder)))
  web.route('GET', '/dump/:file', async (_asked, { file = '' }) => {
    const description = await descriptionOf(dumpFolder)
    if (description && file === 'datapackage.json') return json(description, { keep: false })
    const files = description ? filesOf(description) : []
    if (!files.some(({ path }) => path === file)) throw new Problem('fileNotFound', { file: file.slice(0, 100) })
    const path = join(dumpFolder, file)
    const { size } = await stat(path)
    return {
      status: 200,
      headers: {
        'content-type': 'application/gzip',
        'content-length': String(size),
        'content-disposition': `attachment; filename="${file}"`,
        'cache-control': 'no-cache',
        ...openToAll,
      },
      body: createReadStream(path),
      keep: false,
    }
  })
}

async function descriptionOf(folder: string): Promise<DataPackage | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, 'datapackage.json'), 'utf8')) as DataPackage
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
