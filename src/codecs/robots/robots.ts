/** What a site asks of programs that come by themselves (RFC 9309, Robots Exclusion Protocol). */

export type Rules = readonly { allows: boolean; path: string }[]

/** RFC 9309 §2.5: no more than this need be read. */
const longest = 500 * 1024
const mostRules = 5_000

/** The rules of the groups that name this program; of `*` where none does (§2.2.1). */
export const rulesFor = (text: string, agent: string): Rules => groupsFor(text, agent).rules

/**
 * Seconds that a site asks a program to wait between two requests (`Crawl-delay`), which RFC 9309 does not have and many sites do
 * (§2.2.4 lets programs read other lines). Undefined where it does not say.
 */
export const delayFor = (text: string, agent: string): number | undefined => groupsFor(text, agent).delay

function groupsFor(text: string, agent: string): { rules: Rules; delay: number | undefined } {
  const own: { allows: boolean; path: string }[] = []
  const all: { allows: boolean; path: string }[] = []
  const delays: { own?: number; all?: number } = {}
  let isNamed = false
  let names: string[] = []
  let isInRules = false
  for (const line of text.slice(0, longest).split(/\r\n|\r|\n/)) {
    const [, field = '', value = ''] = /^\s*([a-z-]+)\s*:([^#]*)/i.exec(line) ?? []
    const key = field.toLowerCase()
    if (key === 'user-agent') {
      // Lines of names that follow rules begin a new group.
      if (isInRules) names = []
      isInRules = false
      names.push(value.trim().toLowerCase())
      isNamed ||= names.includes(agent.toLowerCase())
    } else if (key === 'allow' || key === 'disallow') {
      isInRules = true
      const rule = { allows: key === 'allow', path: value.trim() }
      // An empty path matches nothing.
      if (rule.path === '') continue
      if (names.includes(agent.toLowerCase()) && own.length < mostRules) own.push(rule)
      else if (names.includes('*') && all.length < mostRules) all.push(rule)
    } else if (key === 'crawl-delay' && /^\s*\d{1,6}(?:\.\d{1,6})?\s*$/.test(value)) {
      if (names.includes(agent.toLowerCase())) delays.own = Number(value)
      else if (names.includes('*')) delays.all = Number(value)
    }
  }
  return isNamed ? { rules: own, delay: delays.own } : { rules: all, delay: delays.all }
}

/** Whether a path may be asked for: the longest rule that matches decides, and allowing wins a tie (§2.2.2). */
export function isAllowed(rules: Rules, path: string): boolean {
  // §2.2.2: the file of rules itself may always be read.
  if (path === '/robots.txt') return true
  const wanted = normal(path)
  let best = { allows: true, length: -1 }
  for (const { allows, path: rule } of rules) {
    const pattern = normal(rule)
    if (pattern.length < best.length || (pattern.length === best.length && !allows)) continue
    if (matches(pattern, wanted)) best = { allows, length: pattern.length }
  }
  return best.allows
}

/** Octets are compared as they are written when encoded (§2.2.2). */
const normal = (path: string): string => {
  try {
    return encodeURI(decodeURI(path.toWellFormed()))
  } catch {
    return path
  }
}

/** `*` stands for anything, `$` at the end for the end (§2.2.3). Each piece is looked for once: no backtracking. */
function matches(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$')
  const pieces = (isWhole ? pattern.slice(0, -1) : pattern).split('*')
  const [first = '', ...rest] = pieces
  if (!path.startsWith(first)) return false
  const last = isWhole ? rest.pop() : undefined
  let at = first.length
  for (const piece of rest) {
    const found = path.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  if (!isWhole) return true
  return last === undefined ? path.length === at : path.length - last.length >= at && path.endsWith(last)
}
