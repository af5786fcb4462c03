import { createRequire } from 'node:module'
import type * as N3 from 'n3'
import type { Quad } from 'n3'
import { checkSize, usualInputLimits, placeOf, type InputLimits } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'

export type { Quad, Term } from 'n3'

// Loaded when it is first needed: a node that only serves reads no Turtle, and starts sooner without.
const n3 = () => createRequire(import.meta.url)('n3') as typeof N3

/** Brackets count outside of literals, addresses and comments. */
function checkDepth(text: string, limit: number): void {
  const token = /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*|[[\](){}]/g
  let depth = 0
  for (const match of text.matchAll(token)) {
    const [found] = match
    if (found === '[' || found === '(' || found === '{') {
      if (++depth > limit) throw new Problem('tooDeep', { limit, ...placeOf(text, match.index) })
    } else if (found === ']' || found === ')' || found === '}') depth--
  }
}

/** @throws Problem tooLarge, tooDeep; invalid with the line where Turtle is broken. */
export function readTurtle(text: string, baseIRI: string, limits: Partial<InputLimits> = {}): Quad[] {
  checkSize(text, limits)
  checkDepth(text, limits.depth ?? usualInputLimits.depth)
  try {
    return new (n3().Parser)({ format: 'text/turtle', baseIRI }).parse(text)
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause
    const line = Number(/on line (\d+)/.exec(cause.message)?.[1] ?? 0)
    throw new Problem('invalid', { rule: 'turtle', line }, { cause })
  }
}
