/** HTML and Markdown within the texts of a source → plain text that keeps its paragraphs and lists. */
import { decodeEntities } from '#codecs/markdown-links/plain-text.ts'
import { raisedAndLowered } from './mend.ts'
import { paragraphs } from './row.ts'

/** A word in angle brackets that is no element of HTML, such as `<name>`, stays. */
const elements =
  'a abbr article aside b big blockquote body br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label li link main mark meta nav object ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead title tr tt u ul var video audio source svg path button'
const tag = new RegExp(`<(/?)(${elements.replaceAll(' ', '|')})(?=[\\s/>])([^<>]{0,2000})>`, 'gi')
const hidden = /<(script|style|template|noscript)\b[^]*?(?:<\/\1\s*>|$)|<!--[^]*?(?:-->|$)/gi
const blocks = new Set('p div section article blockquote pre table figure h1 h2 h3 h4 h5 h6 dl hr'.split(' '))
const lines = new Set('br tr dt dd caption'.split(' '))

/** Numbers within an ordered list, a bullet within any other. */
function withoutTags(html: string): string {
  const open: { ordered: boolean; count: number }[] = []
  return raisedAndLowered(html.replaceAll(hidden, '')).replaceAll(
    tag,
    (_, closing: string, written: string, rest: string) => {
      const name = written.toLowerCase()
      if (name === 'ul' || name === 'ol') {
        if (closing) open.pop()
        else open.push({ ordered: name === 'ol', count: 0 })
        return open.length > 0 && !closing ? '\n' : '\n\n'
      }
      if (name === 'li') {
        const list = open.at(-1)
        if (closing) return '\n'
        return `\n${'  '.repeat(Math.max(0, open.length - 1))}${list?.ordered ? `${++list.count}. ` : '• '}`
      }
      if (name === 'img') return /\balt\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(rest)?.slice(1).find(Boolean) ?? ''
      if (blocks.has(name)) return '\n\n'
      if (lines.has(name)) return '\n'
      return name === 'td' || name === 'th' ? ' ' : ''
    },
  )
}

const emphasis: readonly RegExp[] = [
  /(?<![*\p{L}\p{N}\\])\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*(?![*\p{L}\p{N}])/gu,
  /(?<![_\p{L}\p{N}\\])__(?=\S)([^_\n]+?)(?<=\S)__(?![_\p{L}\p{N}])/gu,
  /(?<![*\p{L}\p{N}\\$])\*(?=\S)([^*\n$]+?)(?<=\S)\*(?![*\p{L}\p{N}$])/gu,
  /(?<![_\p{L}\p{N}\\$])_(?=\S)([^_\n$]+?)(?<=\S)_(?![_\p{L}\p{N}$])/gu,
]

const withoutMarkdown = (markdown: string): string =>
  emphasis
    .reduce((text, mark) => text.replaceAll(mark, '$1'), markdown)
    .replaceAll(/!?\[([^[\]\n]{1,500})\]\((?:[^()\s]|\([^()\s]*\)){1,2000}(?:\s+"[^"\n]*")?\)/g, '$1')
    .replaceAll(/^([ \t]*)[-*+][ \t]+(?=\S)/gm, '$1• ')
    .replaceAll(/^[ \t]{0,3}#{1,6}[ \t]+(.+?)[ \t]*#*$/gm, '$1')
    .replaceAll(/^[ \t]{0,3}>[ \t]?/gm, '')
    .replaceAll(/`([^`\n]+)`/g, '$1')
    .replaceAll(/\\([\\`*_{}[\]()#+.!|~>-])/g, '$1')

/** Nothing in it is a mark of HTML or Markdown, or a space that no reader sees: most names and titles are so. */
const marked = /[<>&*_[\]`\\#\t\n\r\u00A0\u2028\u2029]| {2}|^\s*[-+]/

/** Text as a reader sees it, with a line for each item of a list and an empty line between paragraphs. */
export function structuredText(source: string): string {
  if (!marked.test(source)) return source.trim()
  const read = (text: string) =>
    paragraphs(
      withoutMarkdown(withoutTags(text))
        .replaceAll('\u00A0', ' ')
        .replaceAll(/^ (?=\S)/gm, '')
        .replaceAll(/(\S)[ \t]{2,}(?=\S)/g, '$1 ')
        .replaceAll(/\n+(?=[ \t]*(?:•|\d+\.) )/g, '\n'),
    )
  const once = decodeEntities(read(source))
  // Some servers write their HTML as entities.
  return once.search(tag) !== -1 ? decodeEntities(read(once)) : once
}

/** In one line, for a title. */
export const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
