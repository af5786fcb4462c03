import { codeNamed } from '#records/vocabularies/names.ts'
import type { Folder } from '#kernel/folder.ts'
import { Problem } from '#kernel/problem.ts'
import type { Source, Note, Row } from '#records/sources/source.ts'
import { isLanguageTag, languageTag } from '#records/sources/language-tag.ts'
import { known, refuse, rowOf, unique } from '#records/sources/row.ts'
import { idOf } from '#records/identifier.ts'
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

function toRow(name: string, text: string, otherOfNumber: string | undefined): Row {
  const [folder = '', file = ''] = name.split('/')
  const number = /^\d+/.exec(file)?.[0]
  const language = varieties[folder] ?? languageTag(folder)
  if (!number || !isLanguageTag(language)) return refuse(name, 'languageCodeUnfit', { from: folder })

  const story = readStory(text)
  const notes: Note[] = []
  if (language !== folder) notes.push({ code: 'languageMended', values: { from: folder, to: language } })
  if (otherOfNumber) notes.push({ code: 'storyNumberRepeated', values: { number, other: otherOfNumber } })
  const licenceAtSource = story.fields.find(([field]) => field === 'License')![1]
  const body = known({
    title: { [language]: story.title },
    originalLanguage: language,
    type: 'story',
    url: encodeURI(`${repository}/blob/${revision}/${name}`),
    creators: creatorsOf(story.fields, notes),
    publisher: 'African Storybook',
    languages: [language],
    levels: ['0', '1'],
    audiences: ['learner', 'teacher', 'parent'],
    licence: licenceOf(licenceAtSource, notes),
    licenceAtSource,
    access: 'free',
    formats: ['text/markdown'],
    identifiers: [`African Storybook ${number}`],
    work: idOf(`${repository}#${number}`),
    fullText: story.pages.length > 0 ? { [language]: story.pages.join('\n\n') } : undefined,
    areas: ['open', 'access'],
  })
  return rowOf(
    name,
    {
      kind: 'resource',
      identifier: encodeURI(`${repository}/blob/master/${name}`),
      url: encodeURI(`${repository}/blob/${revision}/${name}`),
      body,
    },
    notes,
  )
}

/** The files that share a number within one language. */
function sharedNumbers(names: string[]): Map<string, string[]> {
  const byNumber = Map.groupBy(names, (name) => name.replace(/_.*$/, ''))
  return new Map(
    names.map((name) => [name, unique(byNumber.get(name.replace(/_.*$/, ''))!).filter((other) => other !== name)]),
  )
}

async function* read(folder: Folder): AsyncGenerator<Row> {
  const names = (await folder.names()).filter((name) => /^[^/]+\/[^/]+\.md$/.test(name))
  const shared = sharedNumbers(names)
  for (const name of names) {
    try {
      yield toRow(name, await folder.text(name), shared.get(name)![0])
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      yield refuse(name, 'unreadableStory', { rule: problem.values['rule'] ?? problem.code })
    }
  }
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
  read,
}
