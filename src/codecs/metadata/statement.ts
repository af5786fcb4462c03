/**
 * What a description says of a resource, statement by statement, in terms of DCMI Metadata Terms; `keyword` and `educationLevel`
 * beside them. Readers of other formats give statements, so that what becomes of them is written once.
 */
import { oneLine, type XmlElement } from '#codecs/xml/read-xml.ts'

export type Statement = { term: string; text: string; language?: string }

/** A description that a document holds: under what it is known, and as it stands there. */
export type Stated = { identifier: string; bytes: string; statements: Statement[] }

export const localName = (name: string): string => name.slice(name.search(/[^:/#]*$/))

export const childrenNamed = (element: XmlElement, ...names: string[]): XmlElement[] =>
  element.children.filter(({ name }) => names.includes(localName(name)))

/** An element with all elements within it. */
export const wholeText = (element: XmlElement): string =>
  [element.text, ...element.children.map(wholeText)].filter(Boolean).join(' ')

export const languageOf = ({ attributes }: XmlElement): string | undefined =>
  attributes['xml:lang'] ?? attributes['lang'] ?? attributes['language']

/** A statement, or none where nothing is said. */
export function stated(term: string, text: string | undefined, language?: string): Statement[] {
  const said = text?.trim()
  return said ? [{ term, text: said, ...(language && { language }) }] : []
}

/** The same for each element, in its language. */
export const statedBy = (term: string, elements: readonly XmlElement[], inside = wholeText): Statement[] =>
  elements.flatMap((element) => stated(term, inside(element), languageOf(element)))

export const lineIn = (element: XmlElement): string => oneLine(wholeText(element))

/** Elements of Dublin Core, qualified or not: they are statements already. */
export const readDublinCore = (metadata: XmlElement): Statement[] =>
  metadata.children.flatMap((element) => stated(localName(element.name), wholeText(element), languageOf(element)))

/** Under what a description is known: its own address or URI, else its name within the document. */
export function identifierIn(said: string | undefined, document: string): string | undefined {
  const text = said?.trim()
  if (!text) return undefined
  if (/^(?:urn|oai|doi|info|tag|hdl):\S+$/i.test(text)) return text
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return text
  if (/^[#/.?]/.test(text) && URL.canParse(text, document)) return new URL(text, document).href
  const base = new URL(document)
  base.hash = encodeURIComponent(text.toWellFormed())
  return base.href
}
