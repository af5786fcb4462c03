/** Records as an Atom feed (RFC 4287), with the next page as RFC 5005 says, and counts as OpenSearch 1.1 has them. */
import { bestText } from '#kernel/i18n/languages.ts'
import type { StoredRecord, Texts } from '#records/record.ts'

export type Feed = {
  title: string
  language: string
  /** Who publishes: the name of this node. */
  author: string
  /** Addresses: of this feed, of the page that shows the same, of the next page of the feed. */
  self: string
  page: string
  next?: string | undefined
  /** When something in it last changed, ISO 8601; asked for only where the feed is empty. */
  emptySince: string
  records: readonly StoredRecord[]
  addressOf: (record: StoredRecord) => string
  /** How many there are, how many stand before these, and how many are shown at once. */
  counted?: { total: number; from: number; atOnce: number } | undefined
  /** The address of the OpenSearch description of the search that it answers. */
  openSearch?: string | undefined
}

// XML 1.0 §2.2 knows no other control characters.
const unspeakable = /[[\p{Cc}--[\t\n\r]]\u{fffe}\u{ffff}]/gv
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const xml = (text: string) =>
  text
    .toWellFormed()
    .replaceAll(unspeakable, '')
    .replaceAll(/[&<>"]/g, (sign) => escapes[sign]!)

const summaries = ['summary', 'description', 'problem', 'definition']
const longestSummary = 1_000

export function toAtom(feed: Feed): string {
  const updated =
    feed.records
      .map(({ changedAt }) => changedAt)
      .sort()
      .at(-1) ?? feed.emptySince
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xml:lang="${xml(feed.language)}">
<id>${xml(feed.self)}</id>
<title>${xml(feed.title)}</title>
<updated>${updated}</updated>
<author><name>${xml(feed.author)}</name></author>
<link rel="self" type="application/atom+xml" href="${xml(feed.self)}"/>
<link rel="alternate" type="text/html" href="${xml(feed.page)}"/>
${openSearchElements(feed)}${feed.next ? `<link rel="next" type="application/atom+xml" href="${xml(feed.next)}"/>\n` : ''}${feed.records.map((record) => entry(feed, record)).join('')}</feed>
`
}

const openSearchElements = ({ counted, openSearch }: Feed): string =>
  [
    openSearch && `<link rel="search" type="application/opensearchdescription+xml" href="${xml(openSearch)}"/>`,
    counted &&
      `<opensearch:totalResults>${counted.total}</opensearch:totalResults>\n<opensearch:startIndex>${counted.from + 1}</opensearch:startIndex>\n<opensearch:itemsPerPage>${counted.atOnce}</opensearch:itemsPerPage>`,
  ]
    .filter(Boolean)
    .map((one) => `${one}\n`)
    .join('')

function entry({ language, addressOf }: Feed, record: StoredRecord): string {
  const { body } = record
  const address = xml(addressOf(record))
  const title = bestText(body.title, language, body.originalLanguage)
  const texts = summaries.map((name) => body[name] as Texts | undefined).find((found) => typeof found === 'object')
  const summary = texts && bestText(texts, language, body.originalLanguage)
  return `<entry>
<id>${address}</id>
<title xml:lang="${xml(title.language)}">${xml(title.text)}</title>
<published>${record.createdAt}</published>
<updated>${record.changedAt}</updated>
<link rel="alternate" type="text/html" href="${address}"/>
<category term="${xml(record.kind)}"/>
${summary ? `<summary xml:lang="${xml(summary.language)}">${xml(summary.text.slice(0, longestSummary))}</summary>\n` : ''}</entry>
`
}
