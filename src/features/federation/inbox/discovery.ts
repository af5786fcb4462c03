/**
 * Where a page says that its notifications go (Linked Data Notifications §3.1): by its `Link` header, or in its text, which is
 * HTML, JSON-LD or Turtle. Contexts of JSON-LD are not fetched, so the usual names of the property are known here.
 */
import { htmlLinkWith } from '#codecs/html-links/html-links.ts'
import { linkWith } from '#codecs/link-header/link-header.ts'
import { scriptsIn } from '#codecs/metadata/json-records.ts'
import { readTurtle } from '#codecs/skos/read-turtle.ts'
import { parseJson } from '#kernel/input-limits.ts'
import type { Fetched, Outbound } from '#kernel/outbound.ts'
import { Problem } from '#kernel/problem.ts'
import { isWebAddress } from '#kernel/schema.ts'

export const inboxRelation = 'http://www.w3.org/ns/ldp#inbox'
const limits = { bytes: 1024 * 1024, timeMs: 15_000, redirects: 3 }
const longestAddress = 2_000
const accept = 'text/html, application/ld+json;q=0.9, text/turtle;q=0.8, */*;q=0.1'

/** @throws Problem addressRefused, fetchFailed, tooLarge */
export async function findInbox(goOut: Outbound, page: string): Promise<string | undefined> {
  // The header alone is asked for first: most who take notifications name it there, and pages may be large.
  const head = await goOut(page, limits, { withoutBody: true, headers: { accept } })
  const named = addressIn(linkWith(head.headers.link ?? '', inboxRelation), head.url)
  if (named !== undefined) return named
  const whole = await goOut(page, limits, { headers: { accept } })
  return whole.status === 200 ? addressIn(inboxIn(whole, page), whole.url) : undefined
}

function addressIn(named: string | undefined, base: string): string | undefined {
  const address = named === undefined ? undefined : URL.parse(named, base)?.href
  return address !== undefined && isWebAddress(address) && address.length <= longestAddress ? address : undefined
}

/** What a text that cannot be read names is nothing. */
function inboxIn({ headers, body, url }: Fetched, page: string): string | undefined {
  const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  const text = new TextDecoder().decode(body)
  const isPage = (address: string) => [page, url].some((one) => withoutFragment(one) === withoutFragment(address))
  try {
    if (type === 'text/turtle') return inTurtle(text, url, isPage)
    if (/^application\/(?:[\w.-]+\+)?json$/.test(type)) return inJsonLd(text, url, isPage)
    if (type === 'text/html' || type === 'application/xhtml+xml')
      return (
        htmlLinkWith(text, inboxRelation, url) ??
        scriptsIn(text)
          .map((script) => inScript(script, url, isPage))
          .find((one) => one !== undefined)
      )
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
  return undefined
}

const withoutFragment = (address: string) => address.replace(/#.*$/, '')
type IsPage = (address: string) => boolean

const inTurtle = (text: string, url: string, isPage: IsPage): string | undefined =>
  readTurtle(text, url).find(({ subject, predicate }) => predicate.value === inboxRelation && isPage(subject.value))
    ?.object.value

type Node = Record<string, unknown>
const nodesIn = (value: unknown): Node[] =>
  Array.isArray(value)
    ? value.flatMap(nodesIn)
    : typeof value === 'object' && value !== null
      ? [value as Node, ...nodesIn((value as Node)['@graph'])]
      : []

/** Of the page itself, not of somebody whom it names: those stand deeper, or have another address. */
function inJsonLd(text: string, url: string, isPage: IsPage): string | undefined {
  for (const node of nodesIn(parseJson(text))) {
    const id = node['@id'] ?? node.id ?? ''
    if (typeof id !== 'string' || !isPage(URL.parse(id, url)?.href ?? '')) continue
    const [named] = [node[inboxRelation] ?? node['ldp:inbox'] ?? node.inbox].flat() as unknown[]
    const { '@id': inner, id: short } = (typeof named === 'object' && named !== null ? named : {}) as Node
    const address = [named, inner, short].find((one) => typeof one === 'string')
    if (address !== undefined) return address as string
  }
  return undefined
}

/** Some pages have a script that is broken beside one that is whole. */
function inScript(script: string, url: string, isPage: IsPage): string | undefined {
  try {
    return inJsonLd(script, url, isPage)
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}
