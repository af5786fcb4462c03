/** The questions of the benchmark and the marks that records were given for them. See bench/queries/README.md. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Marks } from './measures.ts'

export type Query = {
  id: string
  language: string
  query: string
  need: string
  group: 'topic' | 'question' | 'cross' | 'misspelt' | 'name' | 'vague'
  half: 'tune' | 'held' | 'locked'
}

const folder = join(import.meta.dirname, '../queries')

async function lines<Line>(name: string): Promise<Line[]> {
  const text = await readFile(join(folder, name), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
}

export const isLocked = ({ half }: Query): boolean => half === 'locked'

/** A mark, and the readings that it came of where there were several. */
export type Judgement = { query: string; record: string; grade: number; readings?: number[] }

/** All questions, those that are locked away last. */
export const allQueries = async (): Promise<Query[]> => [
  ...(await lines<Query>('queries.jsonl')),
  ...(await lines<Query>('locked.jsonl')),
]

export const allJudgements = async (): Promise<Judgement[]> => [
  ...(await lines<Judgement>('judgements.jsonl')),
  ...(await lines<Judgement>('locked-judgements.jsonl')),
]

/** What a second reader, who had seen no mark, gave the same pairs; `third` is what a look again says where they differ. */
export type SecondReading = { query: string; record: string; first: number; second: number; third?: number }
export const secondReadings = (): Promise<SecondReading[]> => lines<SecondReading>('second-reader.jsonl')

/** The questions that somebody judged; one without marks says nothing of how well it is answered. */
export async function judgedQueries(): Promise<{ query: Query; marks: Marks }[]> {
  const marks = new Map<string, Map<string, number>>()
  for (const { query, record, grade } of await allJudgements())
    marks.set(query, (marks.get(query) ?? new Map<string, number>()).set(record, grade))
  return (await allQueries()).flatMap((query) => {
    const found = marks.get(query.id)
    return found === undefined ? [] : [{ query, marks: found }]
  })
}
