/** Files that come with forms (RFC 7578): streamed to disk, never whole in memory, with a limit on everything. */
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy'
import { extendBodyTime } from './body-timeout.ts'
import { textOf } from '../input-limits.ts'
import { withoutNul } from './forms.ts'
import { Problem } from '../problem.ts'

/** A file as it was sent. Its name is what the sender calls it, and no more to be believed than its content. */
export type SentFile = { field: string; name: string; path: string; bytes: number }
export type Upload = {
  form: URLSearchParams
  files: readonly SentFile[]
  /** A file was too large: none is kept, and what was typed beside it is there. */
  problem: Problem | undefined
  remove: () => Promise<void>
}
export type UploadLimits = { fileBytes: number; files: number }

const mostFields = 5_000
const longestField = 512 * 1024
const mostFieldBytes = 2 * 1024 * 1024
const longestFileName = 200
/** What is too large is still read to its end up to here, so that a browser sees the answer and not a broken line. */
const readToTheEnd = 4

/** Ten megabytes over a line of 140 kilobits a second. */
export const patience = { wholeMs: 10 * 60_000, silentMs: 30_000 }

/** A body of `multipart/form-data` that has not been read, so that a route can check the sender first. */
export class Incoming {
  readonly #request: IncomingMessage
  readonly #folder: string

  constructor(request: IncomingMessage, folder: string) {
    this.#request = request
    this.#folder = folder
  }

  /**
   * Reads all of it; the files lie in the folder of uploads until they are removed. Without `keepFiles` they are passed
   * over, and what was typed is still there.
   * @throws Problem tooManyParts, brokenUpload; uploadTooLarge where it is too much to be read to its end
   */
  async receive(limits: UploadLimits, { keepFiles = true } = {}): Promise<Upload> {
    const came = keepFiles ? extendBodyTime(this.#request, patience) : () => {}
    const files: SentFile[] = []
    const remove = async () => {
      await Promise.all(files.map(({ path }) => rm(path, { force: true })))
    }
    try {
      const folder = keepFiles ? await made(this.#folder) : undefined
      const read = await readAll(this.#request, limits, { folder, came }, files)
      if (!read.problem) return { ...read, files, remove }
      await remove()
      return { ...read, files: [], remove }
    } catch (error) {
      await remove()
      throw error
    }
  }
}

const made = async (folder: string) => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return folder
}

async function readAll(
  request: IncomingMessage,
  limits: UploadLimits,
  { folder, came }: { folder: string | undefined; came: () => void },
  files: SentFile[],
): Promise<Pick<Upload, 'form' | 'problem'>> {
  const most = limits.fileBytes * limits.files + mostFieldBytes
  const tooLarge = (file: string) => new Problem('uploadTooLarge', { file, limit: inMegabytes(limits.fileBytes) })
  if (Number(request.headers['content-length'] ?? 0) > most * readToTheEnd) throw tooLarge('')

  const form = new URLSearchParams()
  const parser = parserOf(request, limits)
  const writing: Promise<void>[] = []
  const open = new Set<Readable>()
  let problem: Problem | undefined
  let fieldBytes = 0
  const refuse = (one: Problem) => void (problem ??= one)

  parser.on('field', (name, value, isNameCut, isCut) => {
    fieldBytes += value.length
    if (isNameCut || isCut || fieldBytes > mostFieldBytes) refuse(new Problem('tooLarge', { limit: mostFieldBytes }))
    else
      try {
        form.append(textIn(name ?? ''), textIn(value))
      } catch (error) {
        refuse(error as Problem)
      }
  })
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const)
    parser.on(limit, () => refuse(new Problem('tooManyParts', { files: limits.files })))
  parser.on('file', (field, stream: BusboyFileStream, sent) => {
    const name = plainName(sent ?? '')
    stream.on('limit', () => refuse(tooLarge(name)))
    // Where nothing was chosen, browsers send a file without a name.
    if (folder === undefined || name === '' || problem) return void stream.on('error', () => {}).resume()
    const file: SentFile = { field, name, path: join(folder, randomUUID()), bytes: 0 }
    files.push(file)
    open.add(stream)
    writing.push(
      pipeline(stream, createWriteStream(file.path, { flags: 'wx', mode: 0o600 })).then(() => {
        open.delete(stream)
        file.bytes = stream.bytesRead
      }),
    )
  })

  try {
    await pipeline(request, counted(most * readToTheEnd, { came, tooMuch: () => tooLarge('') }), parser)
    await Promise.all(writing)
  } catch (error) {
    for (const stream of open) stream.destroy(error as Error)
    await Promise.allSettled(writing)
    throw problem ?? problemOf(error)
  }
  if (problem && problem.code !== 'uploadTooLarge') throw problem
  return { form, problem }
}

/** Fields come as bytes, one a character (`defCharset`), so that what is no UTF-8 is seen. @throws Problem notUtf8 */
const textIn = (binary: string): string => withoutNul(textOf(Buffer.from(binary, 'latin1')))

function parserOf(request: IncomingMessage, { fileBytes, files }: UploadLimits): BusboyInstance {
  try {
    return new Busboy({
      defCharset: 'latin1',
      headers: request.headers as IncomingMessage['headers'] & { 'content-type': string },
      limits: {
        fileSize: fileBytes,
        files,
        fields: mostFields,
        parts: mostFields + files,
        fieldSize: longestField,
        fieldNameSize: 200,
        headerPairs: 20,
        headerSize: 8 * 1024,
      },
    })
  } catch (cause) {
    throw new Problem('brokenUpload', {}, { cause })
  }
}

/** A disk that is full, or a folder that may not be written to, is no fault of the sender. */
function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Problem('diskFull', {}, { cause: error })
  if (code === 'EROFS' || code === 'EACCES') return new Problem('readOnly', {}, { cause: error })
  return new Problem('brokenUpload', {}, { cause: error })
}

function counted(most: number, { came, tooMuch }: { came: () => void; tooMuch: () => Problem }): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      came()
      bytes += chunk.length
      if (bytes > most) done(tooMuch())
      else done(null, chunk)
    },
  })
}

const megabyte = 1024 * 1024
const inMegabytes = (bytes: number) => Math.round((bytes / megabyte) * 10) / 10

/** One line without folders or marks that turn the direction of writing. */
const plainName = (sent: string): string =>
  sent
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFD]/gu, '')
    .split(/[/\\]/)
    .at(-1)!
    .trim()
    .slice(-longestFileName)

/** What uploads left when a process fell. Only where no other process takes any. */
export const clearUploads = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true })
