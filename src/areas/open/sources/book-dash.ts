import type { Folder } from '#kernel/folder.ts'
import type { Source, Note, Row } from '#records/sources/source.ts'
import { isLanguageTag, languageTag } from '#records/sources/language-tag.ts'
import { licenceAt } from '#records/vocabularies/licence-names.ts'
import { dayOf, fieldsOf, known, oneLine, refuse, rowOf, textIn, words } from '#records/sources/row.ts'
import { idOf } from '#records/identifier.ts'
import { readYaml } from '#codecs/front-matter/read-front-matter.ts'
import { plainText } from '#codecs/markdown-links/plain-text.ts'

const file = 'meta.yml'
const repository = 'https://github.com/bookdash/bookdash-books'
const uriOf = (slug: string, language: string) => `${repository}#${slug}/${language}`

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

function toRow(place: string, slug: string, fields: Record<string, unknown>, language: string, original?: string): Row {
  const title = [words(fields['title']), words(fields['subtitle'])].filter(Boolean).join(': ')
  if (!isLanguageTag(language)) return refuse(place, 'languageCodeUnfit', { from: language })
  if (!title) return refuse(place, 'titleMissing')

  const notes: Note[] = []
  const rights = words(fields['rights'])
  const licence = licenceAt(rights)
  if (!licence)
    notes.push(
      rights ? { code: 'licenceUnknown', values: { licence: rights.slice(0, 100) } } : { code: 'licenceUnstated' },
    )
  const body = known({
    title: { [language]: title },
    originalLanguage: language,
    description: textIn(original ?? language, words(fields['description'])),
    type: 'story',
    url: repository,
    creators: [
      ...people(words(fields['creator']), 'author'),
      ...people(words(fields['contributor']), 'contributor'),
      ...people(words(fields['translator']), 'translator'),
    ],
    publisher: words(fields['publisher']),
    languages: [language],
    levels: ['0', '1'],
    audiences: ['learner', 'teacher', 'parent'],
    keywords: words(fields['subject']) ? { en: [words(fields['subject'])] } : undefined,
    licence,
    licenceAtSource: plainText(rights).slice(0, 500),
    access: 'free',
    publishedOn: dayIn(fields['date'], notes),
    modifiedOn: dayIn(fields['modified'], notes),
    identifiers: identifiersOf(fields, notes),
    work: idOf(`${repository}#${slug}`),
    basedOn: original ? idOf(uriOf(slug, original)) : undefined,
    areas: ['open', 'access'],
  })
  return rowOf(place, { kind: 'resource', identifier: uriOf(slug, language), url: repository, body }, notes)
}

async function* read(folder: Folder): AsyncGenerator<Row> {
  const { value } = readYaml(await folder.text(file))
  for (const [slug, entry] of Object.entries(fieldsOf(fieldsOf(value)['titles']))) {
    const { translations, ...fields } = fieldsOf(entry)
    const language = languageTag(words(fields['language']) || 'en')
    yield toRow(`${file}#${slug}`, slug, fields, language)
    for (const [code, translation] of Object.entries(fieldsOf(translations))) {
      // A translation says only what differs; the identifiers of the original are not its own.
      const { identifier: _, source: __, ...inherited } = fields
      const own = fieldsOf(translation)
      yield toRow(`${file}#${slug}/${code}`, slug, { ...inherited, subtitle: '', ...own }, languageTag(code), language)
    }
  }
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
  read,
}
