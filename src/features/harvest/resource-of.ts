/** What a source states of a resource as a resource of ours; what our vocabularies do not know is said, and never guessed. */
import { boundedCache } from '#kernel/bounded-cache.ts'
import type { Statement } from '#codecs/metadata/statement.ts'
import { doiIn } from '#codecs/metadata/description.ts'
import { licenceAt, licenceNamed } from '#records/vocabularies/licence-names.ts'
import { languageNamed } from '#records/vocabularies/language-names.ts'
import { uriOf } from '#records/vocabularies/index.ts'
import { codeNamed } from '#records/vocabularies/names.ts'
import { known, unique } from '#records/sources/row.ts'
import { inOneLine, structuredText } from '#records/sources/structured-text.ts'
import { webAddress } from '#records/sources/web-address.ts'
import type { Mapping, Settings, VocabularyField } from './shapes.ts'

export type Read = {
  body: Record<string, unknown>
  /** Where people see it at its source. */
  url?: string
  unmapped: { field: string; value: string }[]
}

type Value = Omit<Statement, 'term'>

/** Types that other vocabularies have names of their own for. */
const types: Readonly<Record<string, string>> = {
  movingimage: 'video',
  'moving image': 'video',
  videoobject: 'video',
  audiovisual: 'video',
  interactiveresource: 'simulation',
  'interactive resource': 'simulation',
  'learning object': 'other',
  textbook: 'book',
  'open textbook': 'book',
  quiz: 'exercise',
  assessment: 'exercise',
  'problem set': 'exercise',
  'full course': 'course',
  'online course': 'course',
  dictionary: 'reference',
  encyclopedia: 'reference',
}
/** The code of a term of ours that is named by its address. */
const codeAt = (list: string, text: string): string | undefined => {
  const code = /^https?:/.test(text) ? /[^/#]+$/.exec(text)?.[0] : undefined
  return code && uriOf(list, code) === text ? code : undefined
}
const codeIn = (list: string) => (text: string) => codeNamed(list, text) ?? codeAt(list, text)
const typeOf = (text: string) => {
  const last = text.replace(/^(?:info:eu-repo\/semantics\/|https?:\/\/\S*[/#])/, '').trim()
  return types[last.toLowerCase()] ?? codeNamed('resource-types', last) ?? codeAt('resource-types', text)
}
const licenceOf = (text: string) => {
  const address = /https?:\/\/\S+/.exec(text)?.[0]
  return (
    (address && licenceAt(address.replace(/[.,;)]+$/, ''))) || licenceNamed(text.trim()) || codeNamed('licences', text)
  )
}
const mostRemembered = 5_000
const longestRemembered = 300
type FindCode = (text: string) => string | undefined

/** Repositories say the same few values in every record, and our lists do not change: each is looked up once. */
function remembered(find: FindCode): FindCode {
  const known = boundedCache<{ code: string | undefined }>(mostRemembered)
  return (text) => {
    const before = known.get(text)
    if (before) return before.code
    const code = find(text)
    if (text.length <= longestRemembered) known.set(text, { code })
    return code
  }
}

/** How our codes are found for values of a field where the curator said nothing of them. */
const codeOf: Readonly<Record<VocabularyField, FindCode>> = {
  type: remembered(typeOf),
  subject: remembered(codeIn('subjects')),
  language: remembered(languageNamed),
  licence: remembered(licenceOf),
  audience: remembered(codeIn('audiences')),
  level: remembered(codeIn('levels')),
}

const longestKeyword = 200
const mostKeywords = 100
const dateIn = (text: string) =>
  /^\s*([12]\d{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)(?!\d)/.exec(text)?.[1]

export function resourceOf(
  statements: readonly Statement[],
  settings: Pick<Settings, 'language' | 'licence'>,
  mapping: Mapping,
): Read {
  const unmapped: Read['unmapped'] = []
  const values = (...terms: string[]): Value[] =>
    terms.length === 1
      ? statements.filter(({ term }) => term === terms[0])
      : statements.filter(({ term }) => terms.includes(term))
  const mapped = (field: VocabularyField, text: string): string | undefined => {
    const code = mapping[field]?.[text] ?? codeOf[field](text)
    if (!code) unmapped.push({ field, value: inOneLine(text).slice(0, 300) })
    return code || undefined
  }
  const codes = (field: VocabularyField, found: readonly Value[]) =>
    unique(found.flatMap(({ text }) => mapped(field, text) ?? []))

  const languages = codes('language', values('language'))
  const main = languages[0] ?? settings.language
  const tagOf = ({ language }: Value) => (language && codeOf.language(language)) || main
  const inLanguages = (found: readonly Value[], most: number) => {
    const texts: Record<string, string> = {}
    for (const value of found) {
      const text = structuredText(value.text)
      const tag = tagOf(value)
      if (text) texts[tag] = (texts[tag] ? `${texts[tag]}\n\n${text}` : text).slice(0, most).toWellFormed()
    }
    return texts
  }
  const titles: Record<string, string> = {}
  for (const value of values('title'))
    titles[tagOf(value)] ??= inOneLine(structuredText(value.text)).slice(0, 1_000).toWellFormed()
  const originalLanguage = titles[main] ? main : (Object.keys(titles)[0] ?? main)

  const subjects: string[] = []
  const keywords: Record<string, string[]> = {}
  for (const value of values('subject')) {
    const code = mapped('subject', value.text)
    const word = inOneLine(structuredText(value.text))
    if (code) subjects.push(code)
    else if (word && word.length <= longestKeyword && !/^https?:/.test(word)) (keywords[tagOf(value)] ??= []).push(word)
  }
  for (const value of values('keyword')) {
    const word = inOneLine(structuredText(value.text))
    const code = mapping.subject?.[value.text] ?? codeOf.subject(value.text)
    if (code) subjects.push(code)
    else if (word && word.length <= longestKeyword && !/^https?:/.test(word)) (keywords[tagOf(value)] ??= []).push(word)
  }
  const rights = values('license', 'rights', 'accessRights')
  const licences = rights.map(({ text }) => mapping.licence?.[text] ?? codeOf.licence(text))
  const licence = licences.find(Boolean) ?? (settings.licence || undefined)
  if (!licences.some(Boolean))
    for (const { text } of rights.slice(0, 1)) unmapped.push({ field: 'licence', value: inOneLine(text).slice(0, 300) })

  const identifiers = values('identifier').map(({ text }) => text)
  const dois = identifiers.flatMap((one) => doiIn(one) ?? [])
  const addresses = identifiers.filter((one) => !doiIn(one)).flatMap((one) => webAddress(one) ?? [])
  const url = addresses[0] ?? (dois[0] && `https://doi.org/${dois[0]}`)
  const type =
    values('type')
      .map(({ text }) => mapped('type', text))
      .find((one) => one !== undefined) ??
    values('schemaType')
      .map(({ text }) => codeOf.type(text))
      .find((one) => one !== undefined) ??
    'other'
  const name = ({ text }: Value) => inOneLine(structuredText(text)).slice(0, 500)
  return {
    body: known({
      title: titles,
      originalLanguage,
      description: inLanguages(values('description', 'abstract'), 20_000),
      type,
      url,
      creators: [
        ...values('creator').map((one) => ({ name: name(one), role: 'author' })),
        ...values('contributor').map((one) => ({ name: name(one), role: 'contributor' })),
      ].filter((one) => one.name),
      publisher: values('publisher').map(name)[0],
      languages: languages.length > 0 ? languages : [main],
      levels: codes('level', values('educationLevel')),
      audiences: codes('audience', values('audience')),
      subjects: unique(subjects),
      keywords: Object.fromEntries(
        Object.entries(keywords).map(([tag, words]) => [tag, unique(words).slice(0, mostKeywords)]),
      ),
      licence,
      licenceAtSource: licences.some(Boolean) ? undefined : rights[0] && name(rights[0]),
      formats: unique(values('format').map((one) => name(one).slice(0, 100))).slice(0, 50),
      publishedOn: values('issued', 'date', 'created')
        .map(({ text }) => dateIn(text))
        .find(Boolean),
      identifiers: unique([
        ...dois.map((doi) => `https://doi.org/${doi}`),
        ...identifiers.filter((one) => /^urn:/i.test(one)),
      ]).slice(0, 50),
    }),
    ...(url && { url }),
    unmapped,
  }
}
