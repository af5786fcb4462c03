/** What an address asks for beyond what its page or file knows: told, never passed over in silence. */
import { nearestOf, unknownName } from '../nearest.ts'
import { isLanguage, languages } from '../i18n/languages.ts'
import { Problem, violation, type Violation } from '../problem.ts'

/** Whether a name can have this value; where it cannot, and it is known which is meant, that one. */
export type Fits = (value: string) => boolean | string | Promise<boolean | string>

/**
 * The names that an address takes behind its question mark, each with which values it has where these are known; or
 * `anything` where the handler judges them itself. A handler is given nothing else.
 */
export type Takes = 'anything' | Readonly<Record<string, true | Fits>>

/** Names of which any value may be. */
export const taking = (...names: string[]): Record<string, true> =>
  Object.fromEntries(names.map((name) => [name, true]))

/** A value of a closed list; an empty one is no choice. */
export const oneOf =
  (values: readonly string[]): Fits =>
  (value) =>
    values.includes(value)

/** What was left out: a name that is not known, or the value of one that is. */
export type LeftOut = { name: string; value?: string; meant?: string }

/** What mailings, advertisements and social media add to links that they pass on: it asks for nothing. */
const tracking = new Set(
  (
    'fbclid gclid gclsrc gbraid wbraid gad_source dclid msclkid yclid ysclid _openstat twclid ttclid li_fat_id igsh igshid ' +
    'mc_cid mc_eid mkt_tok srsltid epik sccid wickedid vero_id oly_anon_id oly_enc_id s_cid rb_clickid ref_src __s _ga _gl'
  ).split(' '),
)
const trackingFamily = /^(?:utm|mtm|pk|piwik|matomo|hsa|ga|itm|at)_|^_hs/

export const isTracking = (name: string): boolean => tracking.has(name) || trackingFamily.test(name)

/** What every address knows: the language that is wanted. */
export const ofEveryAddress: ReadonlySet<string> = new Set(['lang'])

const mostTold = 10
const longestTold = 60

/** The question that is left, and what of it was not known. The same object where all is known. */
export async function known(
  query: URLSearchParams,
  takes: Takes,
): Promise<{ query: URLSearchParams; leftOut: readonly LeftOut[] }> {
  if (takes === 'anything' || query.size === 0) return { query, leftOut: [] }
  const leftOut: LeftOut[] = []
  const kept: [string, string][] = []
  let unfit = 0
  for (const [name, value] of query) {
    const fits = Object.hasOwn(takes, name) ? takes[name]! : undefined
    // Each value may be looked for: who sends hundreds that there are none of is told of the first.
    if (typeof fits === 'function' && unfit >= mostTold) continue
    const judged = typeof fits === 'function' && value.trim() !== '' ? await fits(value) : fits !== undefined
    if (judged === true) kept.push([name, value])
    else if (fits) {
      unfit++
      leftOut.push({ name, value, ...(judged && { meant: judged }) })
    } else if (!ofEveryAddress.has(name) && !isTracking(name) && leftOut.length < mostTold)
      leftOut.push(notKnown(name, takes))
  }
  if (kept.length === query.size) return { query, leftOut }
  return { query: new URLSearchParams(kept), leftOut: once(leftOut).slice(0, mostTold).map(short) }
}

const notKnown = (name: string, takes: object): LeftOut => {
  const meant = nearestOf(name, Object.keys(takes))
  return { name, ...(meant && { meant }) }
}

const once = (all: readonly LeftOut[]): LeftOut[] => [
  ...new Map(all.map((one) => [`${one.name}=${one.value ?? ''}`, one])).values(),
]

const short = ({ name, value, meant }: LeftOut): LeftOut => ({
  name: name.slice(0, longestTold),
  ...(value !== undefined && { value: value.slice(0, longestTold) }),
  ...(meant !== undefined && { meant }),
})

/**
 * `lang=fr` is in which language is asked, which is known by then.
 * @throws Problem invalid where this site does not speak it
 */
export function refuseUnknownLanguage(query: URLSearchParams): void {
  const unknown = query.getAll('lang').some((said) => said !== '' && !isLanguage(said))
  if (unknown) throw violation('lang', 'enum', { allowedValues: [...languages] })
}

/** A file cannot say what was left out, and nobody sees that it holds too much. @throws Problem invalid */
export function refuseLeftOut(leftOut: readonly LeftOut[], takes: Takes): void {
  if (leftOut.length === 0) return
  const violations = leftOut.map(({ name, value, meant }): Violation =>
    value === undefined
      ? { place: name, rule: 'additionalProperties', values: unknownName(name, Object.keys(takes)) }
      : { place: name, rule: 'unknownValue', values: { value, ...(meant && { meant }) } },
  )
  throw new Problem('invalid', { count: violations.length }, { violations })
}
