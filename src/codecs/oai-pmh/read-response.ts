/**
 * Answers of OAI-PMH 2.0 providers as they are in the world: records are cut out of the page and read one by one, so that one
 * that is broken spoils no other, and a page that ends in the middle gives those that came whole.
 */
import { oneLine, readXml, type XmlElement } from '#codecs/xml/read-xml.ts'
import { Problem } from '#kernel/problem.ts'

export type ReadRecord = {
  identifier: string
  datestamp: string
  isDeleted: boolean
  sets: string[]
  /** The one element within `metadata`. */
  metadata?: XmlElement
}
/** A record as it stands in the page, and what it says or why it says nothing. */
export type CutRecord = { bytes: string } & (
  { record: ReadRecord } | { problem: { code: string; values: Problem['values'] } }
)

export type ReadPage = {
  /** As the provider wrote it. */
  responseDate?: string
  errors: { code: string; message: string }[]
  records: CutRecord[]
  token?: string
  completeListSize?: number
  /** The page ends before its end. */
  isCut: boolean
}

/** Record and header elements hold no more than this. */
const depth = 60

const local = (name: string) => name.slice(name.indexOf(':') + 1)
const childrenNamed = (element: XmlElement, name: string) =>
  element.children.filter((child) => local(child.name) === name)
const childNamed = (element: XmlElement, name: string) => childrenNamed(element, name)[0]

/** @throws Problem doctypeRefused where a document type is declared: entities begin there. malformedXml where it is no OAI-PMH. */
export function readPage(text: string): ReadPage {
  expectOai(text)
  const spans = spansOf(text)
  let frame = ''
  let at = 0
  for (const { start, end } of spans) {
    frame += text.slice(at, start)
    at = end
  }
  frame += text.slice(at)
  // Pages say their tokens outside of records, and the token may be all that is whole of what is around them.
  const token = /<(?:\w+:)?resumptionToken\b([^>]*?)(?:\/>|>([^<]*)<\/)/.exec(frame)
  const size = Number(/completeListSize\s*=\s*["'](\d{1,12})["']/.exec(token?.[1] ?? '')?.[1])
  const responseDate = /<(?:\w+:)?responseDate[^>]*>([^<]*)</.exec(frame)?.[1]?.trim()
  const value = unescaped(token?.[2] ?? '').trim()
  return {
    ...(responseDate && { responseDate }),
    errors: [...frame.matchAll(/<(?:\w+:)?error\b([^>]*?)(?:\/>|>([^<]*)<\/)/g)].map(
      ([, attributes = '', message = '']) => ({
        code: /code\s*=\s*["'](\w+)["']/.exec(attributes)?.[1] ?? '',
        message: oneLine(unescaped(message)).slice(0, 500),
      }),
    ),
    records: spans.map(({ start, end }) => cut(text.slice(start, end))),
    ...(value && { token: value }),
    ...(size > 0 && { completeListSize: size }),
    isCut: !/<\/(?:\w+:)?OAI-PMH\s*>/.test(frame.slice(-200)),
  }
}

function expectOai(text: string): void {
  const head = text.slice(0, 4_000)
  if (/<!DOCTYPE|<!ENTITY/i.test(/<html[\s>]/i.test(head) ? '' : text))
    throw new Problem('doctypeRefused', { line: 1, column: 1 })
  if (!/<(?:\w+:)?OAI-PMH[\s>]/.test(head)) throw new Problem('malformedXml', { line: 1, column: 1 })
}

const unescaped = (text: string) =>
  text
    .replace(/^\s*<!\[CDATA\[([^]*?)\]\]>\s*$/, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')

type Span = { start: number; end: number }

/** Where records begin and end; those within metadata, as MARCXML has them, are counted. What has no end is left out. */
function spansOf(text: string): Span[] {
  const mark = /<!--|<!\[CDATA\[|<(\/?)(?:\w+:)?record(?=[\s>/])([^>]*?)(\/?)>/g
  const spans: Span[] = []
  let start = -1
  let open = 0
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    if (found[0] === '<!--' || found[0] === '<![CDATA[') {
      const end = text.indexOf(found[0] === '<!--' ? '-->' : ']]>', mark.lastIndex)
      if (end === -1) break
      mark.lastIndex = end + 3
    } else if (found[1] === '/') {
      open--
      if (open === 0) spans.push({ start, end: mark.lastIndex })
      if (open < 0) open = 0
    } else if (found[3] !== '/') {
      if (open === 0) start = found.index
      // A record within a record is one of its metadata; where one was never closed, the next one begins anew.
      else if (/^\s*<(?:\w+:)?header[\s>]/.test(text.slice(mark.lastIndex, mark.lastIndex + 200))) {
        spans.push({ start, end: found.index })
        start = found.index
        open = 0
      }
      open++
    }
  }
  return spans
}

function cut(bytes: string): CutRecord {
  try {
    return { bytes, record: readRecord(readXml(bytes, { depth })) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { bytes, problem: { code: error.code, values: error.values } }
  }
}

/** @throws Problem malformedXml where it has no identifier. */
export function readRecord(root: XmlElement): ReadRecord {
  const header = childNamed(root, 'header')
  const told = (name: string) => oneLine(header ? (childNamed(header, name)?.text ?? '') : '')
  if (!header || !told('identifier')) throw new Problem('malformedXml', { line: 1, column: 1 })
  const metadata = childNamed(root, 'metadata')?.children[0]
  return {
    identifier: told('identifier'),
    datestamp: told('datestamp'),
    isDeleted: header.attributes['status'] === 'deleted',
    sets: childrenNamed(header, 'setSpec').map(({ text }) => oneLine(text)),
    ...(metadata && { metadata }),
  }
}

export type ReadIdentify = {
  name: string
  baseUrl: string
  granularity: 'day' | 'second'
  deletedRecord: string
  emails: string[]
}

/** What a repository says of itself; undefined where the answer does not say it. */
export function readIdentify(text: string): ReadIdentify | undefined {
  expectOai(text)
  const root = childNamed(readXml(text, { depth }), 'Identify')
  if (!root) return undefined
  const told = (name: string) => oneLine(childNamed(root, name)?.text ?? '')
  return {
    name: told('repositoryName'),
    baseUrl: told('baseURL'),
    granularity: /T/.test(told('granularity')) ? 'second' : 'day',
    deletedRecord: told('deletedRecord') || 'no',
    emails: childrenNamed(root, 'adminEmail').map(({ text: email }) => oneLine(email)),
  }
}

/** Prefixes of the formats that are offered. */
export function readFormats(text: string): string[] {
  expectOai(text)
  const root = childNamed(readXml(text, { depth }), 'ListMetadataFormats')
  return (root ? childrenNamed(root, 'metadataFormat') : []).flatMap(
    (one) => oneLine(childNamed(one, 'metadataPrefix')?.text ?? '') || [],
  )
}
