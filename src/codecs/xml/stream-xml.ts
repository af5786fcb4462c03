/** The children of the root one by one, so that a file of any length takes the memory of its largest child. */
import { SaxesParser } from 'saxes'
import { usualInputLimits } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'
import type { XmlElement } from './read-xml.ts'

export type Streamed =
  | { root: XmlElement }
  | { child: XmlElement; line: number }
  /** It is longer than a child may be, and was passed over. */
  | { tooLarge: string; line: number }

/** `token`: characters of one text, tag or comment. `child`: characters of one child of the root. */
export type StreamLimits = { token: number; child: number; depth: number }
export const usualStreamLimits: StreamLimits = {
  token: 4 * 1024 * 1024,
  child: 16 * 1024 * 1024,
  depth: usualInputLimits.depth,
}

/**
 * First the root, without its children, then each child with all that is in it. There are no entities but those of XML.
 * @throws Problem doctypeRefused, tooDeep, tooLarge, malformedXml with line and column; what came before has been given
 */
export async function* streamXml(
  chunks: AsyncIterable<string>,
  { token, child, depth }: StreamLimits = usualStreamLimits,
): AsyncGenerator<Streamed> {
  const parser = new SaxesParser()
  const place = () => ({ line: parser.line, column: parser.column })
  const ready: Streamed[] = []
  const open: XmlElement[] = []
  let level = 0
  let begunAt = { position: 0, line: 0 }
  let isTooLarge = false
  let lastEvent = 0
  // Between two pieces the parser counts the last one twice.
  let given = 0
  const heard = () => {
    lastEvent = parser.position
    if (level < 2 || isTooLarge || parser.position - begunAt.position <= child) return
    isTooLarge = true
    ready.push({ tooLarge: open[1]!.name, line: begunAt.line })
    open.length = 1
  }
  parser.on('doctype', () => {
    throw new Problem('doctypeRefused', place())
  })
  parser.on('opentag', ({ name, attributes }) => {
    level++
    if (level > depth) throw new Problem('tooDeep', { limit: depth, ...place() })
    const element: XmlElement = { name, attributes: { ...attributes }, children: [], text: '' }
    if (level === 1) ready.push({ root: element })
    if (level === 2) begunAt = { position: parser.position, line: parser.line }
    if (!isTooLarge) {
      if (level > 2) open.at(-1)!.children.push(element)
      open.push(element)
    }
    heard()
  })
  parser.on('closetag', () => {
    heard()
    if (!isTooLarge) {
      const closed = open.pop()!
      if (level === 2) ready.push({ child: closed, line: begunAt.line })
    } else if (level === 2) isTooLarge = false
    level--
  })
  const keepText = (words: string) => {
    heard()
    if (!isTooLarge && level > 1) open.at(-1)!.text += words
  }
  parser.on('text', keepText)
  parser.on('cdata', keepText)
  parser.on('comment', heard)
  parser.on('processinginstruction', heard)
  parser.on('error', (cause) => {
    throw new Problem('malformedXml', place(), { cause })
  })
  for await (const chunk of chunks) {
    parser.write(chunk)
    given += chunk.length
    if (given - lastEvent > token) throw new Problem('tooLarge', { limit: token, size: token, ...place() })
    yield* ready.splice(0)
  }
  parser.close()
  yield* ready.splice(0)
}
