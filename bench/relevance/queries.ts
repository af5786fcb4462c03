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
  half: 'tune' | 'held'
}

const folder = join(import.meta.dirname, '../queries')

async function lines<Line>(name: string): Promise<Line[]> {
  const text = await readFile(join(folder, name), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}

export async function judgedQueries(): Promise<{ query: Query; marks: Marks }[]> {
  const marks = new Map<string, Map<string, number>>()
  for (const { query, record, grade } of await lines<{ query: string; record: string; grade: number }>(
    'judgements.jsonl',
  )) {
    const known = marks.get(query) ?? new Map<string, number>()
    marks.set(query, known.set(record, grade))
  }
  // A question that nobody has judged yet says nothing of how well it is answered.
  return (await lines<Query>('queries.jsonl')).flatMap((query) => {
    const found = marks.get(query.id)
    return found === undefined ? [] : [{ query, marks: found }]
  })
}
