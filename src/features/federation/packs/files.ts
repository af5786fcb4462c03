/** Files that records of a pack name: written before the first record that names them, and taken before it is. */
import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Services } from '#kernel/context.ts'
import type { Perform } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { takeAttachment } from '#features/dump/take-dump.ts'
import { attachmentsIn } from '#records/attachment.ts'
import type { Refusal } from '#records/sources/ingest.ts'
import { filePartBytes, mostFileBytes, type FilePart, type Line } from './pack.ts'

export type FileCounts = {
  /** How many are not here yet, and how large they are together. */
  added: number
  bytes: number
  refused: Refusal[]
}

/** The lines of a pack, each after the files that it names and that are here; each file once. */
export async function* withFiles(
  { files }: Pick<Services, 'files'>,
  lines: AsyncIterable<Line>,
): AsyncIterable<Line | FilePart> {
  const written = new Set<string>()
  for await (const line of lines) {
    for (const { file } of attachmentsIn((line.signed.record as { body?: object }).body ?? {})) {
      if (written.has(file) || !(await files.has(file))) continue
      written.add(file)
      yield* partsOf(file, await files.bytes(file))
    }
    yield line
  }
}

function* partsOf(file: string, content: Buffer): Iterable<FilePart> {
  if (content.length === 0 || content.length > mostFileBytes) return
  const of = Math.ceil(content.length / filePartBytes)
  for (let part = 0; part < of; part++) {
    const data = content.subarray(part * filePartBytes, (part + 1) * filePartBytes).toString('base64')
    yield { file, part, of, bytes: content.length, data }
  }
}

type Taker = { perform: Perform; services: Pick<Services, 'files'>; dataDir: string }

/** Takes the files of a pack that was checked, part by part; one that is refused is told, and its records come without it. */
export function takingFiles({ perform, services, dataDir }: Taker, dryRun: boolean) {
  const counts: FileCounts = { added: 0, bytes: 0, refused: [] }
  let folder: string | undefined
  const put = async ({ file, part, of, bytes, data }: FilePart, place: string): Promise<void> => {
    if (await services.files.has(file)) return
    const isLast = part === of - 1
    if (!dryRun) {
      const scratch = join(dataDir, 'uploads')
      await mkdir(scratch, { recursive: true })
      folder ??= await mkdtemp(join(scratch, 'pack-'))
      const path = join(folder, file)
      await appendFile(path, Buffer.from(data, 'base64'))
      if (!isLast) return
      try {
        await perform(takeAttachment, { kind: 'system', id: 'pack' }, { path, file })
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        counts.refused.push({ place, code: 'fileRefused', values: { file: file.slice(0, 12) } })
        await rm(path, { force: true })
        return
      }
    }
    if (!isLast) return
    counts.added++
    counts.bytes += bytes
  }
  return { counts, put, close: async () => folder && rm(folder, { recursive: true, force: true }) }
}
