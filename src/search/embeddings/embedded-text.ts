/** What of a record its vector is made of: its title and what it says of itself, as written and in English. */
import { createHash } from 'node:crypto'
import type { Body } from '#records/record.ts'

/** The first of these that a record has introduces it. */
const introductions = ['summary', 'description', 'problem', 'definition', 'note'] as const
/** Many models read no more than 512 pieces of words. */
const longest = 1_500

export function textOf(body: Body): string {
  const introduction = introductions.map((name) => body[name]).find((texts) => typeof texts === 'object')
  const pieces = [body.originalLanguage, 'en'].flatMap((language) => [
    body.title[language] ?? '',
    (introduction as Record<string, string> | undefined)?.[language] ?? '',
  ])
  return [...new Set(pieces)].filter(Boolean).join('\n').slice(0, longest).toWellFormed()
}

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')
