/** Lists of links in Markdown, as free-programming-books writes them: headings, and `* [title](address) - who *(remark)* (kind)`. */
import { checkSize, type InputLimits } from '#kernel/input-limits.ts'
import { plainText } from './plain-text.ts'

export type ListedLink = {
  line: number
  /** The headings above it, outermost first. */
  headings: string[]
  /** As written; `plainText` makes it readable. */
  title: string
  address: string
  /** What follows the link on its line, without further links. */
  rest: string
  further: { title: string; address: string }[]
}

type Link = { title: string; address: string; from: number; to: number }

/** The end of a bracket that opens at `at`, nested ones within. */
function closing(text: string, at: number, open: string, close: string): number {
  let depth = 0
  for (let next = at; next < text.length; next++) {
    const character = text[next]
    if (character === '\\') next++
    else if (character === open) depth++
    else if (character === close && --depth === 0) return next
  }
  return -1
}

/** Brackets that are no link are passed over, but not more of them than an honest line has. */
function linkFrom(text: string, start: number): Link | undefined {
  let from = text.indexOf('[', start)
  for (let tries = 0; from !== -1 && tries < 200; tries++) {
    const titleEnd = closing(text, from, '[', ']')
    if (titleEnd === -1) return undefined
    if (text[titleEnd + 1] === '(') {
      const to = closing(text, titleEnd + 1, '(', ')')
      if (to === -1) return undefined
      const address = text
        .slice(titleEnd + 2, to)
        .trim()
        .replace(/\s+["'].*$/, '')
        .replaceAll(/^<|>$/g, '')
      return { title: text.slice(from + 1, titleEnd), address, from, to: to + 1 }
    }
    from = text.indexOf('[', from + 1)
  }
  return undefined
}

function linksIn(text: string): Link[] {
  const links: Link[] = []
  for (let link = linkFrom(text, 0); link && links.length < 50; link = linkFrom(text, link.to)) links.push(link)
  return links
}

function without(text: string, links: Link[]): string {
  let rest = ''
  let from = 0
  for (const link of links) {
    rest += text.slice(from, link.from)
    from = link.to
  }
  return rest + text.slice(from)
}

/** Links to places on the same page, such as an index, are left out. @throws Problem tooLarge. */
export function readLinks(text: string, limits: Partial<InputLimits & { lineCharacters: number }> = {}): ListedLink[] {
  checkSize(text, limits)
  const longest = limits.lineCharacters ?? 20_000
  const found: ListedLink[] = []
  const headings: string[] = []
  text.split('\n').forEach((line, index) => {
    if (line.length > longest) return
    const heading = /^(#{1,6})\s+(.*?)(?:\s+#+)?\s*$/.exec(line)
    if (heading) {
      headings.length = heading[1]!.length - 1
      headings.push(plainText(heading[2]!))
      return
    }
    const bullet = /^\s*[*+-]\s+(?=\[)/.exec(line)
    const links = linksIn(line)
    if (bullet && links[0]?.from === bullet[0].length && !links[0].address.startsWith('#')) {
      const [first, ...further] = links
      found.push({
        line: index + 1,
        headings: headings.filter(Boolean),
        title: first!.title,
        address: first!.address,
        rest: without(line, links).slice(bullet[0].length).trim(),
        further: further.map(({ title, address }) => ({ title, address })),
      })
    } else if (!bullet && links[0]?.from === 0 && found.length > 0) {
      found.at(-1)!.further.push(...links.map(({ title, address }) => ({ title, address })))
    }
  })
  return found
}

export type Remarks = { who: string; remarks: string[]; brackets: string[] }

/** `- who *(remark)* (bracket)` → its parts, still as written. */
export function readRemarks(rest: string): Remarks {
  const remarks: string[] = []
  const brackets: string[] = []
  const who = rest
    .replaceAll(/\*\(([^()]{0,300})\)\*/g, (_, remark: string) => (remarks.push(remark.trim()), ' '))
    .replaceAll(/\(([^()]{0,300})\)/g, (_, bracket: string) => (bracket.trim() && brackets.push(bracket.trim()), ' '))
    .replace(/^[\s\u00A0\u200E\u200F]*(?:&[lr]lm;)?[\s-]*[-–—:]\s*/, '')
    .replaceAll(/[()]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/[\s,]+$/, '')
    .trim()
  return { who, remarks, brackets }
}
