import type { Folder } from '#kernel/folder.ts'
import type { Source, Note, Row, Told } from '#records/sources/source.ts'
import { summedUp, type Sums } from '#records/sources/sum-up.ts'
import type { Body } from '#records/record.ts'
import { languageTag } from '#records/sources/language-tag.ts'
import { known, malformedFile, refuse, rowOf, unique } from '#records/sources/row.ts'
import { laidOut } from '#records/sources/recognise.ts'
import { addressKey, otherSpellings } from '#records/sources/web-address.ts'
import { idOf } from '#records/identifier.ts'
import { readLinks } from '#codecs/markdown-links/read-links.ts'
import { workKeptAs } from './same-works.ts'
import { readProgrammingLink, type ProgrammingLink } from './programming-link.ts'
import { subjectsOf } from './programming-subjects.ts'

const repository = 'https://github.com/EbookFoundation/free-programming-books'
const revision = '5b277d20f623'

type Listed = { place: string; link: ProgrammingLink | Note }
type List = { kind: 'resource' | 'course'; language: string; file: string; links: Listed[] }

const isLink = (link: ProgrammingLink | Note): link is ProgrammingLink => 'url' in link

/** `free-programming-books-pt_BR.md` → pt-BR. The lists by language and by subject of programming are English. */
function languageOf(file: string): string {
  const [, suffix = file.includes('/free-') ? 'en' : 'und'] =
    /-([a-z]{2}(?:[_-][A-Za-z]{2})?|langs|subjects)\.md$/.exec(file) ?? []
  if (suffix === 'langs' || suffix === 'subjects') return 'en'
  // Its file for competitive programming carries `cp` where others carry a country.
  return languageTag(suffix.replace(/-cp$/, ''))
}

async function linksIn(folder: Folder, file: string): Promise<Listed[]> {
  try {
    const links = readLinks(await folder.text(file))
    return links.map((link) => ({ place: `${file}:${link.line}`, link: readProgrammingLink(link) }))
  } catch (error) {
    return [{ place: file, link: malformedFile(error) }]
  }
}

async function listsIn(folder: Folder): Promise<List[]> {
  const files = (await folder.names()).filter((name) => /^(books|courses)\/.*\.md$/.test(name))
  return Promise.all(
    files.map(async (file) => ({
      kind: file.startsWith('books/') ? ('resource' as const) : ('course' as const),
      language: languageOf(file),
      file,
      links: await linksIn(folder, file),
    })),
  )
}

function bodyOf(kind: List['kind'], language: string, link: ProgrammingLink, told: Told): Body {
  const headings = unique(link.headings)
  return known({
    title: { [language]: link.title },
    originalLanguage: language,
    ...(kind === 'resource' && { type: 'book', publisher: told.publisher ?? link.provider }),
    ...(kind === 'course' && { provider: link.provider }),
    url: link.url,
    creators: link.creators,
    languages: [language],
    subjects: [...(told.subjects ?? subjectsOf(headings))],
    keywords: headings.length > 0 ? { [language]: headings } : undefined,
    licence: told.licence ?? link.licence,
    licenceAtSource: link.licenceAtSource,
    access: link.access,
    formats: link.formats,
    work: idOf(workKeptAs(link.url)),
    areas: kind === 'course' ? ['open', 'online'] : ['open'],
  }) as Body
}

/** A work stands under headings of several lists, and each line may know more of it. */
const sumsOfWork: Sums = {
  title: 'fullest',
  creators: 'fullest',
  provider: 'fullest',
  publisher: 'fullest',
  url: 'least',
  work: 'least',
  subjects: 'all',
  keywords: 'all',
  licence: 'fullest',
  licenceAtSource: 'fullest',
  access: 'fullest',
  formats: 'all',
}

/** One record an address, however it is spelled, kind and language: lists name the same book under several headings. */
function* rowsOf({ kind, language }: List, links: Listed[], told: Told): Generator<Row> {
  const byAddress = Map.groupBy(
    links.filter(({ link }) => isLink(link)),
    ({ link }) => addressKey((link as ProgrammingLink).url),
  )
  for (const { place, link } of links) {
    if (!isLink(link)) {
      yield { place, refused: link }
      continue
    }
    const same = byAddress.get(addressKey(link.url))!
    const first = same[0]!
    if (first.place !== place) {
      yield refuse(place, 'repeatedAddress', { first: first.place })
      continue
    }
    const merged: Note[] =
      same.length > 1
        ? [
            {
              code: 'repeatsMerged',
              values: {
                places: same
                  .slice(1)
                  .map((other) => other.place)
                  .join(', '),
              },
            },
          ]
        : []
    const base = `${told.baseAddress ?? repository}#${kind === 'course' ? 'courses' : 'books'}/${language}/`
    // One spelling, whichever file names it first; what is held under another keeps that.
    const identifier = `${base}https://${addressKey(link.url)}`
    const written = same.map((listed) => (listed.link as ProgrammingLink).url)
    const alsoNamed = unique([...written, ...written.flatMap(otherSpellings)]).map((url) => base + url)
    const body = same
      .map((listed) => bodyOf(kind, language, listed.link as ProgrammingLink, told))
      .reduce((told, said) => summedUp(sumsOfWork, told, said))
    const url = written.toSorted()[0]!
    yield rowOf(place, { kind, identifier, alsoNamed: alsoNamed.slice(0, 50), url, body }, [...link.notes, ...merged])
  }
}

/** The lists by their names, and any that has an index of its headings and a link a line. */
function recognise(name: string, head: string): string | undefined {
  if (!name.endsWith('.md')) return undefined
  const path = laidOut(name, /(?:books|courses)\/free-[^/]*\.md/)
  if (path) return path
  const links = head.match(/^[*-] \[[^\]]+\]\(https?:[^)]+\)/gm)?.length ?? 0
  if (!/^### Index\s*$/m.test(head) || links < 3) return undefined
  const file = name.replace(/^.*\//, '')
  return `${/course/i.test(file) ? 'courses' : 'books'}/${file}`
}

async function* read(folder: Folder, told: Told = {}): AsyncGenerator<Row> {
  const lists = Map.groupBy(await listsIn(folder), ({ kind, language }) => `${kind} ${language}`)
  for (const group of lists.values())
    yield* rowsOf(
      group[0]!,
      group.flatMap(({ links }) => links),
      told,
    )
}

export const programmingLists: Source = {
  name: 'programming-lists',
  title: 'Free programming books and courses',
  publisher: 'Free Ebook Foundation',
  kinds: ['resource', 'course'],
  folder: 'oer-free-programming-books',
  source: {
    address: repository,
    revision,
    licence: 'https://creativecommons.org/licenses/by/4.0/',
    attribution: 'free-programming-books, Free Ebook Foundation and its contributors, CC BY 4.0',
  },
  expects: 'books/free-….md, courses/free-….md',
  recognise,
  sums: { resource: sumsOfWork, course: sumsOfWork },
  read,
}
