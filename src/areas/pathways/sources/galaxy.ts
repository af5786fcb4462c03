import type { Folder } from '#kernel/folder.ts'
import type { Source, Note, Row, Told } from '#records/sources/source.ts'
import {
  fieldsOf,
  known,
  list,
  oneLine,
  paragraphs,
  refuse,
  rowOf,
  rowsOfFiles,
  unique,
  words,
} from '#records/sources/row.ts'
import { isLanguageTag, languageTag } from '#records/sources/language-tag.ts'
import { laidOut } from '#records/sources/recognise.ts'
import { webAddress } from '#records/sources/web-address.ts'
import { idOf } from '#records/identifier.ts'
import { readFrontMatter, type FrontMatter } from '#codecs/front-matter/read-front-matter.ts'
import { plainText } from '#codecs/markdown-links/plain-text.ts'

const site = 'https://training.galaxyproject.org/training-material'
const repository = 'https://github.com/galaxyproject/training-material'

const audiences: Record<string, string[]> = {
  use: ['learner', 'researcher'],
  instructors: ['teacher'],
  'admin-dev': ['administrator', 'developer'],
}
const subjects: Record<string, string> = {
  admin: '0612',
  dev: '0613',
  climate: '0521',
  'data-science': '0542',
  contributing: '0611',
  microbiome: '0511',
  'genome-annotation': '0511',
  'sequence-analysis': '0511',
  assembly: '0511',
  introduction: '0511',
}

/** What is known of all that is published at this address; elsewhere the file or a person says it. */
const knownOfSite: Told = { licence: 'CC-BY-3.0', publisher: 'Galaxy Training Network' }

type Place = { address: string; licence?: string; publisher?: string; subjects?: readonly string[] }
function placeOf({ baseAddress = site, ...told }: Told): Place {
  return { address: baseAddress, ...(baseAddress === site && knownOfSite), ...told }
}

type Tutorial = { title: string; url: string; topic: string; external: boolean }
type Section = { title: string; note: string; tutorials: Tutorial[] }

const isAddressPart = (text: string) => /^[\w.-]+$/.test(text) && !text.startsWith('.')

/** `cli-basics` → Cli basics: the front matter names tutorials by their folder only. */
const titleOf = (name: string) => {
  const spoken = name.replaceAll(/[-_]+/g, ' ').trim()
  return spoken.charAt(0).toUpperCase() + spoken.slice(1)
}

function tutorialOf(value: unknown, place: Place): Tutorial[] {
  const fields = fieldsOf(value)
  const [name, topic, link] = [words(fields['name']), words(fields['topic']), webAddress(words(fields['link']))]
  if (link) return [{ title: name || link, url: link, topic, external: true }]
  if (!isAddressPart(name) || !isAddressPart(topic)) return []
  return [
    {
      title: titleOf(name),
      url: `${place.address}/topics/${topic}/tutorials/${name}/tutorial.html`,
      topic,
      external: false,
    },
  ]
}

const sectionsOf = (value: unknown, place: Place): Section[] =>
  list(value)
    .map(fieldsOf)
    .flatMap((section) => {
      const title = oneLine(words(section['section']))
      if (!title) return []
      return [
        {
          title,
          note: paragraphs(plainText(words(section['description']))).slice(0, 5_000),
          tutorials: list(section['tutorials']).flatMap((tutorial) => tutorialOf(tutorial, place)),
        },
      ]
    })

const stepOf = ({ title, note, tutorials }: Section, language: string) =>
  known({
    title: { [language]: title },
    note: note ? { [language]: note } : undefined,
    items: tutorials.map((tutorial) => ({
      title: { [language]: tutorial.title },
      course: idOf(tutorial.url),
      url: tutorial.url,
    })),
  })

const subjectsOf = (sections: Section[]) =>
  unique(sections.flatMap(({ tutorials }) => tutorials.flatMap(({ topic }) => subjects[topic] ?? []))).sort()

function pathwayRow(
  file: string,
  { value, body: text, repeatedKeys }: FrontMatter,
  sections: Section[],
  place: Place,
  language: string,
): Row {
  const fields = fieldsOf(value)
  const title = oneLine(words(fields['title']))
  if (!title || sections.every(({ tutorials }) => tutorials.length === 0))
    return refuse(file, title ? 'noCourseRecognised' : 'titleMissing')

  const notes: Note[] = repeatedKeys.map(({ key, line }) => ({ code: 'repeatedKey', values: { key, line } }))
  const empty = sections.filter(({ tutorials }) => tutorials.length === 0).length
  if (empty > 0) notes.push({ code: 'sectionWithoutItems', values: { count: empty } })
  const listed = list(fields['pathway']).reduce<number>(
    (sum, section) => sum + list(fieldsOf(section)['tutorials']).length,
    0,
  )
  const kept = sections.reduce((sum, { tutorials }) => sum + tutorials.length, 0)
  if (kept < listed) notes.push({ code: 'itemsLeftOut', values: { count: listed - kept } })
  if (fields['draft'] === true) notes.push({ code: 'draftAtSource' })
  const description = [words(fields['description']), text]
    .map((part) => paragraphs(part.split('\n').map(plainText).join('\n')))
    .filter(Boolean)
    .join('\n\n')
  const url = `${place.address}/learning-pathways/${file.replace(/^.*\//, '').replace(/\.md$/, '.html')}`
  const tags = unique(list(fields['tags']).map(words).filter(Boolean))

  const body = known({
    title: { [language]: title },
    originalLanguage: language,
    description: description ? { [language]: description } : undefined,
    url,
    publisher: place.publisher,
    editors: unique(list(fields['editorial_board']).map(words).filter(Boolean)),
    languages: [language],
    licence: place.licence,
    audiences: audiences[words(fields['type'])],
    subjects: [...(place.subjects ?? subjectsOf(sections))],
    keywords: tags.length > 0 ? { [language]: tags } : undefined,
    draftAtSource: fields['draft'] === true ? 'draft' : undefined,
    areas: ['pathways', 'open'],
    steps: sections.map((section) => stepOf(section, language)),
  })
  return rowOf(file, { kind: 'pathway', identifier: url, url, body }, notes)
}

function tutorialRow(file: string, { title, url, topic, external }: Tutorial, place: Place, language: string): Row {
  const subject = subjects[topic]
  const body = known({
    title: { [language]: title },
    originalLanguage: language,
    type: external ? 'reference' : 'tutorial',
    url,
    publisher: external ? undefined : place.publisher,
    languages: [language],
    subjects: subject ? [subject] : undefined,
    licence: external ? undefined : place.licence,
    access: 'free',
    areas: ['open', 'pathways'],
  })
  return rowOf(`${file} (${title})`, { kind: 'resource', identifier: url, url, body }, [
    { code: 'titleFromIdentifier' },
  ])
}

/** A pathway and those of its tutorials that no pathway before it gave. */
function* rowsOf(file: string, text: string, given: Set<string>, told: Told): Generator<Row> {
  const front = readFrontMatter(text)
  const place = placeOf(told)
  const said = languageTag(words(fieldsOf(front.value)['lang']) || 'en')
  const language = isLanguageTag(said) ? said : 'en'
  const sections = sectionsOf(fieldsOf(front.value)['pathway'], place)
  yield pathwayRow(file, front, sections, place, language)
  for (const tutorial of sections.flatMap(({ tutorials }) => tutorials)) {
    if (given.has(tutorial.url)) continue
    given.add(tutorial.url)
    yield tutorialRow(file, tutorial, place, language)
  }
}

async function* read(folder: Folder, told: Told = {}): AsyncGenerator<Row> {
  const given = new Set<string>()
  yield* rowsOfFiles(folder, await folder.names(), (file, text) => rowsOf(file, text, given, told))
}

/** Pages of this layout, and those in the folder that the project keeps them in. */
function recognise(name: string, head: string): string | undefined {
  const isPathway = /^---\r?\n/.test(head) && /^layout:\s*learning-pathway\s*$/m.test(head)
  const isUsual = laidOut(name, /galaxy\/[^/]+\.md/) !== undefined && !/(?:licen[cs]e|readme)[^/]*$/i.test(name)
  return name.endsWith('.md') && (isPathway || isUsual) ? name : undefined
}

export const galaxy: Source = {
  name: 'galaxy',
  title: 'Learning pathways of the Galaxy Training Network',
  publisher: 'Galaxy Training Network',
  kinds: ['pathway', 'resource'],
  folder: 'pathways',
  source: {
    address: repository,
    revision: 'stored versions',
    licence: 'https://creativecommons.org/licenses/by/3.0/',
    attribution: 'Galaxy Training Network and its contributors, CC BY',
  },
  expects: 'Markdown: layout: learning-pathway',
  recognise,
  read,
}
