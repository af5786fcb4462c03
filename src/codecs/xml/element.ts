/** Elements as values, made and written out whole. */
import type { XmlElement } from './read-xml.ts'
import { escapeXml } from './write-xml.ts'

const breaks: Readonly<Record<string, string>> = { '\n': '&#10;', '\t': '&#9;' }

/** Line breaks are escaped too, so that an element is one line. */
const inLine = (text: string): string => {
  const escaped = escapeXml(text)
  return /[\n\t]/.test(escaped) ? escaped.replaceAll(/[\n\t]/g, (one) => breaks[one]!) : escaped
}

/** An element with all that is in it, on one line: its text before its children. */
export function writeElement({ name, attributes, children, text }: XmlElement): string {
  let tag = name
  for (const key in attributes) tag += ` ${key}="${inLine(attributes[key]!)}"`
  if (children.length === 0 && text === '') return `<${tag}/>`
  let inside = inLine(text)
  for (const child of children) inside += writeElement(child)
  return `<${tag}>${inside}</${name}>`
}

type Attributes = Readonly<Record<string, string | number | undefined>>

/** An element of what there is: attributes and children that are undefined are left out. */
export const elementOf = (
  name: string,
  attributes: Attributes = {},
  inside: readonly (XmlElement | undefined)[] | string = [],
): XmlElement => ({
  name,
  attributes: Object.fromEntries(
    Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  ),
  children: typeof inside === 'string' ? [] : inside.filter((one) => one !== undefined),
  text: typeof inside === 'string' ? inside : '',
})
