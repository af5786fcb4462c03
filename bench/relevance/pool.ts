/** What to judge: the best of several searches for every question, shuffled so that no rank is seen. */
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import type { StoredRecord } from '#records/record.ts'
import { openAlone } from '../alone.ts'
import { recordsIn } from '../real-node.ts'
import { allQueries, judgedQueries } from './queries.ts'
import { systemsOver, type SystemName } from './systems.ts'

/** How deep each search is read for a question that nobody judged yet. */
const depths: [SystemName, number][] = [
  ['ours', 12],
  ['FTS5 AND', 8],
  ['FTS5 OR', 8],
]
/** Of a question that was judged, what has since come among the first ten is judged too. */
const depthsJudged: [SystemName, number][] = [['ours', 10]]

const inEnglish = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return ''
  const texts = value as Record<string, unknown>
  const text = texts.en ?? Object.values(texts)[0]
  return typeof text === 'string' ? text : ''
}

const namesOfText = ['summary', 'description', 'recommendation', 'event', 'note', 'citation']

const longestSummary = 300

function candidate({ id, kind, body }: StoredRecord) {
  const fields: Record<string, unknown> = body
  const text = namesOfText.map((name) => inEnglish(fields[name])).find((one) => one !== '') ?? ''
  return {
    id,
    kind,
    title: inEnglish(fields.title ?? fields.name ?? fields.label),
    summary: text.slice(0, longestSummary),
    languages: fields.languages ?? [body.originalLanguage],
    countries: fields.countries ?? [],
    outcome: fields.outcome ?? '',
  }
}

const shuffled = (query: string, ids: Iterable<string>) =>
  [...ids]
    .map((id) => ({ id, at: createHash('sha256').update(`${query} ${id}`).digest('hex') }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ id }) => id)

async function pool(dataDir: string, file: string): Promise<void> {
  const found = await recordsIn(dataDir)
  const app = await openAlone(dataDir)
  try {
    await app.follow(() => {})
    const systems = systemsOver(app, found)
    const byId = new Map(found.map((record) => [record.id, record]))
    const judged = new Map((await judgedQueries()).map(({ query, marks }) => [query.id, marks]))
    const lines: string[] = []
    for (const query of await allQueries()) {
      const marks = judged.get(query.id)
      const ids = new Set<string>()
      for (const [name, depth] of marks ? depthsJudged : depths)
        for (const id of await systems[name](query, depth)) if (!marks?.has(id)) ids.add(id)
      const candidates = shuffled(query.id, ids).map((id) => candidate(byId.get(id)!))
      if (candidates.length === 0) continue
      lines.push(
        JSON.stringify({ id: query.id, query: query.query, language: query.language, need: query.need, candidates }),
      )
    }
    await writeFile(file, lines.map((line) => `${line}\n`).join(''))
  } finally {
    await app.close()
  }
}

const [dataDir = '', file = ''] = process.argv.slice(2)
await pool(dataDir, file)
