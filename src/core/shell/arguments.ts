import { Problem } from '../problem.ts'

export type Flag = {
  name: string
  /** A word for its value; a switch when absent. */ value?: string
  about: string
  usual?: string
}

/** `--name value`, `--name=value`, `--switch`, `--no-switch`; everything else in order. @throws Problem unknownFlag, badFlag */
export function parseArguments(
  words: readonly string[],
  flags: readonly Flag[],
  { anyFlag = false } = {},
): { given: string[]; flags: Record<string, string[]> } {
  const given: string[] = []
  const found: Record<string, string[]> = {}
  const put = (name: string, value: string) => (found[name] = [...(found[name] ?? []), value])
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === '--') return { given: [...given, ...words.slice(i + 1)], flags: found }
    if (!word.startsWith('--')) {
      given.push(word)
      continue
    }
    const [name = '', inline] = word.slice(2).split(/=(.*)/s)
    const off = name.startsWith('no-') ? name.slice(3) : undefined
    const flag =
      flags.find((one) => one.name === name) ?? flags.find((one) => one.name === off && one.value === undefined)
    if (!flag && !anyFlag)
      throw new Problem('unknownFlag', {
        flag: `--${name}`,
        near:
          nearest(
            name,
            flags.map((one) => one.name),
          ) ?? '',
        known: flags.map((one) => `--${one.name}`).join(', '),
      })
    const isSwitch = flag
      ? flag.value === undefined
      : inline === undefined && (words[i + 1] === undefined || words[i + 1]!.startsWith('--'))
    if (isSwitch) put(flag?.name ?? name, off && flag?.name === off ? 'false' : (inline ?? 'true'))
    else {
      const value = inline ?? words[++i]
      if (value === undefined || (inline === undefined && value.startsWith('--')))
        throw new Problem('badFlag', { flag: `--${name}`, what: flag?.value ?? '' })
      put(name, value)
    }
  }
  return { given, flags: found }
}

/** The known word that was probably meant (one or two letters off), if any. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const near = known
    .map((one) => ({ one, distance: one.startsWith(word) && word.length > 2 ? 1 : distanceOf(word, one) }))
    .sort((a, b) => a.distance - b.distance)[0]
  return near && near.distance <= Math.max(1, Math.floor(word.length / 3)) ? near.one : undefined
}

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
