/** Dublin Core, qualified or not, as a resource of ours; what our vocabularies do not know is said, and never guessed. */
import type { XmlElement } from '#codecs/xml/read-xml.ts'
import { doiIn } from '#codecs/metadata/description.ts'
import { licenceAt, licenceNamed } from '#records/vocabularies/licence-names.ts'
import { languageNamed } from '#records/vocabularies/language-names.ts'
import { codeNamed } from '#records/vocabularies/names.ts'
import { known, unique } from '#records/sources/row.ts'
import { inOneLine, structuredText } from '#records/sources/structured-text.ts'
import { webAddress } from '#records/sources/web-address.ts'
import type { MappedField, Mapping, Settings } from './shapes.ts'

export type Read = {
  body: Record<string, unknown>
  /** Where people see it at its source. */
  url?: string
  unmapped: { field: string; value: string }[]
}

type Value = { text: string; language?: string }
const local = (name: string) => name.slice(name.indexOf(':') + 1)
const wholeText = (element: XmlElement): string =>
  [element.text, ...element.children.map(wholeText)].filter(Boolean).join(' ')

/** Types that other vocabularies have names of their own for. */
const types: Readonly<Record<string, string>> = {
  movingimage: 'video',
  'moving image': 'video',
  videoobject: 'video',
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
const typeOf = (text: string) => {
  const last = text.replace(/^(?:info:eu-repo\/semantics\/|https?:\/\/\S*[/#])/, '').trim()
  return types[last.toLowerCase()] ?? codeNamed('resource-types', last)
}
const licenceOf = (text: string) => {
  const address = /https?:\/\/\S+/.exec(text)?.[0]
  return (
    (address && licenceAt(address.replace(/[.,;)]+$/, ''))) || licenceNamed(text.trim()) || codeNamed('licences', text)
  )
}
/** How our codes are found for values of a field where the curator said nothing of them. */
const codeOf: Readonly<Record<MappedField, (text: string) => string | undefined>> = {
  type: typeOf,
  subject: (text) => codeNamed('subjects', text),
  language: languageNamed,
  licence: licenceOf,
  audience: (text) => codeNamed('audiences', text),
  level: (text) => codeNamed('levels', text),
}

const longestKeyword = 200
const mostKeywords = 100
const dateIn = (text: string) =>
  /^\s*([12]\d{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)(?!\d)/.exec(text)?.[1]

/** `metadata`: the element that holds the elements of Dublin Core. */
export function resourceOf(metadata: XmlElement, settings: Settings, mapping: Mapping): Read {
  const unmapped: Read['unmapped'] = []
  const values = (...names: string[]): Value[] =>
    metadata.children
      .filter(({ name }) => names.includes(local(name)))
      .map((element) => ({
        text: wholeText(element).trim(),
        ...(element.attributes['xml:lang'] && { language: element.attributes['xml:lang'] }),
      }))
      .filter(({ text }) => text !== '')
  const mapped = (field: MappedField, text: string): string | undefined => {
    const code = mapping[field]?.[text] ?? codeOf[field](text)
    if (!code) unmapped.push({ field, value: inOneLine(text).slice(0, 300) })
    return code || undefined
  }
  const codes = (field: MappedField, found: readonly Value[]) =>
    unique(found.flatMap(({ text }) => mapped(field, text) ?? []))

  const languages = codes('language', values('language'))
  const main = languages[0] ?? settings.language
  const tagOf = ({ language }: Value) => (language && languageNamed(language)) || main
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
  const rights = values('license', 'rights', 'accessRights')
  const licences = rights.map(({ text }) => mapping.licence?.[text] ?? licenceOf(text))
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
      .find((one) => one !== undefined) ?? 'other'
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
