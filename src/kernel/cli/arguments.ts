import { parseArgs } from 'node:util'
import { Problem } from '../problem.ts'

export type Flag = {
  name: string
  /** A word for its value; a switch when absent. */ value?: string
  about: string
  usual?: string
}

/** `--name value`, `--name=value`, `--switch`, `--no-switch`, `--switch false`; everything else in order. @throws Problem unknownFlag, badFlag */
export function parseArguments(
  words: readonly string[],
  flags: readonly Flag[],
): { given: string[]; flags: Record<string, string[]> } {
  const options = Object.fromEntries(
    flags.map(({ name, value }) => [name, { type: value === undefined ? 'boolean' : 'string' } as const]),
  )
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowNegative: true, tokens: true })
  const given = new Map<number, string>()
  const found: Record<string, string[]> = {}
  const said = new Set<number>()
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue
    // One dash makes no flag here: `-games` in a search leaves games out.
    if (token.kind === 'positional' || !token.rawName.startsWith('--')) {
      if (said.has(token.index)) continue
      given.set(token.index, words[token.index]!)
      continue
    }
    const { name, rawName } = token
    const flag = flags.find((one) => one.name === name)
    const isOff = rawName === `--no-${name}`
    if (!flag || (isOff && flag.value !== undefined)) throw unknownFlag(rawName, flags)
    const usual = flag.value === undefined ? String(!isOff) : undefined
    const next = words[token.index + 1] ?? ''
    // Who writes `--seed false` means it, though a switch takes no other word.
    const isSaid = usual === 'true' && token.value === undefined && ['true', 'false'].includes(next)
    if (isSaid) said.add(token.index + 1)
    const value = token.value ?? (isSaid ? next : usual)
    if (value === undefined || (!token.inlineValue && value.startsWith('--')))
      throw new Problem('badFlag', { flag: rawName, what: flag.value ?? '' })
    ;(found[name] ??= []).push(value)
  }
  return { given: [...given.values()], flags: found }
}

const unknownFlag = (flag: string, flags: readonly Flag[]) => {
  const known = flags.map(({ name }) => name)
  const near = nearest(flag.replace(/^-+/, ''), known) ?? 'none'
  return new Problem('unknownFlag', { flag, near, known: known.map((name) => `--${name}`).join(', ') })
}

/** The known word that was probably meant (one or two letters off), if any. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const near = known
    .map((one) => ({ one, distance: isSlip(word, one) ? 1 : distanceOf(word, one) }))
    .sort((a, b) => a.distance - b.distance)[0]
  return near && near.distance <= Math.max(1, Math.floor(word.length / 3)) ? near.one : undefined
}

/** The beginning of it, or two neighbouring letters the wrong way round. */
const isSlip = (word: string, one: string): boolean =>
  (one.startsWith(word) && word.length > 2) ||
  [...word].some((letter, i) => i > 0 && word.slice(0, i - 1) + letter + word[i - 1] + word.slice(i + 1) === one)

/** Levenshtein's distance. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}
