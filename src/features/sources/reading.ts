/** Reading an uploaded file as its source does: to look at what would become of it, or to keep it. */
import { basename, dirname } from 'node:path'
import type { Services } from '#kernel/context.ts'
import { openFolder, type Folder } from '#kernel/folder.ts'
import { Problem } from '#kernel/problem.ts'
import { importSource, type ImportReport, type TakeRows } from '#records/sources/import.ts'
import { viewOf } from '#records/sources/recognise.ts'
import type { Source } from '#records/sources/source.ts'
import type { Line, RunReport } from './shapes.ts'
import type { RunHow, SourceRun } from './store.ts'

export const limits = { bytes: 50 * 1024 * 1024 }
const folderLimits = { fileBytes: limits.bytes, files: 200_000, lineCharacters: 8 * 1024 * 1024 }
const refusedKept = 500
const notesKept = 200
const bytesShown = 1_000

type Uploaded = Pick<SourceRun, 'file' | 'fileName'> & { how: RunHow }

/** The file under its own name, as its source knows it. @throws Problem nothingRecognised */
async function folderOf(services: Services, source: Source, { file, fileName }: Uploaded): Promise<Folder> {
  const path = services.files.path(file)
  const stored = await openFolder(dirname(path), folderLimits, basename(path))
  const head = await stored.head(basename(path))
  const name = source.recognise(fileName, head.replace(/^\uFEFF/, ''))
  if (name === undefined)
    throw new Problem('nothingRecognised', {
      folder: fileName,
      source: source.title,
      expected: source.expects ?? source.folder,
    })
  return viewOf(stored, new Map([[name, basename(path)]]))
}

/** @throws Problem where the file is none of the source, or cannot be read at all */
export async function readUploaded(
  services: Services,
  source: Source,
  uploaded: Uploaded,
  take: TakeRows,
): Promise<RunReport> {
  const folder = await folderOf(services, source, uploaded)
  const { told, whole } = uploaded.how
  return reportOf(folder, await importSource(source, folder, take, { told, whole }))
}

/** What the history keeps of a reading. */
export async function reportOf(folder: Folder, { counts, refused, notes }: ImportReport): Promise<RunReport> {
  const line = ({ place, code, values = {} }: Omit<Line, 'bytes' | 'values'> & { values?: Line['values'] }): Line => ({
    place,
    code,
    values,
  })
  return {
    counts,
    refused: await withBytes(folder, refused.slice(0, refusedKept).map(line)),
    notes: notes.slice(0, notesKept).map(line),
  }
}

const placeOf = (place: string) => /^(.+):(\d+)$/.exec(place)

/** Each refused row as it stands in the file; of a file that could not be read, its beginning. */
async function withBytes(folder: Folder, refused: readonly Line[]): Promise<Line[]> {
  const names = new Set(await folder.names())
  const wanted = Map.groupBy(
    refused.flatMap(({ place }) => {
      const [, name = '', line = ''] = placeOf(place) ?? []
      return names.has(name) ? [{ name, line: Number(line) }] : []
    }),
    ({ name }) => name,
  )
  const found = new Map<string, string>()
  for (const [name, lines] of wanted) {
    const numbers = new Set(lines.map(({ line }) => line))
    const last = Math.max(...numbers)
    try {
      for await (const { line, text } of folder.lines(name)) {
        if (numbers.has(line)) found.set(`${name}:${line}`, text)
        if (line >= last) break
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error
    }
  }
  for (const name of names)
    if (refused.some(({ place }) => place === name)) found.set(name, await folder.head(name, bytesShown))
  return refused.map((one) => {
    const bytes = found.get(one.place)?.slice(0, bytesShown).toWellFormed().replaceAll('\u0000', '\uFFFD')
    return bytes ? { ...one, bytes } : one
  })
}
