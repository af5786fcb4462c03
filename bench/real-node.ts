/** A node with the real records, kept between runs until the source or the collections change. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sources as collections } from '#app'
import { openDatabase } from '#kernel/database/database.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import type { Options } from './measure.ts'
import { closeConnections, runCommand, startNode } from './serving.ts'

export const repository = fileURLToPath(new URL('..', import.meta.url))
/** The collections to read; the records that come with the project stand in where there are none. */
export const testData = resolve(repository, process.env.QINGDAO_TEST_DATA ?? '../shared/data')

/** What decides how records are kept and found; pages may change without a new node. */
export const shaping = ['src/kernel/database', 'src/records', 'src/search']
const sources = [...collections.values()].map(({ name, source }) => [name, source.revision])

const isTest = /\.test\.ts$/

/** A digest of the source below some folders: what was made by other source is made anew. */
export function shapeOf(folders: readonly string[], also = ''): string {
  const digest = createHash('sha256').update(also)
  for (const folder of folders)
    for (const entry of readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile() && !isTest.test(one.name))
      .map((one) => join(one.parentPath, one.name))
      .sort())
      digest.update(readFileSync(entry))
  return digest.digest('hex')
}

/** The folder of that name, filled unless it is still of that shape. */
export async function keptFolder(
  name: string,
  shape: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(tmpdir(), `qingdao-bench-${name}`)
  const mark = join(folder, 'shape')
  if ((await readFile(mark, 'utf8').catch(() => '')) === shape) return folder
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await fill(folder)
  await writeFile(mark, shape)
  return folder
}

export const realNode = (options: Options): Promise<string> =>
  existsSync(testData) ? filledNode('real', testData, options) : seedNode(options)

/** A node with the records that come with the project and no others: what the questions of bench/queries are asked of. */
export const seedNode = (options: Options): Promise<string> => filledNode('seed', undefined, options)

function filledNode(name: string, data: string | undefined, { say }: Options): Promise<string> {
  return keptFolder(
    name,
    shapeOf(data === undefined ? [...shaping, 'seed'] : shaping, JSON.stringify([data ?? 'seed', sources])),
    async (folder) => {
      say(`filling a node with ${data === undefined ? 'the records that come with the project' : 'the collections'}`)
      if (data === undefined) await (await startNode(folder)).stop()
      else await runCommand('import', 'all', data, '--data-dir', folder)
      // Otherwise the server makes it a quarter of a minute after its start, in the midst of the measuring.
      await runCommand('dump', join(folder, 'dump'), '--data-dir', folder)
      closeConnections()
    },
  )
}

export async function recordsIn(dataDir: string, most = Number.POSITIVE_INFINITY): Promise<StoredRecord[]> {
  const database = await openDatabase(join(dataDir, 'qingdao.sqlite'))
  const found: StoredRecord[] = []
  try {
    while (found.length < most) {
      const some = await records(database.read).all(found.at(-1)?.number ?? 0, Math.min(5_000, most - found.length))
      if (some.length === 0) break
      found.push(...some)
    }
  } finally {
    await database.close()
  }
  return found
}
