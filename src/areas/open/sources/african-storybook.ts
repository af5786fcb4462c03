import { codeNamed } from '#records/vocabularies/names.ts'
import type { Folder } from '#kernel/folder.ts'
import { Problem } from '#kernel/problem.ts'
import type { Source, Note, Row, Told } from '#records/sources/source.ts'
import { isLanguageTag, languageTag } from '#records/sources/language-tag.ts'
import { known, refuse, rowOf, unique } from '#records/sources/row.ts'
import { laidOut } from '#records/sources/recognise.ts'
import { urnOf } from '#records/sources/published-at.ts'
import { idOf } from '#records/identifier.ts'
import { workKeptAs } from './same-works.ts'
import { readStory, type Story } from '#codecs/storybook/read-story.ts'

const repository = 'https://github.com/global-asp/asp-source'
const revision = '99e022369a98'

/** Folders named for a variety: the registered variants of Twi, Hausa of Niger, the official spelling of Lugbara. */
const varieties: Record<string, string> = {
  'tw-akua': 'tw-akuapem',
  'tw-asan': 'tw-asante',
  'ha-ne': 'ha-NE',
  'lgg-official': 'lgg',
}

const roles: Record<string, string> = {
  Text: 'author',
  Illustration: 'illustrator',
  Adaptation: 'adapter',
  Translation: 'translator',
  'Translated By': 'translator',
}

/** `Wiehan de Jager Wiehan de Jager`: a name that was pasted twice. */
function nameOnce(name: string, notes: Note[]): string {
  const once = name.replace(/^(.{4,}) \1$/, '$1')
  if (once !== name) notes.push({ code: 'nameDoubled', values: { name: once } })
  return once
}

function creatorsOf(fields: Story['fields'], notes: Note[]) {
  const creators = fields.flatMap(([name, value]) => {
    const role = roles[name]
    if (!role) return []
    return value
      .split(/,\s+(?![^(]*\))|\s+(?:and|&)\s+/)
      .map((part) => part.trim())
      .filter(Boolean)
      .map((creator) => ({ name: nameOnce(creator, notes), role }))
  })
  return [...new Map(creators.map((creator) => [`${creator.role} ${creator.name}`, creator])).values()]
}

function licenceOf(value: string, notes: Note[]): string | undefined {
  const name = value.replaceAll(/[[\]]/g, '')
  const licence = codeNamed('licences', name)
  if (!licence) notes.push({ code: 'licenceUnknown', values: { licence: value } })
  else if (!/\d/.test(licence)) notes.push({ code: 'licenceVersionUnstated', values: { licence: name } })
  return licence
}

/** Where stories are published, and what is known of all that are published there. */
type Place = { address: string | undefined; isAfricanStorybook: boolean; told: Told }

/** The page of a file in a repository. */
const pageOf = (address: string, of: string, name: string) =>
  encodeURI(address.startsWith('https://github.com/') ? `${address}/blob/${of}/${name}` : `${address}/${name}`)

/** A folder of the African Storybook says the variety too; elsewhere the story says its language. */
function languageOf(folder: string, { fields }: Story, { isAfricanStorybook }: Place): string {
  const ofFolder = varieties[folder] ?? languageTag(folder)
  const said = languageTag(fields.find(([field]) => field === 'Language')?.[1] ?? '')
  return isAfricanStorybook || !isLanguageTag(said) ? ofFolder : said
}

const knownOfAfricanStorybook = {
  publisher: 'African Storybook',
  levels: ['0', '1'],
  audiences: ['learner', 'teacher', 'parent'],
}

function toRow(name: string, text: string, otherOfNumber: string | undefined, place: Place): Row {
  const [folder = '', file = ''] = name.includes('/') ? name.split('/') : ['', name]
  const number = /^\d+(?=[_.-])/.exec(file)?.[0]
  const story = readStory(text)
  const language = languageOf(folder, story, place)
  if (!isLanguageTag(language)) return refuse(name, 'languageCodeUnfit', { from: folder })

  const { address, isAfricanStorybook, told } = place
  const notes: Note[] = []
  if (folder && isAfricanStorybook && language !== folder)
    notes.push({ code: 'languageMended', values: { from: folder, to: language } })
  if (number && otherOfNumber) notes.push({ code: 'storyNumberRepeated', values: { number, other: otherOfNumber } })
  const licenceAtSource = story.fields.find(([field]) => field === 'License')![1]
  const creators = creatorsOf(story.fields, notes)
  const path = folder ? name : `${language}/${file}`
  const identifier = address
    ? pageOf(address, 'master', path)
    : urnOf('story', language, story.title, ...creators.map(({ role, name: who }) => `${role} ${who}`))
  if (!address) notes.push({ code: 'baseAddressUnknown' })
  const url = address && pageOf(address, isAfricanStorybook ? revision : 'master', path)
  const body = known({
    title: { [language]: story.title },
    originalLanguage: language,
    type: 'story',
    url,
    creators,
    ...(isAfricanStorybook && knownOfAfricanStorybook),
    ...(told.publisher && { publisher: told.publisher }),
    languages: [language],
    subjects: told.subjects && [...told.subjects],
    licence: told.licence ?? licenceOf(licenceAtSource, notes),
    licenceAtSource,
    access: 'free',
    formats: ['text/markdown'],
    identifiers: isAfricanStorybook && number ? [`African Storybook ${number}`] : undefined,
    work: address && number ? idOf(workKeptAs(`${address}#${number}`)) : undefined,
    fullText: story.pages.length > 0 ? { [language]: story.pages.join('\n\n') } : undefined,
    areas: ['open', 'access'],
  })
  return rowOf(name, { kind: 'resource', identifier, ...(url && { url }), body }, notes)
}

/** The files that share a number within one language. */
function sharedNumbers(names: string[]): Map<string, string[]> {
  const numberOf = (name: string) => (/^(?:[^/]+\/)?\d+_/.test(name) ? name.replace(/_.*$/, '') : name)
  const byNumber = Map.groupBy(names, numberOf)
  return new Map(names.map((name) => [name, unique(byNumber.get(numberOf(name))!).filter((other) => other !== name)]))
}

const isReadme = (name: string) => /(?:^|\/)readme[^/]*$/i.test(name)

/** The readme of the repository says that it is the one of the African Storybook. */
function placeOf(names: string[], told: Told): Place {
  const isAfricanStorybook = (told.baseAddress ?? repository) === repository && names.some(isReadme)
  return { address: told.baseAddress ?? (isAfricanStorybook ? repository : undefined), isAfricanStorybook, told }
}

async function* read(folder: Folder, told: Told = {}): AsyncGenerator<Row> {
  const all = await folder.names()
  const place = placeOf(all, told)
  const names = all.filter((name) => !isReadme(name))
  const shared = sharedNumbers(names)
  for (const name of names) {
    try {
      yield toRow(name, await folder.text(name), shared.get(name)![0], place)
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      yield refuse(name, 'unreadableStory', { rule: problem.values['rule'] ?? problem.code })
    }
  }
}

/** A readme that is of the repository; a story in the folder of its language, or any that ends with its licence. */
function recognise(name: string, head: string): string | undefined {
  if (!name.endsWith('.md')) return undefined
  if (isReadme(name))
    return /^#[^\n]*African Storybook/m.test(head) && head.includes('global-asp/asp-source') ? name : undefined
  const isStory = /^#[ \t]+\S/m.test(head) && /^##[ \t]*$/m.test(head) && /^\* License:/m.test(head)
  if (!isStory && !/(?:^|\/)[^/]+\/\d{4}_[^/]+\.md$/.test(name)) return undefined
  return laidOut(name, /[^/]+\/[^/]+\.md/) ?? name
}

export const africanStorybook: Source = {
  name: 'african-storybook',
  title: 'African Storybook',
  publisher: 'African Storybook (Saide) and Global African Storybook Project',
  kinds: ['resource'],
  folder: 'oer-african-storybook',
  source: {
    address: repository,
    revision,
    licence: 'https://creativecommons.org/licenses/by/4.0/',
    attribution: 'African Storybook and the authors, illustrators and translators named with each story, CC BY',
  },
  expects: 'Markdown: # …, ##, * License: …',
  recognise,
  isBeside: isReadme,
  read,
}
