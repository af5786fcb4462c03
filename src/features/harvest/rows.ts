/** What is made of what sources say: rows, refusals with their bytes, and values that no vocabulary of ours has. */
import { createHash } from 'node:crypto'
import { readDataCite } from '#codecs/datacite/read-datacite.ts'
import { readLom } from '#codecs/lom/read-lom.ts'
import { localName, readDublinCore, wholeText, type Stated, type Statement } from '#codecs/metadata/statement.ts'
import { readMods } from '#codecs/mods/read-mods.ts'
import type { CutRecord } from '#codecs/oai-pmh/read-response.ts'
import { isItem, readThings } from '#codecs/schema-org/read-schema-org.ts'
import type { XmlElement } from '#codecs/xml/read-xml.ts'
import { parseJson } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'
import type { RowOfPage } from './keep.ts'
import { kindHarvested } from './registry.ts'
import { resourceOf } from './resource-of.ts'
import type { Harvested } from './store.ts'

/** A record as a source says it: what it states, a whole record of ours, or why it is neither. */
export type Item = { identifier: string; bytes: string } & (
  | { statements: readonly Statement[] }
  | { body: Record<string, unknown>; url?: string }
  | { refused: NonNullable<RowOfPage['refused']> }
  | { isDeleted: true }
)

const longestIdentifier = 2_000

export function rowsOf(
  items: readonly Item[],
  { settings, mapping }: Pick<Harvested, 'settings' | 'mapping'>,
): { rows: RowOfPage[]; unmapped: { field: string; value: string; count: number }[] } {
  const counts = new Map<string, { field: string; value: string; count: number }>()
  const rows = items.map((one): RowOfPage => {
    const { identifier, bytes } = one
    if (identifier.length > longestIdentifier)
      return {
        identifier: identifier.slice(0, longestIdentifier),
        bytes,
        refused: { code: 'identifierUnfit', values: { value: identifier.slice(0, 100) } },
      }
    if (!('statements' in one)) return one
    const { body, url, unmapped } = resourceOf(one.statements, settings, mapping)
    for (const { field, value } of unmapped) {
      const key = `${field}\n${value}`
      const before = counts.get(key)
      counts.set(key, { field, value, count: (before?.count ?? 0) + 1 })
    }
    if (!body['title']) return { identifier, bytes, refused: { code: 'titleMissing', values: {} } }
    return { identifier, bytes, body, ...(url && { url }) }
  })
  return { rows, unmapped: [...counts.values()] }
}

/** How each format of OAI-PMH is read; a prefix is a name that a repository gives to one, so the element decides. */
const readers: Readonly<Record<string, (metadata: XmlElement) => Statement[]>> = {
  mods: readMods,
  lom: readLom,
  resource: readDataCite,
  oai_datacite: readDataCite,
}

const refused = (identifier: string, bytes: string, code: string, values: Problem['values'] = {}): Item => ({
  identifier,
  bytes,
  refused: { code, values },
})

/** A record of a page of OAI-PMH. */
export function cutItem(one: CutRecord): Item {
  const { bytes } = one
  if ('problem' in one)
    return refused(identifierOfBroken(bytes), bytes, 'malformedRecord', {
      problem: one.problem.code,
      line: one.problem.values['line'] ?? 0,
    })
  const { identifier, isDeleted, metadata } = one.record
  if (isDeleted) return { identifier, bytes, isDeleted }
  if (!metadata) return refused(identifier, bytes, 'metadataMissing')
  const said = wholeText(metadata).trim()
  if (metadata.children.length > 0 || !said.startsWith('{'))
    return { identifier, bytes, statements: (readers[localName(metadata.name)] ?? readDublinCore)(metadata) }
  try {
    return ofJson(identifier, bytes, parseJson(said))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return refused(identifier, bytes, 'malformedRecord', { problem: error.code, line: error.values['line'] ?? 0 })
  }
}

/** JSON as the text of an element: a whole record of a node such as this one, or a resource in AMB. */
function ofJson(identifier: string, bytes: string, value: unknown): Item {
  if (!isItem(value)) return refused(identifier, bytes, 'metadataMissing')
  const { kind, body, status } = value
  if (typeof kind === 'string' && isItem(body)) {
    if (kind !== kindHarvested) return refused(identifier, bytes, 'unknownKind', { kind: kind.slice(0, 100) })
    if (status === 'withdrawn') return { identifier, bytes, isDeleted: true }
    const { url } = body
    return { identifier, bytes, body, ...(typeof url === 'string' && /^https?:/.test(url) && { url }) }
  }
  const [thing] = readThings([value], 'https://localhost/')
  return thing ? { identifier, bytes, statements: thing.statements } : refused(identifier, bytes, 'metadataMissing')
}

export const statedItem = ({ identifier, bytes, statements }: Stated): Item => ({ identifier, bytes, statements })

/** A name for what is too broken to say its own. */
const identifierOfBroken = (bytes: string): string =>
  /<(?:\w+:)?identifier[^>]*>\s*([^<\s][^<]{0,1000}?)\s*</.exec(bytes)?.[1] ??
  `urn:sha256:${createHash('sha256').update(bytes).digest('hex')}`
