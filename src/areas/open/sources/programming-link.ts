/** What a line of a programming list says about a book or course. */
import { codeNamed } from '#records/vocabularies/names.ts'
import type { Note } from '#records/sources/source.ts'
import { cut, oneLine, unique } from '#records/sources/row.ts'
import { webAddress } from '#records/sources/web-address.ts'
import { dropDirectionalMarks, hasDirectionalMarks, plainText } from '#codecs/markdown-links/plain-text.ts'
import { readRemarks, type ListedLink } from '#codecs/markdown-links/read-links.ts'

export type ProgrammingLink = {
  title: string
  url: string
  creators: { name: string; role: string }[]
  provider?: string
  formats: string[]
  licence?: string
  licenceAtSource?: string
  access: string
  headings: string[]
  notes: Note[]
}

const formats: Record<string, string> = {
  PDF: 'application/pdf',
  HTML: 'text/html',
  ONLINE: 'text/html',
  EPUB: 'application/epub+zip',
  MOBI: 'application/x-mobipocket-ebook',
  KINDLE: 'application/x-mobipocket-ebook',
  AZW3: 'application/vnd.amazon.mobi8-ebook',
  TXT: 'text/plain',
  TEX: 'application/x-tex',
  LATEX: 'application/x-tex',
  MARKDOWN: 'text/markdown',
  GITBOOK: 'text/html',
  DJVU: 'image/vnd.djvu',
  PS: 'application/postscript',
  ZIP: 'application/zip',
}
const providers =
  /^(udemy|coursera|udacity|edx|kaggle|scrimba|stepik|codecademy|khan academy|youtube|freecodecamp(\.org)?|mit opencourseware|open\s?classrooms?|pluralsight|skillshare|alison|futurelearn|great learning|cognitive class|hackerrank|simplilearn|swayam|nptel|ocw|geeksforgeeks|bento|sololearn|linkedin learning|openedu|microsoft learn|google|ibm)$/i
const licenceWords = /^(cc\b|cc0|gfdl|gpl|lgpl|agpl|mit$|bsd|apache|fdl|public domain|unlicense)/i

const clean = (markdown: string) => oneLine(dropDirectionalMarks(plainText(markdown)))

function creatorsOf(who: string) {
  return unique(
    clean(who)
      .replaceAll(/\b(?:et al\.?|and others)/gi, '')
      .split(/\s*(?:,|;|،|、|，|\s&\s|\sand\s)\s*/)
      .map((name) => name.replace(/^[-–—\s]+/, '').trim()),
  )
    .filter((name) => /\p{L}/u.test(name) && name.length <= 500)
    .map((name) => {
      const [, translator] = /^(?:trl|trad|tr|transl|пер)\.?:?\s+(?=\S)(.+)$/i.exec(name) ?? []
      return translator ? { name: translator, role: 'translator' } : { name, role: 'author' }
    })
}

function accessOf(remarks: string[]): string {
  const said = remarks.join(' ').toLowerCase()
  if (said.includes('archived')) return 'archived'
  if (/not\s+\*?required|not required|талап етпейді/.test(said)) return 'free'
  return /required|requested|need to create|account|registr|requerida|membutuhkan|sign\s?up|ثبت|требуется/.test(said)
    ? 'free-registration'
    : 'free'
}

function addressOf(written: string, notes: Note[]): string | undefined {
  const address = dropDirectionalMarks(written).trim()
  const direct = webAddress(address)
  if (direct) return direct
  const mended =
    /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(address) && !/\.(md|html?)$/.test(address)
      ? webAddress(`https://${address}`)
      : undefined
  if (mended) notes.push({ code: 'addressMended', values: { from: address, to: mended } })
  return mended
}

/** @returns a note when there is no address to follow, or no title. */
export function readProgrammingLink(link: ListedLink): ProgrammingLink | Note {
  const notes: Note[] = []
  if (!link.address) return { code: 'addressMissing' }
  const url = addressOf(link.address, notes)
  if (!url) return { code: 'addressUnfit', values: { address: link.address.slice(0, 200) } }
  const title = clean(link.title)
  if (!title) return { code: 'titleMissing' }

  const { who, remarks, brackets } = readRemarks(link.rest)
  const parts = brackets.flatMap((bracket) => clean(bracket).split(/\s*(?:,|&|\/|\[|\])\s*/)).filter(Boolean)
  const furtherParts = link.further.flatMap(({ title: words }) => clean(words).split(/[\s,()[\]]+/)).filter(Boolean)
  const licences = parts.filter((part) => licenceWords.test(part))
  const licence = licences.map((name) => codeNamed('licences', name)).find((code) => code !== undefined)

  if (licences.length > 0 && !licence) notes.push({ code: 'licenceUnknown', values: { licence: licences.join(', ') } })
  if (licence && /^(CC-BY|GFDL$|BSD$)/.test(licence) && !/\d/.test(licence))
    notes.push({ code: 'licenceVersionUnstated', values: { licence: licences.join(', ') } })
  if (url.startsWith('http:')) notes.push({ code: 'plainHttp' })
  if (hasDirectionalMarks(plainText(link.title))) notes.push({ code: 'directionalMarksDropped' })
  if (link.further.length > 0) notes.push({ code: 'furtherAddresses', values: { count: link.further.length } })
  const unfinished = remarks.find((remark) => remark.includes(':construction:'))
  if (unfinished)
    notes.push({ code: 'unfinishedAtSource', values: { remark: clean(unfinished.replace(':construction:', '')) } })

  const provider = parts.find((part) => providers.test(part))
  return {
    title: cut(title, 1_000, notes),
    url,
    creators: creatorsOf(who),
    ...(provider && { provider }),
    formats: unique([...parts, ...furtherParts].flatMap((part) => formats[part.toUpperCase()] ?? [])),
    ...(licence && { licence }),
    ...(licences.length > 0 && { licenceAtSource: licences.join(', ').slice(0, 500) }),
    access: accessOf([...remarks, ...brackets.map((bracket) => bracket.toLowerCase())]),
    headings: link.headings.map(clean).filter((heading) => heading && heading.length <= 500),
    notes,
  }
}
