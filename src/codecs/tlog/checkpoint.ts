/** The head of a log as it is signed (https://c2sp.org/tlog-checkpoint). */
import { Problem } from '#kernel/problem.ts'
import { hashBytes, type Head } from '../merkle/merkle.ts'
import { fromBase64, toBase64 } from './base64.ts'
import { parseNote, type Note } from './signed-note.ts'

export type Checkpoint = Head & { origin: string; note: Note }

export const checkpointText = (origin: string, { size, root }: Head): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`

const decimal = /^(0|[1-9]\d{0,15})$/

/** A number as these standards write it: decimal, no zeros before it. */
export const parseDecimal = (text: string): number | undefined => {
  const value = decimal.test(text) ? Number(text) : NaN
  return Number.isSafeInteger(value) ? value : undefined
}

/** @throws Problem malformedLog */
export function parseCheckpoint(text: string, what = 'checkpoint'): Checkpoint {
  const note = parseNote(text, what)
  const lines = note.text.slice(0, -1).split('\n')
  const [origin, size, root] = [lines[0], parseDecimal(lines[1] ?? ''), fromBase64(lines[2] ?? '')]
  if (!origin || size === undefined || root?.length !== hashBytes || lines.includes(''))
    throw new Problem('malformedLog', { what })
  return { origin, size, root, note }
}
