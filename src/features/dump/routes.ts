/** The dump: its page and its files. */
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { json } from '#kernel/http/api.ts'
import { openToAll } from '#kernel/http/headers.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Web } from '#kernel/http/server.ts'
import type { Database } from '#kernel/database/database.ts'
import { kindsWithdrawnAfter } from '#kernel/journal.ts'
import { Problem } from '#kernel/problem.ts'
import type { PageContext } from '#ui/page-context.ts'
import { filesOf, type DataPackage } from './dump.ts'
import { incrementsOf, isNameOfIncrement, keptIncrements, type Increment } from './increment.ts'
import { dumpPage, type KeptIncrement } from './pages/dump.ts'

export function mountDump(web: Web, { view }: PageContext, dumpFolder: string, { read }: Pick<Database, 'read'>): void {
  web.route('GET', '/dump', async (request) =>
    dumpPage(view(request), await descriptionOf<DataPackage>(dumpFolder), await incrementsKept(dumpFolder)),
  )
  web.route('GET', '/dump/:file', async (_asked, { file = '' }) => {
    await expectNothingWithdrawn(read, dumpFolder, file)
    return fileOf(dumpFolder, file)
  })
  web.route('GET', '/dump/increments/:name/:file', async (_asked, { name = '', file = '' }) => {
    if (!isNameOfIncrement.test(name)) throw new Problem('fileNotFound', { file: name.slice(0, 100) })
    await expectNothingWithdrawn(read, dumpFolder, file)
    return fileOf(join(incrementsOf(dumpFolder), name), file)
  })
}

/**
 * What somebody withdrew is not given out from then on: until the dump is made anew, a minute or two later, the file of its kind waits.
 * A dump and its increments are written with the same place of the journal, as what was withdrawn is taken out of all of them.
 * @throws Problem dumpMadeAnew
 */
async function expectNothingWithdrawn(db: Database['read'], dumpFolder: string, file: string): Promise<void> {
  if (!file.endsWith('.jsonl.gz')) return
  const kept = await descriptionOf<DataPackage>(dumpFolder)
  if (!kept) return
  const kinds = await kindsWithdrawnAfter(db, kept.journal)
  if (kinds.includes(file.slice(0, -'.jsonl.gz'.length).replace(/^versions-/, '')))
    throw new Problem('dumpMadeAnew', { file })
}

async function fileOf(folder: string, file: string): Promise<HttpResponse> {
  const description = await descriptionOf<DataPackage & Partial<Increment>>(folder)
  if (description && file === 'datapackage.json') return json(description, { keep: false })
  const files = description ? [...filesOf(description), ...(description.withdrawn ? [description.withdrawn] : [])] : []
  if (!files.some(({ path }) => path === file)) throw new Problem('fileNotFound', { file: file.slice(0, 100) })
  const path = join(folder, file)
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
}

/** The newest first. */
async function incrementsKept(dumpFolder: string): Promise<KeptIncrement[]> {
  const names = (await keptIncrements(dumpFolder)).toReversed()
  const all = await Promise.all(
    names.map(async (name) => ({
      name,
      description: await descriptionOf<Increment>(join(incrementsOf(dumpFolder), name)),
    })),
  )
  return all.flatMap(({ name, description }) => (description ? [{ name, description }] : []))
}

async function descriptionOf<Description>(folder: string): Promise<Description | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, 'datapackage.json'), 'utf8')) as Description
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
