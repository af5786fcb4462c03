/**
 * A pack: JSON Lines, compressed with gzip. A header says whose it is; a line for each record, as its home signed it,
 * with the nodes that it passed through; a footer says how many lines there are, their digest, and from where the next
 * pack goes on. docs/federation.md has it in full.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Type, type Static } from 'typebox'
import { linesOf } from '#kernel/folder.ts'
import { parseJson } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'
import { violationsOf } from '#kernel/schema.ts'
import { fileDigest } from '#records/fields.ts'
import { Manifest, WebAddress } from '../manifest.ts'
import { Time } from '../signed-record.ts'

const format = 'qingdao-pack'
const Place = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const NodeId = Type.String({ minLength: 1, maxLength: 100 })

/** A node from which records of the pack come, as far as it is needed to verify them. */
export const Home = Type.Object({
  node: NodeId,
  address: WebAddress,
  name: Manifest.properties.name,
  keys: Manifest.properties.keys,
})
export type Home = Static<typeof Home>

const Header = Type.Object({
  format: Type.Literal(format),
  version: Type.Literal(1),
  created: Type.String({ maxLength: 40 }),
  manifest: Manifest,
  /** The place in the journal of the node that it begins after. */
  after: Place,
  homes: Type.Array(Home, { maxItems: 10_000 }),
  /** Under which licences records of collections are given, and the words that these ask to be shown. */
  sources: Type.Array(
    Type.Object({
      name: Type.String({ maxLength: 200 }),
      title: Type.String({ maxLength: 1_000 }),
      licence: Type.String({ maxLength: 2_000 }),
      attribution: Type.String({ maxLength: 4_000 }),
    }),
    { maxItems: 10_000 },
  ),
})
export type Header = Static<typeof Header>

export const mostHops = 50
/** When a copy came to each node of its chain, as that node says; of its home, when that made this version. */
export const Taken = Type.Array(Type.Union([Time, Type.Null()]), { maxItems: mostHops })

const Line = Type.Object({
  chain: Type.Array(NodeId, { minItems: 1, maxItems: mostHops }),
  taken: Type.Optional(Taken),
  signed: Type.Record(Type.String(), Type.Unknown()),
})
export type Line = Static<typeof Line>

/** Files come in parts, so that no line is long. */
export const filePartBytes = 3 * 1024 * 1024
export const mostFileBytes = 100 * 1024 * 1024

/** A part of a file that the next records name: all its parts follow one another. */
const FilePart = Type.Object({
  file: Type.String({ pattern: fileDigest, description: 'SHA-256 of the whole file' }),
  part: Type.Integer({ minimum: 0, maximum: 99 }),
  of: Type.Integer({ minimum: 1, maximum: 100 }),
  bytes: Type.Integer({ minimum: 1, maximum: mostFileBytes, description: 'Of the whole file' }),
  data: Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$', maxLength: 4 * filePartBytes, description: 'Base64' }),
})
export type FilePart = Static<typeof FilePart>

export const isFilePart = (line: Line | FilePart): line is FilePart => 'file' in line
const lineIn = (text: string, place: { file: string; line: number }): Line | FilePart =>
  text.startsWith('{"file":') ? parsed(FilePart, text, place) : parsed(Line, text, place)

/** Whether parts follow one another and are together what their digest says. */
function partsChecked() {
  let open: { file: string; next: number; of: number; left: number; digest: ReturnType<typeof createHash> } | undefined
  return {
    take: (line: Line | FilePart): boolean => {
      if (!isFilePart(line)) return open === undefined
      const { file, part, of, bytes, data } = line
      open ??= { file, next: 0, of, left: bytes, digest: createHash('sha256') }
      const sent = Buffer.from(data, 'base64')
      if (open.file !== file || open.next !== part || open.of !== of || sent.length > open.left) return false
      open.digest.update(sent)
      open.left -= sent.length
      open.next++
      if (open.next < of) return true
      const isWhole = open.left === 0 && open.digest.digest('hex') === file
      open = undefined
      return isWhole
    },
    isDone: (): boolean => open === undefined,
  }
}

const Footer = Type.Object({
  end: Type.Literal(true),
  lines: Place,
  /** Of all lines before this one, each with its line feed. */
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  upTo: Place,
  /** Whether there is nothing after `upTo`, as far as was known. */
  isWhole: Type.Boolean(),
})
export type Footer = Static<typeof Footer>

/** The text of a pack, line by line: what is written is what is counted and digested. */
export async function* packText(
  header: Omit<Header, 'format' | 'version'>,
  lines: AsyncIterable<Line | FilePart>,
  end: () => Pick<Footer, 'upTo' | 'isWhole'>,
): AsyncIterable<string> {
  const digest = createHash('sha256')
  let count = 0
  const said = (value: object) => {
    const text = `${JSON.stringify(value)}\n`
    digest.update(text)
    return text
  }
  yield said({ format, version: 1, ...header })
  for await (const line of lines) {
    count++
    yield said(line)
  }
  yield `${JSON.stringify({ end: true, lines: count, sha256: digest.digest('hex'), ...end() })}\n`
}

export type PackFile = { name: string; bytes: () => AsyncIterable<Uint8Array> }
export const packAt = (path: string): PackFile => ({ name: path, bytes: () => createReadStream(path) })
export const packIn = (name: string, body: Uint8Array): PackFile => ({ name, bytes: () => Readable.from([body]) })

export type PackLimits = { bytes: number; lineCharacters: number }
const usual: PackLimits = { bytes: 16 * 1024 * 1024 * 1024, lineCharacters: 8 * 1024 * 1024 }

/** What unpacks to more than this times its size, beyond the first megabytes, is no pack but a bomb. */
const mostRatio = 200
const unsuspicious = 16 * 1024 * 1024

/** @throws Problem packDamaged, tooLarge, lineTooLong */
async function* unpacked({ name, bytes }: PackFile, { bytes: limit }: PackLimits): AsyncIterable<Uint8Array> {
  let packed = 0
  let size = 0
  const counted = async function* () {
    for await (const chunk of bytes()) {
      packed += chunk.length
      yield chunk
    }
  }
  const gunzip = createGunzip()
  const source = Readable.from(counted())
  source.on('error', (error) => gunzip.destroy(error))
  try {
    for await (const chunk of source.pipe(gunzip) as AsyncIterable<Uint8Array>) {
      size += chunk.length
      if (size > limit || (size > unsuspicious && size > packed * mostRatio)) throw new Problem('tooLarge', { limit })
      yield chunk
    }
  } catch (cause) {
    if (cause instanceof Problem || (cause as NodeJS.ErrnoException).code === 'ENOENT') throw cause
    throw new Problem('packDamaged', { file: name, line: 1 }, { cause })
  } finally {
    source.destroy()
  }
}

const depth = 40
function parsed<Shape extends Parameters<typeof violationsOf>[0]>(
  shape: Shape,
  text: string,
  place: { file: string; line: number },
): Static<Shape> {
  let value: unknown
  try {
    value = parseJson(text, { depth })
  } catch (cause) {
    throw new Problem('packDamaged', place, { cause })
  }
  if (violationsOf(shape, value, 'strictly').length > 0) throw new Problem('packDamaged', place)
  return value as Static<Shape>
}

export type PackLine = { place: string; line: Line | FilePart }

/**
 * What a whole, undamaged pack says of itself. Nothing of a pack is to be believed before its end was reached: so it is
 * read twice where it is taken.
 * @throws Problem packDamaged with the line, where a line is none of a pack, or the end is missing or does not fit
 */
export async function checkPack(
  file: PackFile,
  limits: Partial<PackLimits> = {},
): Promise<{ header: Header; footer: Footer }> {
  const given = { ...usual, ...limits }
  const digest = createHash('sha256')
  const parts = partsChecked()
  let header: Header | undefined
  let footer: Footer | undefined
  let count = 0
  for await (const { line, text } of linesOf(unpacked(file, given), file.name, given.lineCharacters)) {
    const place = { file: file.name, line }
    if (footer) throw new Problem('packDamaged', place)
    if (isFooter(text)) {
      footer = parsed(Footer, text, place)
      if (footer.lines !== count || footer.sha256 !== digest.digest('hex')) throw new Problem('packDamaged', place)
      continue
    }
    digest.update(`${text}\n`)
    if (header) {
      if (!parts.take(lineIn(text, place))) throw new Problem('packDamaged', place)
      count++
    } else header = parsed(Header, text, place)
  }
  if (!header || !footer || !parts.isDone()) throw new Problem('packDamaged', { file: file.name, line: count + 1 })
  return { header, footer }
}

const isFooter = (text: string) => text.startsWith('{"end":')

/** The lines of a pack that was checked. */
export async function* readPack(file: PackFile, limits: Partial<PackLimits> = {}): AsyncIterable<PackLine> {
  const given = { ...usual, ...limits }
  for await (const { line: number, text } of linesOf(unpacked(file, given), file.name, given.lineCharacters)) {
    if (number === 1 || isFooter(text)) continue
    yield { place: `${file.name}:${number}`, line: lineIn(text, { file: file.name, line: number }) }
  }
}
