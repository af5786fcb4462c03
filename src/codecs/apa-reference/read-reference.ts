/** References as the American Psychological Association writes them: `Family, G., & Family, G. (2008). Title. Journal, 3(1), 5–9.` */

/** A person has given names or initials; an organisation has none. */
export type Author = { name: string; given?: string }
export type ReferenceType = 'article' | 'chapter' | 'conference-paper' | 'thesis' | 'report'

export type Reference = {
  authors: Author[]
  year?: number
  title?: string
  type: ReferenceType
  /** The journal, or the book or proceedings that a chapter or paper stands in. */
  container?: string
  volume?: string
  issue?: string
  pages?: string
  publisher?: string
  place?: string
  doi?: string
}

const dated = /\((?:(\d{4})[a-z]?|in press|n\.d\.)[^)]{0,40}\)[.,:]?\s*/

/** No reference is longer; the patterns below look at some texts once for each of their letters. */
const mostCharacters = 4_000

/** Nothing for what is no reference of this form, or is longer than any. */
export function readReference(given: string): Reference | undefined {
  if (given.length > mostCharacters) return undefined
  // The patterns below expect one space where several stand, or they would try each way to share them out.
  const text = given.replaceAll(/\s+/g, ' ')
  const found = dated.exec(text)
  if (!found) return undefined
  const [all, year] = found
  const { title, rest } = titleAndRest(text.slice(found.index + all.length))
  const doi = /\b10\.\d{4,9}\/[^\s"<>]+[^\s"<>.,;)]/.exec(text)?.[0]
  return {
    authors: authorsOf(text.slice(0, found.index)),
    ...(year && { year: Number(year) }),
    ...(title && { title }),
    ...(doi && { doi }),
    ...published(rest, text),
  }
}

/** The first sentence; a stop after a single letter ends none: it stands for a name. */
function titleAndRest(text: string): { title?: string; rest: string } {
  const end = /^.{10,}?(?:[^.\s][^.\s]|\b\d)(?<!\bNo)(?<!\bSt)[.?!](?=[.\s]|$)/.exec(text)?.[0]
  if (!end) return { rest: text }
  // A bracket that the sentence opened and another part of the reference closed.
  const title = end
    .replace(/[.]$/, '')
    .replace(/\s*\([^)]*$/, '')
    .trim()
  const bare = title
    .replace(/\s*\[[^\]]*\]$/, '')
    .replace(/\s*\((?:[^()]*\b(?:report|no\.|NCEE|dissertation|thesis|pp\.)[^()]*)\)$/i, '')
  return { title: bare, rest: text.slice(end.length).replace(/^[\s.]*(?:\[[^\]]*\]\.?)?\s*/, '') }
}

/** A hyphen belongs to the word alone, and a space to what is between words: there is one way to read each name. */
const family = String.raw`(?:(?:de|van|von|der|den|la|le|da|di|du|Van|De|La|Le|Al|al|El|St\.) ?)*[\p{Lu}][\p{L}’'ʼ-]*(?: [\p{Lu}][\p{L}’'-]+){0,3}`
const initials = String.raw`(?:\p{Lu}\p{Lu}?\.?[ -]{0,2}){1,5}`
const between = /^(?:[\s,;&]|and\b|\.{3}|…|\.\s)+/
const person = new RegExp(
  String.raw`^(?<name>${family}),(?: (?<before>Jr|Sr)\.,)? (?<given>${initials})(?:, (?<after>Jr|Sr|II|III)\.?)?(?=[,\s&.(]|$)`,
  'u',
)
const withoutComma = new RegExp(String.raw`^(?<name>${family}) (?<given>${initials})(?=,|$)`, 'u')
const surname = new RegExp(String.raw`^${family}(?=,)`, 'u')

export function authorsOf(head: string): Author[] {
  const text = head
    .replace(/\(Eds?\.\)/g, '')
    .replace(/,?\s*et al\.?/g, '')
    .trim()
  const people: Author[] = []
  let left = text
  for (;;) {
    left = left.replace(between, '')
    const one = personAt(left) ?? (people.length > 0 ? surnameAt(left) : undefined)
    if (!one) break
    people.push(one.author)
    left = left.slice(one.length)
  }
  const rest = left.replace(/[\s,]+$/, '').replace(/(?<!\bInc)\.$/, '')
  // A title that stands where authors should.
  const isSentence = rest.length > 150 || /\w{3}\. \p{Lu}/u.test(rest)
  if (!rest || isSentence || /^(n\/?a|author|anonymous)$/i.test(rest)) return people
  return [...people, ...namesIn(rest)]
}

type Met = { author: Author; length: number }

function personAt(text: string): Met | undefined {
  const match = person.exec(text) ?? withoutComma.exec(text)
  if (!match) return undefined
  const { name, given, before, after } = match.groups!
  return {
    author: { name: name!, given: [given!.trim(), before ?? after].filter(Boolean).join(', ') },
    length: match[0].length,
  }
}

/** Among people, a name whose initials were forgotten. */
function surnameAt(text: string): Met | undefined {
  const name = surname.exec(text)?.[0]
  return name ? { author: { name }, length: name.length } : undefined
}

/** Without initials nobody can say who is a person; several are told apart by the sign before the last. */
const namesIn = (text: string): Author[] =>
  (/,\s*&\s/.test(text) ? text.split(/\s*,\s*(?:&\s*)?/) : [text]).filter(Boolean).map((name) => ({ name }))

const journal =
  /^(?:[^.]*\.\s)??([^.:]*?[^\d.,](?::[^.,]+)?),\s*(\d+)\s*(?:\(([^)]*)\))?\s*(?:[,:]\s*((?:[A-Z]?\d+\s*[–-]\s*[A-Z]?\d+)|\d+))?(?=[.\s,(]|$)/
const editorsOfBook = /\bIn .*?\(Eds?\.\),? ?/
const pagesOfBook = /\([^)]*?pp?\. ?([\d–-]+)\)/
const proceedings = /\b(Proceedings of [^(.]+)/
const isThesis =
  /\b(doctoral dissertation|master[’']s thesis|dissertation abstracts|proquest|unpublished (?:doctoral|dissertation))/i
const isPresented = /\bpresented at\b/i
const unnumbered = /^([^.:,]*\b(?:Journal|Quarterly)\b[^.:]*)\.?(?:\s|$)/

function published(rest: string, all: string): Omit<Reference, 'authors' | 'year' | 'title' | 'doi'> {
  if (isThesis.test(all)) {
    const school =
      /\b((?:The )?(?:University of [A-Z][\w–-]+(?:[ –-][A-Z][\w-]+)*|[A-Z][\w.]+(?: [A-Z][\w.]+)* University))/.exec(
        all,
      )?.[1]
    return { type: 'thesis', ...(school && { publisher: school }) }
  }
  const book = bookIn(rest)
  if (book) return { type: book.container.startsWith('Proceedings') ? 'conference-paper' : 'chapter', ...book }
  if (isPresented.test(rest)) {
    const meeting = /presented at (?:the )?(.+?)[.]?$/i.exec(rest)?.[1]
    return { type: 'conference-paper', ...(meeting && { container: meeting }) }
  }
  const [, title, volume, issue, pages] = journal.exec(rest) ?? []
  if (title && !/\b(?:working paper|report|retrieved|wp)\b/i.test(title))
    return {
      type: 'article',
      container: title.trim(),
      volume: volume!,
      ...(issue && { issue: issue.replace(/^No\. /, '') }),
      ...(pages && { pages: pagesOf(pages) }),
    }
  const unpaged = unnumbered.exec(rest)?.[1]
  if (unpaged) return { type: 'article', container: unpaged.trim() }
  const paper = proceedings.exec(rest)?.[1]
  if (paper) return { type: 'conference-paper', container: paper.trim() }
  return { type: 'report', ...publisherOf(rest) }
}

/** `In S. Senk (Ed.), Standards in school (pp. 311–343).` In two steps, as one pattern would try each pair of brackets. */
function bookIn(rest: string): { container: string; pages: string } | undefined {
  const editors = editorsOfBook.exec(rest)
  if (!editors) return undefined
  const book = rest.slice(editors.index + editors[0].length)
  const pages = pagesOfBook.exec(book)
  const container = book.slice(0, pages?.index).trim()
  return pages && container ? { container, pages: pagesOf(pages[1]!) } : undefined
}

const pagesOf = (pages: string) => pages.replaceAll(/\s*[–-]\s*/g, '–')

/** `Washington, DC`, `London`, `New York and London`. */
const placePattern = String.raw`\p{Lu}[\p{L}’'.-]*(?: (?:and |& )?\p{Lu}[\p{L}’'.-]*){0,4}(?:, \p{Lu}[\p{L}. ]{1,30})?`
const placeAndName = new RegExp(String.raw`^(?<place>${placePattern}):\s*(?<name>.+)$`, 'u')
/** The same behind what else stands there: `… (pp. 1–11). Baltimore, MD: Center for …`. */
const placeLater = new RegExp(
  String.raw`^.*[.)]\s*(?<place>\p{Lu}[\p{L}’'. -]{1,40}, \p{Lu}[\p{L}. ]{1,30}):\s*(?<name>[^:]+)$`,
  'u',
)

/**
 * `Washington, DC: American Institutes for Research.` → who published it, and where. Where from it was fetched says
 * nothing of that.
 */
function publisherOf(rest: string): Pick<Reference, 'publisher' | 'place'> {
  const told = rest
    .replace(/\s*(?:\(|\[)?\b(?:Retrieved|Available|Downloaded)\b.*$/, '')
    .replace(/\bhttps?:.*$/, '')
    .replace(/^\s*\([^)]*\)\.?\s*/, '')
    .trim()
  const found = (placeLater.exec(told) ?? placeAndName.exec(told))?.groups as Placed | undefined
  if (found) return placed(found)
  const publisher = publisherIn(/^(?:[^:]{2,60}?):\s*(.+)$/.exec(told)?.[1] ?? told)
  return publisher ? { publisher } : {}
}

type Placed = { place: string; name: string }

/** Some write them the other way round. */
function placed({ place, name }: Placed): Pick<Reference, 'publisher' | 'place'> {
  const isTurned = /\b(?:Inc|Ltd|University|Press|Institute)\b/.test(place) && /^[^,]+, \p{Lu}{2}\.?$/u.test(name)
  const [where, who] = isTurned ? [name, place] : [place, name]
  const publisher = publisherIn(who)
  return publisher ? { publisher, place: where.replace(/\.$/, '') } : {}
}

/** What stands where the publisher is expected, and is none. */
const isNoPublisher =
  /^(?:author|unpublished\b.*|(?:final|annual|\w+ annual|formative evaluation|technical)? ?reports?|working papers?(?:,.*)?|.*\bpreprint\b.*|.*\bissue \d.*|isbn\b.*|eric ed.*|[\d.]+|.*\d[–-]\d+|(?:january|february|march|april|may|june|july|august|september|october|november|december)\b.*)$/i

function publisherIn(told: string): string | undefined {
  const name = told
    .replace(/^[\s.]+/, '')
    .replace(/^\([^)]*\)\.?\s*/, '')
    .split(/(?<!\b\p{Lu})(?<!\b(?:Inc|Ltd|St|No|Dr))\.\s+(?=\p{Lu})/u)
    .map((part) => part.replace(/[\s.]+$/, ''))
    .findLast(
      (part) => part && !isNoPublisher.test(part) && !/^[^,]+, \p{Lu}{2}$/u.test(part) && !/[\])]{2}/.test(part),
    )
  return name && name.length <= 300 ? name : undefined
}
