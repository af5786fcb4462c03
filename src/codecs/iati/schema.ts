/** The published schemas (XSD), by libxml2 in WebAssembly: it has neither files nor network. */
import { readFileSync } from 'node:fs'
import xmllint from 'xmllint-wasm'
import type { XmlElement } from '../xml/read-xml.ts'
import { escapeXml } from '../xml/write-xml.ts'
import { writeElement } from '../xml/element.ts'

const standard = (fileName: string) => ({
  fileName,
  contents: readFileSync(new URL(`standard/${fileName}`, import.meta.url), 'utf8'),
})
const schemas = {
  'iati-activities': standard('iati-activities-schema.xsd'),
  'iati-organisations': standard('iati-organisations-schema.xsd'),
}
const preload = [standard('iati-common.xsd'), standard('xml.xsd')]
export type Root = keyof typeof schemas

const mostFaults = 1_000
const megabyte = 16
const memory = { initialMemoryPages: 32 * megabyte, maxMemoryPages: 512 * megabyte }

/** What the schema says of a file: the line and the words of libxml2, in English. */
export async function schemaFaults(root: Root, contents: string): Promise<{ line: number; message: string }[]> {
  const { errors } = await xmllint.validateXML({
    xml: [{ fileName: 'file.xml', contents }],
    schema: [schemas[root]],
    preload,
    ...memory,
  })
  return errors.slice(0, mostFaults).map(({ message, loc }) => ({
    line: loc?.lineNumber ?? 0,
    message: message.replace(/^Schemas validity error : /, '').slice(0, 500),
  }))
}

const opening = (root: Root, attributes: XmlElement['attributes']): string => {
  const spaces = Object.entries(attributes).filter(([name]) => name.startsWith('xmlns:'))
  return `<${root}${spaces.map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join('')} version="2.03">`
}

/** The faults of each of some children of one root, whose prefixes hold in them. */
export async function faultsOfEach(
  root: Root,
  attributes: XmlElement['attributes'],
  children: readonly XmlElement[],
): Promise<string[][]> {
  const faults = children.map((): string[] => [])
  if (children.length === 0) return faults
  const contents = [opening(root, attributes), ...children.map(writeElement), `</${root}>`].join('\n')
  // A child is a line; the root is the first.
  for (const { line, message } of await schemaFaults(root, contents)) faults[line - 2]?.push(message)
  return faults
}
