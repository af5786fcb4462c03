/** From what people call a term of a vocabulary, in any of the six languages, to its code. */
import { languages } from '#kernel/i18n/languages.ts'
import { boundedCache } from '#kernel/bounded-cache.ts'
import { plainName, valueNames } from '../value-names.ts'
import { codeList, labelOf, termOf } from '../vocabularies/index.ts'

const mostLists = 40
const lists = boundedCache<ReadonlyMap<string, string>>(mostLists)

/** Codes win over labels, and labels in the first languages over others. */
function namesIn(list: string): ReadonlyMap<string, string> {
  const known = lists.get(list)
  if (known) return known
  const codes = Object.keys(codeList(list)?.terms ?? {})
  const names = new Map<string, string>()
  for (const language of languages.toReversed())
    for (const code of codes) {
      const label = labelOf(list, code, language)
      if (label) names.set(plainName(label.text), code)
    }
  for (const code of codes) names.set(plainName(code), code)
  lists.set(list, names)
  return names
}

/** The code of a vocabulary that goes by this name, or stands behind it in brackets; undefined where none does. */
export function codeNamed(list: string, name: string): string | undefined {
  const [, code] = /\[([^[\]]+)\]\s*$/.exec(name) ?? []
  return code !== undefined && termOf(list, code) ? code : namesIn(list).get(plainName(name))
}

/** The name of a code as it can be typed: two terms may go by one name, then the code stands behind it. */
export function nameToType(list: string, code: string, language: string): string {
  const name = labelOf(list, code, language)?.text
  if (name === undefined) return code
  return namesIn(list).get(plainName(name)) === code ? name : `${name} [${code}]`
}

const mostNear = 2_000
const near = boundedCache<{ name: string | undefined }>(mostNear)

/** The name nearest to what was typed, as the vocabulary writes it; undefined where none is near. */
export function nearestName(list: string, typed: string, language: string): string | undefined {
  const key = `${list} ${language} ${typed}`
  const known = near.get(key)
  if (known) return known.name
  const name = findNearest(list, plainName(typed), language)
  if (key.length <= longestKept) near.set(key, { name })
  return name
}

const longestKept = 200

function findNearest(list: string, word: string, language: string): string | undefined {
  const most = word.length < 5 ? 1 : 2
  let best: { code: string; distance: number } | undefined
  for (const [name, code] of namesIn(list)) {
    if (Math.abs(name.length - word.length) > most) continue
    const distance = distanceBetween(name, word, most)
    if (distance <= most && (!best || distance < best.distance)) best = { code, distance }
  }
  return best && labelOf(list, best.code, language)?.text
}

/** Letters that must be added, taken away or changed; more than `most` is not counted out. */
function distanceBetween(one: string, other: string, most: number): number {
  let above = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++)
      row.push(Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1)))
    if (Math.min(...row) > most) return most + 1
    above = row
  }
  return above[other.length]!
}

const languageNames = valueNames(new Map())
const tag = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/

/** The tag (BCP 47) of a language, by its tag or by its name in one of the six languages. */
export function languageNamed(name: string): string | undefined {
  const trimmed = name.trim()
  const found = languageNames.called('language', trimmed)
  if (found !== undefined) return found
  return tag.test(trimmed) ? canonical(trimmed) : undefined
}

function canonical(text: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(text)[0]
  } catch {
    return undefined
  }
}
