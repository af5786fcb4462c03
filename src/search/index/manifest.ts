/** The list of what a snapshot consists of: small, hashed itself, and the last file of a snapshot to be written. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { infoOf, sha256, textOf, writeWhole } from './files.ts'
import type { Layout } from './packed.ts'

/** Rises when the layout of the files, the terms that texts are turned into, what is indexed of records, or the values of facets change. */
export const formatVersion = 27

export type SegmentFile = { file: string; sha256: string; layout: Layout }
export type Manifest = {
  version: number
  seq: number
  parts: (SegmentFile & { deleted: string | null })[]
  values: [facet: string, value: string][]
}

const namePattern = /^manifest-(\d{10})-[0-9a-f]{16}\.json$/
const hashLength = 64

/** Newest first. The number in the name rises with every save, whatever the journal did: it may begin anew. */
export async function manifestNames(folder: string): Promise<string[]> {
  if (!(await infoOf(folder))) return []
  const names = (await readdir(folder)).filter((name) => namePattern.test(name))
  return names.sort().toReversed()
}

/** Answers its name. Processes that save at once write different ones. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<string> {
  const text = JSON.stringify(manifest)
  const hash = sha256(text)
  const [newest] = await manifestNames(folder)
  const generation = newest ? Number(namePattern.exec(newest)![1]) + 1 : 1
  const name = `manifest-${String(generation).padStart(10, '0')}-${hash.slice(0, 16)}.json`
  await writeWhole(folder, name, Buffer.from(`${hash}\n${text}`))
  return name
}

/** `foreign` is sound, but of another version of the node; `gone` was cleared away by another process meanwhile. */
export async function readManifest(folder: string, name: string): Promise<Manifest | 'damaged' | 'foreign' | 'gone'> {
  const text = await textOf(join(folder, name))
  if (text === null) return 'gone'
  const body = text.slice(hashLength + 1)
  if (text[hashLength] !== '\n' || sha256(body) !== text.slice(0, hashLength)) return 'damaged'
  const manifest: Manifest = JSON.parse(body)
  return manifest.version === formatVersion ? manifest : 'foreign'
}
