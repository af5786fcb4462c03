/** Reading a folder that came from outside: names stay inside it, sizes are bounded, text is UTF-8. */
import { createReadStream } from 'node:fs'
import { open, readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { Problem } from './problem.ts'

export type Folder = {
  path: string
  /** Files below it, as slash-separated relative names in byte order. */
  names(): Promise<string[]>
  has(name: string): Promise<boolean>
  bytes(name: string): Promise<Uint8Array>
  /** The whole file as text; a leading byte-order mark is dropped. */
  text(name: string): Promise<string>
  /** What a file begins with, for looking at what it is: bytes that are no UTF-8 are replaced. */
  head(name: string, bytes?: number): Promise<string>
  /** Line by line, numbered from 1, without holding the file in memory. */
  lines(name: string): AsyncIterable<{ line: number; text: string }>
  /** The bytes as they come, for files that have no lines worth the name. */
  pieces(name: string): AsyncIterable<Uint8Array>
}

export type FolderLimits = { fileBytes: number; files: number; lineCharacters: number }
const usualHeadBytes = 64 * 1024
const usualLimits: FolderLimits = { fileBytes: 512 * 1024 * 1024, files: 200_000, lineCharacters: 8 * 1024 * 1024 }

/**
 * `only` is the one file of it that is seen, where a person named a file.
 * @throws Problem notFound when there is no such folder; tooLarge, invalid while reading.
 */
export async function openFolder(path: string, limits: FolderLimits = usualLimits, only?: string): Promise<Folder> {
  const root = await realpath(path).catch(() => {
    throw new Problem('folderNotFound', { path })
  })
  if (!(await stat(root)).isDirectory()) throw new Problem('folderNotFound', { path })

  const inside = async (name: string) => {
    if (only !== undefined && name !== only) throw new Problem('fileNotFound', { file: name })
    const file = await realpath(join(root, name)).catch(() => {
      throw new Problem('fileNotFound', { file: name })
    })
    if (!file.startsWith(root + sep)) throw new Problem('fileNotFound', { file: name })
    if ((await stat(file)).size > limits.fileBytes)
      throw new Problem('fileTooLarge', { file: name, limit: limits.fileBytes })
    return file
  }
  const decode = (bytes: Uint8Array, name: string) => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch (cause) {
      throw new Problem('notUtf8', { file: name }, { cause })
    }
  }

  return {
    path: root,
    names: async () => {
      if (only !== undefined) return [only]
      const entries = await readdir(root, { recursive: true, withFileTypes: true })
      if (entries.length > limits.files) throw new Problem('tooManyFiles', { path, limit: limits.files })
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .sort()
    },
    has: async (name) =>
      inside(name).then(
        () => true,
        () => false,
      ),
    bytes: async (name) => readFile(await inside(name)),
    text: async (name) => decode(await readFile(await inside(name)), name),
    head: async (name, bytes = usualHeadBytes) => {
      const file = await open(await inside(name))
      try {
        const { bytesRead, buffer } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
        return new TextDecoder().decode(buffer.subarray(0, bytesRead))
      } finally {
        await file.close()
      }
    },
    lines: async function* (name) {
      yield* linesOf(createReadStream(await inside(name)), name, limits.lineCharacters)
    },
    pieces: async function* (name) {
      yield* createReadStream(await inside(name)) as AsyncIterable<Uint8Array>
    },
  }
}

/**
 * The lines of a UTF-8 stream, numbered from 1. Only a line feed ends a line: U+2028 may stand within one, in JSON.
 * @throws Problem notUtf8, lineTooLong
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, name: string, longest = usualLimits.lineCharacters) {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  let line = 0
  const read = (chunk?: Uint8Array) => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
    } catch (cause) {
      throw new Problem('notUtf8', { file: name }, { cause })
    }
  }
  for await (const chunk of chunks) {
    const pieces = (rest + read(chunk)).split('\n')
    rest = pieces.pop()!
    for (const text of pieces) yield { line: ++line, text: text.endsWith('\r') ? text.slice(0, -1) : text }
    if (rest.length > longest) throw new Problem('lineTooLong', { file: name, line: line + 1, limit: longest })
  }
  rest += read()
  if (rest) yield { line: ++line, text: rest }
}
