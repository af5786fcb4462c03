import type { Folder } from '#kernel/folder.ts'
import type { Source, Note, Row, Told } from '#records/sources/source.ts'
import { isLanguageTag, languageTag } from '#records/sources/language-tag.ts'
import { licenceAt } from '#records/vocabularies/licence-names.ts'
import { dayOf, fieldsOf, known, oneLine, refuse, rowOf, rowsOfFiles, textIn, words } from '#records/sources/row.ts'
import { isNamed } from '#records/sources/recognise.ts'
import { urnOf } from '#records/sources/published-at.ts'
import { idOf } from '#records/identifier.ts'
import { workKeptAs } from './same-works.ts'
import { readYaml } from '#codecs/front-matter/read-front-matter.ts'
import { plainText } from '#codecs/markdown-links/plain-text.ts'

const file = 'meta.yml'
const repository = 'https://github.com/bookdash/bookdash-books'
/** A publisher of this format, and where its books lie. */
type Shelf = { address: string | undefined; told: Told; isBookDash: boolean }
const uriOf = ({ address }: Shelf, slug: string, language: string) =>
  address ? `${address}#${slug}/${language}` : urnOf('book', slug, language)

const people = (names: string, role: string) =>
  [...new Set(oneLine(names).split(/,\s+|\s+and\s+/))].filter(Boolean).map((name) => ({ name, role }))

const isUuid = (text: string) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)
const isIsbn = (text: string) => /^(97[89])?\d{9}[\dX]$/i.test(text.replaceAll('-', ''))

function identifiersOf(fields: Record<string, unknown>, notes: Note[]): string[] {
  const found: string[] = []
  for (const value of [words(fields['identifier']), words(fields['source'])]) {
    if (isUuid(value)) found.push(`urn:uuid:${value.toLowerCase()}`)
    else if (isIsbn(value)) found.push(`urn:isbn:${value.replaceAll('-', '')}`)
    else if (value) notes.push({ code: 'identifierUnfit', values: { value } })
  }
  return [...new Set(found)]
}

/** YAML reads a day without quotes as a date. */
const dayIn = (value: unknown, notes: Note[]) =>
  dayOf(value instanceof Date ? value.toISOString() : words(value), notes)

function toRow(
  place: string,
  shelf: Shelf,
  slug: string,
  fields: Record<string, unknown>,
  language: string,
  original?: string,
): Row {
  const title = [words(fields['title']), words(fields['subtitle'])].filter(Boolean).join(': ')
  if (!isLanguageTag(language)) return refuse(place, 'languageCodeUnfit', { from: language })
  if (!title) return refuse(place, 'titleMissing')

  const notes: Note[] = []
  const rights = words(fields['rights'])
  const { address, told, isBookDash } = shelf
  if (!address) notes.push({ code: 'baseAddressUnknown' })
  const licence = told.licence ?? licenceAt(rights)
  if (!licence)
    notes.push(
      rights ? { code: 'licenceUnknown', values: { licence: rights.slice(0, 100) } } : { code: 'licenceUnstated' },
    )
  const body = known({
    title: { [language]: title },
    originalLanguage: language,
    description: textIn(original ?? language, words(fields['description'])),
    type: isBookDash ? 'story' : 'book',
    url: address,
    creators: [
      ...people(words(fields['creator']), 'author'),
      ...people(words(fields['contributor']), 'contributor'),
      ...people(words(fields['translator']), 'translator'),
    ],
    publisher: told.publisher ?? words(fields['publisher']),
    languages: [language],
    ...(isBookDash && { levels: ['0', '1'], audiences: ['learner', 'teacher', 'parent'] }),
    subjects: told.subjects && [...told.subjects],
    keywords: words(fields['subject']) ? { en: [words(fields['subject'])] } : undefined,
    licence,
    licenceAtSource: plainText(rights).slice(0, 500),
    access: 'free',
    publishedOn: dayIn(fields['date'], notes),
    modifiedOn: dayIn(fields['modified'], notes),
    identifiers: identifiersOf(fields, notes),
    work: idOf(address ? workKeptAs(`${address}#${slug}`) : urnOf('work', slug)),
    basedOn: original ? idOf(uriOf(shelf, slug, original)) : undefined,
    areas: ['open', 'access'],
  })
  const identifier = uriOf(shelf, slug, language)
  return rowOf(place, { kind: 'resource', identifier, ...(address && { url: address }), body }, notes)
}

function shelfOf(titles: Record<string, unknown>, told: Told): Shelf {
  const publishers = Object.values(titles).map((title) => words(fieldsOf(title)['publisher']))
  const isBookDash = publishers.includes('Book Dash')
  return { address: told.baseAddress ?? (isBookDash ? repository : undefined), told, isBookDash }
}

function* rowsOf(file: string, text: string, told: Told): Generator<Row> {
  const titles = fieldsOf(fieldsOf(readYaml(text).value)['titles'])
  const shelf = shelfOf(titles, told)
  for (const [slug, entry] of Object.entries(titles)) {
    const { translations, ...fields } = fieldsOf(entry)
    const language = languageTag(words(fields['language']) || 'en')
    yield toRow(`${file}#${slug}`, shelf, slug, fields, language)
    for (const [code, translation] of Object.entries(fieldsOf(translations))) {
      // A translation says only what differs; the identifiers of the original are not its own.
      const { identifier: _, source: __, ...inherited } = fields
      const own = { ...inherited, subtitle: '', ...fieldsOf(translation) }
      yield toRow(`${file}#${slug}/${code}`, shelf, slug, own, languageTag(code), language)
    }
  }
}

async function* read(folder: Folder, told: Told = {}): AsyncGenerator<Row> {
  yield* rowsOfFiles(folder, await folder.names(), (file, text) => rowsOf(file, text, told))
}

export const bookDash: Source = {
  name: 'book-dash',
  title: 'Book Dash books',
  publisher: 'Book Dash',
  kinds: ['resource'],
  folder: 'oer-book-dash',
  source: {
    address: repository,
    revision: '54916310c5c0',
    licence: 'https://creativecommons.org/licenses/by/4.0/',
    attribution: 'Book Dash and the creators and translators named with each book, CC BY 4.0, https://bookdash.org',
  },
  expects: 'YAML: titles: …: title, creator, rights, …',
  recognise: (name, head) =>
    isNamed(name, file) ||
    (/\.ya?ml$/.test(name) && /^titles:\s*$/m.test(head) && /^\s+(?:creator|rights):/m.test(head))
      ? name
      : undefined,
  read,
}
