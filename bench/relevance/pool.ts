/** What to judge: the best of several searches for every question, shuffled so that no rank is seen. */
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StoredRecord } from '#records/record.ts'
import { recordsIn } from '../real-node.ts'
import type { Query } from './queries.ts'
import { systemsOver, type SystemName } from './systems.ts'

const depths: [SystemName, number][] = [
  ['ours', 12],
  ['FTS5 AND', 8],
  ['FTS5 OR', 8],
]

const folder = join(import.meta.dirname, '../queries')
const questionsIn = async (name: string) =>
  (await readFile(join(folder, name), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Query)

const inEnglish = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return ''
  const texts = value as Record<string, unknown>
  const text = texts.en ?? Object.values(texts)[0]
  return typeof text === 'string' ? text : ''
}

const namesOfText = ['summary', 'description', 'recommendation', 'event', 'note', 'citation']

function candidate({ id, kind, body }: StoredRecord) {
  const fields: Record<string, unknown> = body
  const text = namesOfText.map((name) => inEnglish(fields[name])).find((one) => one !== '') ?? ''
  return {
    id,
    kind,
    title: inEnglish(fields.title ?? fields.name ?? fields.label),
    summary: text.slice(0, 200),
    countries: fields.countries ?? [],
    outcome: fields.outcome ?? '',
  }
}

const shuffled = (query: string, ids: Iterable<string>) =>
  [...ids]
    .map((id) => ({ id, at: createHash('sha256').update(`${query} ${id}`).digest('hex') }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ id }) => id)

async function pool(dataDir: string, file: string, prefix: string): Promise<void> {
  const found = await recordsIn(dataDir)
  const { systems } = await systemsOver(found)
  const byId = new Map(found.map((record) => [record.id, record]))
  const questions = [...(await questionsIn('queries.jsonl')), ...(await questionsIn('locked.jsonl'))]
  const lines: string[] = []
  for (const query of questions.filter(({ id }) => id.startsWith(prefix))) {
    const ids = new Set<string>()
    for (const [name, depth] of depths) for (const id of await systems[name](query, depth)) ids.add(id)
    const candidates = shuffled(query.id, ids).map((id) => candidate(byId.get(id)!))
    lines.push(
      JSON.stringify({ id: query.id, query: query.query, language: query.language, need: query.need, candidates }),
    )
  }
  await writeFile(file, lines.join('\n') + '\n')
}

const [dataDir = '', file = '', prefix = 'p-'] = process.argv.slice(2)
await pool(dataDir, file, prefix)
