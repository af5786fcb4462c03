import type { Folder } from '#kernel/folder.ts'
import type { Source, Note, Row } from '#records/sources/source.ts'
import { known, refuse, rowOf, unique } from '#records/sources/row.ts'
import { webAddress } from '#records/sources/web-address.ts'
import { idOf } from '#records/identifier.ts'
import { readCurriculum, type CurriculumItem, type CurriculumSection } from './curriculum.ts'

type Curriculum = {
  file: string
  repository: string
  revision: string
  title: string
  licence: string
  subjects: string[]
  keyword: string
}

const sources: Curriculum[] = [
  {
    file: 'ossu-computer-science.md',
    repository: 'https://github.com/ossu/computer-science',
    revision: 'acf1cc774628',
    title: 'OSSU Computer Science',
    licence: 'MIT',
    subjects: ['061', '0613'],
    keyword: 'computer science',
  },
  {
    file: 'ossu-data-science.md',
    repository: 'https://github.com/ossu/data-science',
    revision: 'ccb52fe046fe',
    title: 'OSSU Data Science',
    licence: 'CC-BY-SA-4.0',
    subjects: ['0542', '061'],
    keyword: 'data science',
  },
  {
    file: 'ossu-math.md',
    repository: 'https://github.com/ossu/math',
    revision: 'b3a53f64b0b6',
    title: 'OSSU Math',
    licence: 'MIT',
    subjects: ['0541'],
    keyword: 'mathematics',
  },
]

const providers: Record<string, string> = {
  'coursera.org': 'Coursera',
  'edx.org': 'edX',
  'learning.edx.org': 'edX',
  'ocw.mit.edu': 'MIT OpenCourseWare',
  'openlearninglibrary.mit.edu': 'MIT Open Learning Library',
  'youtube.com': 'YouTube',
  'khanacademy.org': 'Khan Academy',
  'udacity.com': 'Udacity',
  'nptel.ac.in': 'NPTEL',
  'github.com': 'Open Source Society University',
}

const providerOf = (url: string) => {
  const host = new URL(url).hostname.replace(/^www\./, '')
  return providers[host] ?? host
}

/** Pages of the curriculum itself are given relative to its repository. */
const absolute = (address: string, { repository, revision }: Curriculum) =>
  webAddress(address) ??
  (/^[\w./-]+$/.test(address) ? webAddress(`${repository}/blob/${revision}/${address}`) : undefined)

function courseRow(source: Curriculum, item: CurriculumItem, url: string, topics: string[]): Row {
  const notes: Note[] = url === item.address ? [] : [{ code: 'addressMended', values: { from: item.address, to: url } }]
  const body = known({
    title: { en: item.title },
    originalLanguage: 'en',
    url,
    provider: providerOf(url),
    languages: ['en'],
    levels: ['6'],
    subjects: source.subjects,
    keywords: { en: unique([source.keyword, ...topics.filter((topic) => topic !== 'and more')]) },
    access: 'free',
    duration: item.duration,
    effort: item.effort,
    prerequisites: item.prerequisites,
    areas: ['pathways', 'online'],
  })
  return rowOf(`${source.file}:${item.line}`, { kind: 'course', identifier: url, url, body }, notes)
}

function stepOf(source: Curriculum, section: CurriculumSection) {
  const items = section.items.map((item) => {
    const url = absolute(item.address, source)
    return known({
      title: { en: item.title },
      course: url && idOf(url),
      url,
      duration: item.duration,
      effort: item.effort,
      prerequisites: item.prerequisites,
    })
  })
  return known({ title: { en: section.title }, note: section.note ? { en: section.note } : undefined, items })
}

function pathwayRow(source: Curriculum, about: string, sections: CurriculumSection[]): Row {
  if (sections.every(({ items }) => items.length === 0)) return refuse(source.file, 'noCourseRecognised')
  const notes: Note[] = []
  const empty = sections.filter(({ items }) => items.length === 0).length
  if (empty > 0) notes.push({ code: 'sectionWithoutItems', values: { count: empty } })
  const body = known({
    title: { en: source.title },
    originalLanguage: 'en',
    description: about ? { en: about } : undefined,
    url: source.repository,
    publisher: 'Open Source Society University',
    languages: ['en'],
    licence: source.licence,
    levels: ['6'],
    audiences: ['learner'],
    subjects: source.subjects,
    keywords: { en: [source.keyword] },
    areas: ['pathways', 'open'],
    steps: sections.map((section) => stepOf(source, section)),
  })
  return rowOf(source.file, { kind: 'pathway', identifier: source.repository, url: source.repository, body }, notes)
}

async function* read(folder: Folder): AsyncGenerator<Row> {
  for (const source of sources) {
    const given = new Map<string, string>()
    if (!(await folder.has(source.file))) continue
    const { about, sections } = readCurriculum(await folder.text(source.file))
    // A heading over headings has neither courses nor words of its own.
    yield pathwayRow(
      source,
      about,
      sections.filter(({ items, note }) => items.length > 0 || note),
    )
    for (const { items, topics } of sections)
      for (const item of items) {
        const place = `${source.file}:${item.line}`
        const url = absolute(item.address, source)
        if (!url) yield refuse(place, 'addressUnfit', { address: item.address })
        else if (given.has(url)) yield refuse(place, 'repeatedAddress', { first: given.get(url)! })
        else {
          given.set(url, place)
          yield courseRow(source, item, url, topics)
        }
      }
  }
}

export const ossu: Source = {
  name: 'ossu',
  title: 'Curricula of the Open Source Society University',
  publisher: 'Open Source Society University',
  kinds: ['pathway', 'course'],
  folder: 'pathways',
  source: {
    address: 'https://github.com/ossu',
    revision: sources
      .map(({ repository, revision }) => `${repository.slice('https://github.com/'.length)} ${revision}`)
      .join('; '),
    licence: 'https://spdx.org/licenses/MIT',
    attribution: 'Open Source Society University: computer science and math MIT, data science CC BY-SA 4.0',
  },
  expects: sources.map(({ file }) => file).join(', '),
  // A course may stand in several curricula.
  sums: {
    course: {
      title: 'fullest',
      subjects: 'all',
      keywords: 'all',
      duration: 'fullest',
      effort: 'fullest',
      prerequisites: 'fullest',
    },
  },
  read,
}
