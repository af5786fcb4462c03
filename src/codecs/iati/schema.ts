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
const mostOfEach = 20
const megabyte = 16
const memory = { initialMemoryPages: 16 * megabyte, maxMemoryPages: 512 * megabyte }

type Fault = { line: number; message: string }

async function allFaults(root: Root, contents: string): Promise<Fault[]> {
  const { errors } = await xmllint.validateXML({
    xml: [{ fileName: 'file.xml', contents }],
    schema: [schemas[root]],
    preload,
    // Without a tree of the whole: it says the same, and takes the memory of one element.
    stream: true,
    ...memory,
  })
  return errors.map(({ message, loc }) => ({
    line: loc?.lineNumber ?? 0,
    message: message.replace(/^Schemas validity error : /, '').slice(0, 500),
  }))
}

/** What the schema says of a file: the line and the words of libxml2, in English; of a thousand faults and more the first. */
export const schemaFaults = async (root: Root, contents: string): Promise<Fault[]> =>
  (await allFaults(root, contents)).slice(0, mostFaults)

const opening = (root: Root, attributes: XmlElement['attributes']): string => {
  const spaces = Object.entries(attributes).filter(([name]) => name.startsWith('xmlns:'))
  return `<${root}${spaces.map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join('')} version="2.03">`
}

const indentation = />(?:&#(?:9|10);|\s)+<(?!\/)/g

/** An element as `faultsOfEach` takes it: on one line, without what only indents it. */
export const lineOf = (child: XmlElement): string => writeElement(child).replaceAll(indentation, '><')

/**
 * The faults of each of some children of one root, at most twenty different ones; children are given by `lineOf`, and the
 * prefixes of the root hold in them.
 */
export async function faultsOfEach(
  root: Root,
  attributes: XmlElement['attributes'],
  lines: readonly string[],
): Promise<string[][]> {
  if (lines.length === 0) return []
  const faults = lines.map(() => new Set<string>())
  const contents = [opening(root, attributes), ...lines, `</${root}>`].join('\n')
  // The root is the first line.
  for (const { line, message } of await allFaults(root, contents)) {
    const ofOne = faults[line - 2]
    if (ofOne && ofOne.size < mostOfEach) ofOne.add(message)
  }
  return faults.map((ofOne) => [...ofOne])
}
