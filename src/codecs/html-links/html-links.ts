/** Links that a page of HTML gives for a relation (HTML, §4.6.7 link types), read without building the page. */
import { decodeEntities } from '#codecs/markdown-links/plain-text.ts'

/** What holds no links: comments, and elements whose text is not marked up. */
const notMarkup = /<!--[^]*?(?:-->|$)|<(script|style|template|textarea|title|noscript|xmp)\b[^]*?(?:<\/\1|$)/gi
const begins = /<(link|a|area|base)(?=[\s/>])/gi
/** An attribute with its value, or one of the signs between them. */
const attribute = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?|[^>]/gy

type Tag = { name: string; told: ReadonlyMap<string, string> }

/** The first target of a relation as an address; undefined where there is none. `page` is where the text came from. */
export function htmlLinkWith(html: string, relation: string, page: string): string | undefined {
  const wanted = relation.toLowerCase()
  let base = page
  for (const { name, told } of tagsIn(html.replaceAll(notMarkup, ' '))) {
    const href = told.get('href')
    if (href === undefined) continue
    if (name === 'base') base = URL.parse(href.trim(), page)?.href ?? page
    else if ((told.get('rel') ?? '').toLowerCase().split(/\s+/).includes(wanted))
      return URL.parse(href.trim(), base)?.href
  }
  return undefined
}

/** Each sign is looked at once: after a tag that does not end, there is nothing more. */
function* tagsIn(text: string): Generator<Tag> {
  for (begins.lastIndex = 0; ;) {
    const name = begins.exec(text)?.[1]
    if (name === undefined) return
    const end = begins.lastIndex
    const read = attributesAt(text, end)
    if (!read) return
    yield { name: name.toLowerCase(), told: read.told }
    begins.lastIndex = read.end
  }
}

/** Up to the end of the tag. The first of a name counts, as in browsers. */
function attributesAt(text: string, from: number): { told: ReadonlyMap<string, string>; end: number } | undefined {
  const told = new Map<string, string>()
  for (attribute.lastIndex = from; text[attribute.lastIndex] !== '>';) {
    const found = attribute.exec(text)
    if (!found) return undefined
    const [, name, double, single, bare] = found
    if (name !== undefined && !told.has(name.toLowerCase()))
      told.set(name.toLowerCase(), decodeEntities(double ?? single ?? bare ?? ''))
  }
  return { told, end: attribute.lastIndex }
}
