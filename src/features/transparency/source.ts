/** Where the files of a log are read from: a folder, or the address of a node. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseJson } from '#kernel/input-limits.ts'
import type { Outbound } from '#kernel/outbound.ts'
import { Problem } from '#kernel/problem.ts'
import type { Hash } from '#codecs/merkle/merkle.ts'
import { parseCheckpoint, type Checkpoint } from '#codecs/tlog/checkpoint.ts'
import { decodeBundle, nodesFromTiles, splitHashes, tilePath, tileWidth, type TileName } from '#codecs/tlog/tiles.ts'
import type { LogKeys } from './keys.ts'

export type LogSource = {
  /** Undefined when there is no such file. */
  bytes: (path: string) => Promise<Uint8Array | undefined>
  /** The widths of the partial files there are of one tile, for when the one asked for was replaced by a wider. */
  widths: (name: TileName) => Promise<number[]>
}

/** A bundle of 256 of the longest entries. */
const longestFile = 17 * 1024 * 1024
const isAbsent = (error: NodeJS.ErrnoException) => error.code === 'ENOENT' || error.code === 'ENOTDIR'

export const folderSource = (folder: string): LogSource => ({
  bytes: (path) =>
    readFile(join(folder, path)).then(
      (bytes) => new Uint8Array(bytes),
      (error: NodeJS.ErrnoException) => {
        if (isAbsent(error)) return undefined
        throw error
      },
    ),
  widths: async (name) => {
    const names = await readdir(join(folder, `${tilePath({ ...name, width: tileWidth })}.p`)).catch(() => [])
    return names.filter((one) => /^[1-9]\d{0,2}$/.test(one)).map(Number)
  },
})

/** Whatever a node answers but 200 and 404 is a failure: it may have the file. @throws Problem fetchFailed */
export const addressSource = (address: string, outbound: Outbound): LogSource => ({
  bytes: async (path) => {
    const url = `${address.replace(/\/+$/, '')}/${path}`
    const { status, body } = await outbound(url, { bytes: longestFile })
    if (status === 404) return undefined
    if (status !== 200) throw new Problem('fetchFailed', { url, reason: String(status) })
    return body
  },
  widths: async () => [],
})

const textIn = async (source: LogSource, path: string): Promise<string | undefined> => {
  const bytes = await source.bytes(path)
  return bytes && new TextDecoder().decode(bytes)
}

export async function readCheckpoint(source: LogSource): Promise<(Checkpoint & { text: string }) | undefined> {
  const text = await textIn(source, 'checkpoint')
  return text === undefined ? undefined : { ...parseCheckpoint(text), text }
}

const keysLimit = { bytes: 1024 * 1024, depth: 8 }

/** The keys as the log tells them. @throws Problem malformedLog, malformedJson */
export async function readKeys(source: LogSource): Promise<LogKeys | undefined> {
  const text = await textIn(source, 'keys')
  return text === undefined ? undefined : parseKeys(parseJson(text, keysLimit))
}

export function parseKeys(value: unknown): LogKeys {
  const { origin, keys } = (value ?? {}) as Partial<LogKeys>
  const isText = (one: unknown) => typeof one === 'string'
  const isKey = (one: Partial<LogKeys['keys'][number]> | null) =>
    isText(one?.verifier) &&
    isText(one?.since) &&
    [one?.until, one?.handover, one?.revokedSince, one?.revocation].every((text) => text === undefined || isText(text))
  if (!isText(origin) || !Array.isArray(keys) || keys.length > 1_000 || !keys.every(isKey))
    throw new Problem('malformedLog', { what: 'keys' })
  return { origin: origin!, keys }
}

/** As much of a tile or bundle as a tree has: the file of that width, or the beginning of a wider one. */
async function widest(source: LogSource, name: TileName): Promise<{ bytes: Uint8Array; width: number } | undefined> {
  const wider = async () => [tileWidth, ...(await source.widths(name)).filter((width) => width > name.width)]
  const exact = await source.bytes(tilePath(name))
  if (exact) return { bytes: exact, width: name.width }
  for (const width of await wider()) {
    const bytes = await source.bytes(tilePath({ ...name, width }))
    if (bytes) return { bytes, width }
  }
  return undefined
}

/** @throws Problem malformedLog when it is missing or not what it should be. */
export async function readTile(source: LogSource, name: TileName): Promise<Hash[]> {
  const found = await widest(source, name)
  if (!found) throw new Problem('malformedLog', { what: tilePath(name) })
  return splitHashes(found.bytes, { ...name, width: found.width }).slice(0, name.width)
}

/** As many entries of a bundle as there are; none when it is missing or cannot be read. */
export async function widestBundle(source: LogSource, n: number, width: number): Promise<Uint8Array[]> {
  const name: TileName = { level: 'entries', n, width }
  const found = await widest(source, name)
  if (!found) return []
  try {
    return decodeBundle(found.bytes, tilePath(name)).slice(0, width)
  } catch (error) {
    if (error instanceof Problem) return []
    throw error
  }
}

/** @throws Problem malformedLog when it is missing or not what it should be. */
export async function readBundle(source: LogSource, n: number, width: number): Promise<Uint8Array[]> {
  const entries = await widestBundle(source, n, width)
  if (entries.length < width) throw new Problem('malformedLog', { what: tilePath({ level: 'entries', n, width }) })
  return entries
}

export const nodesOf = (source: LogSource, size: number) => nodesFromTiles(size, (name) => readTile(source, name))
