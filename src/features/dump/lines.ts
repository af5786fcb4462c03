/** Files of lines, packed: how the parts of a dump are written and read. A disk that fails is told to who writes or reads. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import { pipeline as pipelined } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { linesOf } from '#kernel/folder.ts'
import type { DumpFile } from './dump.ts'

/** Writes a file line by line. What goes wrong with it is thrown by the next `line`, or by `end`. */
export function lineWriter(folder: string, kind: string) {
  const path = `${kind}.jsonl.gz`
  const gzip = createGzip({ level: 9 })
  const hash = createHash('sha256')
  let bytes = 0
  let rows = 0
  gzip.on('data', (chunk: Buffer) => {
    hash.update(chunk)
    bytes += chunk.length
  })
  const written = pipelined(gzip, createWriteStream(join(folder, path)))
  written.catch(() => {})
  return {
    line: async (text: string) => {
      rows++
      if (!gzip.write(`${text}\n`) || gzip.destroyed) await Promise.race([once(gzip, 'drain'), written])
    },
    end: async (): Promise<DumpFile> => {
      gzip.end()
      await written
      return {
        name: kind,
        path,
        format: 'jsonl',
        mediatype: 'application/jsonl',
        encoding: 'utf-8',
        bytes,
        hash: `sha256:${hash.digest('hex')}`,
        rows,
      }
    },
  }
}

/** The lines of such a file, one after the other. */
export function packedLines(folder: string, path: string): ReturnType<typeof linesOf> {
  const unpacked = createGunzip()
  // With `pipe`, what the file itself ends in would reach nobody, and end the process.
  pipeline(createReadStream(join(folder, path)), unpacked, () => {})
  return linesOf(unpacked, path)
}
