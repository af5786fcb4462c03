import type { Folder } from '#kernel/folder.ts'
import type { Source, Note, Row, Told } from '#records/sources/source.ts'
import { known, refuse, rowOf, unique } from '#records/sources/row.ts'
import { urnOf } from '#records/sources/published-at.ts'
import { plainText } from '#codecs/markdown-links/plain-text.ts'
import { webAddress } from '#records/sources/web-address.ts'
import { idOf } from '#records/identifier.ts'
import { readCurriculum, type CurriculumItem, type CurriculumSection } from './curriculum.ts'

/** What is known of a curriculum by its address, and what its file says. */
type Curriculum = {
  file: string
  address: string | undefined
  /** The commit whose files its own pages lie at. */
  revision: string
  title: string
  publisher?: string | undefined
  licence?: string | undefined
  levels?: readonly string[]
  subjects: readonly string[]
  keyword?: string
}

const organisation = 'Open Source Society University'
const home = 'https://github.com/ossu'
/** What comes with the project, by the address that each file names; the files say neither licence nor subject. */
const knownCurricula: Record<string, Partial<Curriculum>> = {
  [`${home}/computer-science`]: {
    revision: 'acf1cc774628',
    licence: 'MIT',
    levels: ['6'],
    subjects: ['061', '0613'],
    keyword: 'computer science',
  },
  [`${home}/data-science`]: {
    revision: 'ccb52fe046fe',
    licence: 'CC-BY-SA-4.0',
    levels: ['6'],
    subjects: ['0542', '061'],
    keyword: 'data science',
  },
  [`${home}/math`]: {
    revision: 'b3a53f64b0b6',
    licence: 'MIT',
    levels: ['6'],
    subjects: ['0541'],
    keyword: 'mathematics',
  },
}

/** The badge at the top links to the repository and says the title: `Open Source Society University - Math`. */
function curriculumOf(file: string, text: string, told: Told): Curriculum | undefined {
  const [, repository] = /https:\/\/github\.com\/(?:ossu|open-source-society)\/([\w.-]*\w)/.exec(text) ?? []
  const isOfOssu = text.slice(0, headLength).includes(organisation) && repository !== undefined
  const [, badge] = /alt="Open Source Society University - ([^"]{1,200})"/.exec(text) ?? []
  const [, heading] = /^#[ \t]+(?!contents\b|summary\b|curriculum\b)(.{1,300}?)[ \t]*$/im.exec(text) ?? []
  const title = badge ? `OSSU ${badge}` : plainText(heading ?? '')
  const address = told.baseAddress ?? (isOfOssu ? `${home}/${repository}` : undefined)
  if (!title) return undefined
  return {
    file,
    address,
    title,
    revision: 'master',
    publisher: told.publisher ?? (isOfOssu ? organisation : undefined),
    subjects: [],
    ...(address && knownCurricula[address]),
    ...(told.licence && { licence: told.licence }),
    ...(told.subjects && { subjects: told.subjects }),
  }
}
const headLength = 4_000

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
const absolute = (address: string, { address: base, revision }: Curriculum) =>
  webAddress(address) ??
  (base && /^[\w./-]+$/.test(address) && !address.startsWith('//')
    ? webAddress(`${base}/blob/${revision}/${address.replace(/^\.?\//, '')}`)
    : undefined)

const keywordsOf = (words: string[]) => {
  const kept = unique(words.filter(Boolean))
  return kept.length > 0 ? { en: kept } : undefined
}

function courseRow(source: Curriculum, item: CurriculumItem, url: string, topics: string[]): Row {
  const notes: Note[] = url === item.address ? [] : [{ code: 'addressMended', values: { from: item.address, to: url } }]
  const body = known({
    title: { en: item.title },
    originalLanguage: 'en',
    url,
    provider: providerOf(url),
    languages: ['en'],
    levels: source.levels && [...source.levels],
    subjects: [...source.subjects],
    keywords: keywordsOf([source.keyword ?? '', ...topics.filter((topic) => topic !== 'and more')]),
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
    url: source.address,
    publisher: source.publisher,
    languages: ['en'],
    licence: source.licence,
    levels: source.levels && [...source.levels],
    audiences: ['learner'],
    subjects: [...source.subjects],
    keywords: keywordsOf([source.keyword ?? '']),
    areas: ['pathways', 'open'],
    steps: sections.map((section) => stepOf(source, section)),
  })
  if (!source.address) notes.push({ code: 'baseAddressUnknown' })
  if (!source.licence) notes.push({ code: 'licenceUnstated' })
  const identifier = source.address ?? urnOf('curriculum', source.title)
  return rowOf(
    source.file,
    { kind: 'pathway', identifier, ...(source.address && { url: source.address }), body },
    notes,
  )
}

function* rowsOf(file: string, text: string, told: Told): Generator<Row> {
  const source = curriculumOf(file, text, told)
  if (!source) return yield refuse(file, 'titleMissing')
  const given = new Map<string, string>()
  const { about, sections } = readCurriculum(text)
  // A heading over headings has neither courses nor words of its own.
  yield pathwayRow(
    source,
    about,
    sections.filter(({ items, note }) => items.length > 0 || note),
  )
  for (const { items, topics } of sections)
    for (const item of items) {
      const place = `${file}:${item.line}`
      const url = absolute(item.address, source)
      if (!url) yield refuse(place, 'addressUnfit', { address: item.address })
      else if (given.has(url)) yield refuse(place, 'repeatedAddress', { first: given.get(url)! })
      else {
        given.set(url, place)
        yield courseRow(source, item, url, topics)
      }
    }
}

async function* read(folder: Folder, told: Told = {}): AsyncGenerator<Row> {
  for (const file of await folder.names()) yield* rowsOf(file, await folder.text(file), told)
}

/** A page of a curriculum: its badge, or a heading that is named so above a table or list of courses. */
function recognise(name: string, head: string): string | undefined {
  if (!name.endsWith('.md') || /licen[cs]e[^/]*$/i.test(name)) return undefined
  const isNamed = /(?:^|\/)ossu-[^/]*\.md$/.test(name) || /alt="Open Source Society University - /.test(head)
  const isCurriculum =
    /^#{1,2}[ \t]+(?:the[ \t]+)?curriculum[ \t]*$/im.test(head) && /^\|?[ \t]*courses?[ \t]*\|/im.test(head)
  return isNamed || isCurriculum ? name : undefined
}

export const ossu: Source = {
  name: 'ossu',
  title: 'Curricula of the Open Source Society University',
  publisher: 'Open Source Society University',
  kinds: ['pathway', 'course'],
  folder: 'pathways',
  source: {
    address: home,
    revision: Object.entries(knownCurricula)
      .map(([address, { revision }]) => `${address.slice('https://github.com/'.length)} ${revision}`)
      .join('; '),
    licence: 'https://spdx.org/licenses/MIT',
    attribution: 'Open Source Society University: computer science and math MIT, data science CC BY-SA 4.0',
  },
  expects: 'Markdown: # Curriculum, Courses | Duration | Effort | …',
  recognise,
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
