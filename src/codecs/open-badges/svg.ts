/** Credentials baked into SVG pictures (Open Badges 3.0 §5.3.2, 2.0 “Baking”). Nothing in the picture is drawn or run. */
import { Problem } from '#kernel/problem.ts'
import { readXml, type XmlElement } from '#codecs/xml/read-xml.ts'

const namespaces: Readonly<Record<string, string>> = {
  'https://purl.imsglobal.org/ob/v3p0': 'credential',
  'http://openbadges.org': 'assertion',
}
const limits = { bytes: 8 * 1024 * 1024, depth: 64 }
/** A document type without declarations of its own, which drawing programs write, declares nothing. */
const plainDoctype = /<!DOCTYPE\s+svg(?:\s+(?:PUBLIC|SYSTEM)(?:\s+(?:"[^"<>[\]]*"|'[^'<>[\]]*'))+)?\s*>/i

export const isSvg = (text: string): boolean =>
  /^\uFEFF?\s*<(?:\?xml|!DOCTYPE\s+svg|!--|svg[\s>])/i.test(text) && /<svg[\s>]/i.test(text)

/** What is baked into a picture, or `'several'`; undefined where there is nothing. @throws Problem of the XML */
export function readSvg(text: string): string | 'several' | undefined {
  const root = readXml(text.replace(plainDoctype, ''), limits)
  const found = [...bakedIn(root, {})]
  return found.length > 1 ? 'several' : found[0]
}

/** A token or address stands in the attribute `verify`, JSON as text. */
function* bakedIn(element: XmlElement, outer: Readonly<Record<string, string>>): Generator<string> {
  const prefixes = { ...outer }
  for (const [name, value] of Object.entries(element.attributes))
    if (name.startsWith('xmlns:')) prefixes[name.slice('xmlns:'.length)] = value
  const [prefix = '', local] = element.name.split(':')
  if (local !== undefined && namespaces[prefixes[prefix] ?? ''] === local)
    yield (element.attributes.verify ?? '').trim() || element.text.trim()
  for (const child of element.children) yield* bakedIn(child, prefixes)
}

const escaped = (text: string) =>
  text.replaceAll(/[<>&"]/g, (sign) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[sign]!)

/** A picture of ours with this credential in it. @throws Problem malformedXml where it has no `<svg>` */
export function bakeSvg(picture: string, credential: string): string {
  const at = /<svg\b[^>]*>/.exec(picture)
  if (!at) throw new Problem('malformedXml', { line: 1, column: 1 })
  const isJson = credential.trimStart().startsWith('{')
  const element = isJson
    ? `<openbadges:credential xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">${escaped(credential)}</openbadges:credential>`
    : `<openbadges:credential xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" verify="${escaped(credential)}"/>`
  const end = at.index + at[0].length
  return `${picture.slice(0, end)}<metadata>${element}</metadata>${picture.slice(end)}`
}
