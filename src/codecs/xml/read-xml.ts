import { SaxesParser } from 'saxes'
import { checkXml, type InputLimits } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'

/** An element with its name as written, prefix and all. */
export type XmlElement = { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string }

/** @throws Problem doctypeRefused, tooDeep, tooLarge, malformedXml with line and column. */
export function readXml(text: string, limits: Partial<InputLimits> = {}): XmlElement {
  checkXml(text, limits)
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const parser = new SaxesParser()
  const keepText = (words: string) => {
    open.at(-1)!.text += words
  }
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: { ...attributes }, children: [], text: '' }
    open.at(-1)!.children.push(element)
    open.push(element)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.on('text', keepText)
  parser.on('cdata', keepText)
  parser.on('error', (cause) => {
    throw new Problem('malformedXml', { line: parser.line, column: parser.column }, { cause })
  })
  parser.write(text).close()
  return root.children[0]!
}

/** Every element of that name at any depth, in document order. */
export function* elementsOf(element: XmlElement, name: string): Generator<XmlElement> {
  for (const child of element.children) {
    if (child.name === name) yield child
    yield* elementsOf(child, name)
  }
}

export const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
