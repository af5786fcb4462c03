/** The files of all parts of the world, read into rows by kind; and values of rows that nobody has checked yet. */
import type { Folder } from '#kernel/folder.ts'
import { parseJson } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'
import type { Note, Row } from '#records/sources/source.ts'
import { idOf } from '#records/identifier.ts'
import { fieldsOf, known, list, paragraphs, refuse, words } from '#records/sources/row.ts'
import { webAddress } from '#records/sources/web-address.ts'

export const base = 'https://w3id.org/qingdao/practices-world'

/** The texts are the project’s own: whoever cites one credits those who wrote it, not whom it tells of. */
export const credit = 'Contributors to Qingdao (Practices of the world)'

export const kindsRead = ['practice', 'lesson', 'study', 'evidence', 'organisation'] as const
export type KindRead = (typeof kindsRead)[number]
export type WorldRow = { place: string; key: string; fields: Record<string, unknown> }
export type WorldRows = { rows: Record<KindRead, Map<string, WorldRow>>; refused: Row[] }

export const uriOf = (kind: KindRead, key: string) => `${base}#${kind}/${key}`
export const worldId = (kind: KindRead, key: string) => idOf(uriOf(kind, key))

/** Every folder's files, in the order of their names. A key that was there before is refused. */
export async function readWorld(folder: Folder): Promise<WorldRows> {
  const names = await folder.names()
  const world: WorldRows = {
    rows: {
      practice: new Map(),
      lesson: new Map(),
      study: new Map(),
      evidence: new Map(),
      organisation: new Map(),
    },
    refused: [],
  }
  for (const kind of kindsRead)
    for (const name of names.filter((one) => one === `${kind}.jsonl` || one.endsWith(`/${kind}.jsonl`)))
      await readFile(world, kind, folder, name)
  return world
}

async function readFile({ rows, refused }: WorldRows, kind: KindRead, folder: Folder, name: string): Promise<void> {
  const found = rows[kind]
  for await (const { line, text } of folder.lines(name)) {
    if (!text.trim()) continue
    const place = `${name}:${line}`
    const row = readLine(place, text)
    if ('refused' in row) refused.push(row)
    else if (found.has(row.key))
      refused.push(refuse(place, 'nameTwice', { other: `${found.get(row.key)!.place} (${row.key})` }))
    else found.set(row.key, row)
  }
}

function readLine(place: string, text: string): WorldRow | (Row & { refused: unknown }) {
  try {
    const fields = fieldsOf(parseJson(text))
    const key = words(fields['key'])
    if (/^[a-z0-9][a-z0-9-]{0,99}$/.test(key)) return { place, key, fields }
    return refuse(place, 'identifierUnfit', { value: key.slice(0, 100) }) as Row & { refused: unknown }
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    return refuse(place, 'malformedLine', { problem: problem.code }) as Row & { refused: unknown }
  }
}

/** A map of languages without what is empty. */
export const textsOf = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fieldsOf(value))
      .map(([language, text]) => [language, paragraphs(words(text))])
      .filter(([, text]) => text),
  )

export const codes = (value: unknown): string[] => list(value).map(words).filter(Boolean)
export const english = (value: unknown) => {
  const text = paragraphs(words(value))
  return text ? { en: text } : undefined
}
export const numberIn = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined)

/** Keys that lead nowhere in these files. */
export const missing = (keys: unknown, found: ReadonlyMap<string, WorldRow>): Note[] =>
  codes(keys)
    .filter((key) => !found.has(key))
    .map((key) => ({ code: 'linkNowhere', values: { key } }))

/** All languages but English were put there by a machine: the folder's README says so. */
export function machineMarks(...texts: Record<string, string>[]): Record<string, { machine: boolean }> {
  const languages = [...new Set(texts.flatMap((one) => Object.keys(one)))].filter((language) => language !== 'en')
  return Object.fromEntries(languages.sort().map((language) => [language, { machine: true }]))
}

/** What these files call read is an excerpt or an abstract, as their README says: seldom the whole. */
const basisOf = (written: string) => (written === 'read' ? 'excerpt' : written)

export const referencesOf = (sources: unknown) =>
  list(sources)
    .map(fieldsOf)
    .map((source) =>
      known({
        citation: words(source['title']),
        publisher: words(source['publisher']),
        year: numberIn(source['year']),
        url: webAddress(words(source['url'])),
        basis: basisOf(words(source['basis'])),
        whatWasRead: english(source['read']),
      }),
    )
    .filter(({ citation }) => citation)
