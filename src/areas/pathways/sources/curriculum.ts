/** A curriculum in Markdown as OSSU writes it: sections of courses, in tables or one link a line. */
import { paragraphs, unique } from '#records/sources/row.ts'
import { plainText } from '#codecs/markdown-links/plain-text.ts'

export type CurriculumItem = {
  line: number
  title: string
  address: string
  duration?: string
  effort?: string
  prerequisites?: string
}
export type CurriculumSection = { line: number; title: string; note: string; topics: string[]; items: CurriculumItem[] }
export type Curriculum = { about: string; sections: CurriculumSection[] }

const heading = /^(#{1,6})\s+(.+?)\s*$/
const link = /\[([^[\]]{1,300})\]\(([^()\s]{1,1000}(?:\([^()\s]*\)[^()\s]*)*)\)/

/** A link that is the whole line, perhaps with further ones, and perhaps an item of a list or a box to tick. */
const itemLine = /^\s*(?:[-*+]\s+)?(?:\[[ xX]\]\s+)?\[[^[\]]{1,300}\]\((?!#)[^\s]+.*\)\s*$/

type Open = CurriculumSection & { columns: string[]; words: string[] }

/** The cells of a line of a table, which may begin and end with a bar (GitHub Flavored Markdown 4.10). */
const cellsOf = (text: string): string[] =>
  text
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim())

const titleColumns = /^(?:courses?|course name|name|title|class(?:es)?|resources?)$/
const columnsNamed: Record<string, RegExp> = {
  duration: /^(?:duration|length|weeks)$/,
  effort: /^(?:effort|workload|hours)$/,
  prerequisites: /^(?:prerequisites?|requirements?|prereqs?)$/,
}
const divider = /^\s*\|?\s*:?-{2,}:?\s*(?:\||$)/

/** Cells that say nothing hold a dash. */
const cellOf = (cells: string[], columns: string[], name: string) => {
  const text = plainText(cells[columns.findIndex((column) => columnsNamed[name]!.test(column))] ?? '')
  return text && !/^[-–—]+$/.test(text) ? text : undefined
}

function itemOf(line: number, cells: string[], columns: string[]): CurriculumItem | undefined {
  const at = Math.max(
    0,
    columns.findIndex((column) => titleColumns.test(column)),
  )
  const [, title, address] = link.exec(cells[at] ?? '') ?? []
  if (!title || !address) return undefined
  const [duration, effort, prerequisites] = ['duration', 'effort', 'prerequisites'].map((name) =>
    cellOf(cells, columns, name)?.slice(0, name === 'prerequisites' ? 1_000 : 200),
  )
  return {
    line,
    title: plainText(title),
    address,
    ...(duration && { duration }),
    ...(effort && { effort }),
    ...(prerequisites && { prerequisites }),
  }
}

function readLine(section: Open, text: string, line: number): void {
  const cells = cellsOf(text)
  const names = cells.map((cell) => plainText(cell).toLowerCase())
  if (cells.length > 1 && names.some((name) => titleColumns.test(name))) section.columns = names
  else if (divider.test(text)) return
  else if (cells.length > 1 && section.columns.length > 0) {
    const item = itemOf(line, cells, section.columns)
    if (item) section.items.push(item)
  } else if (!text.includes('|') && !text.trim()) {
    section.columns = []
    section.words.push('')
  } else if (/^`[^`]+`$/.test(text.trim())) section.topics.push(plainText(text))
  else if (itemLine.test(text)) {
    const item = itemOf(line, [text], [])
    if (item) section.items.push(item)
  } else if (!/^\*\*Topics covered:?\*\*:?/i.test(text.trim()) && !/^\s*[-*]\s+\[[^\]]*\]\(#[^)]*\)\s*$/.test(text))
    section.words.push(plainText(text))
}

/** The heading of the curriculum itself is a section only where courses stand right below it. */
const isMore = ({ items }: Open, at: number) => at > 0 || items.length > 0

/** What stands under `# Curriculum` or `## Curriculum`, up to the next heading as high. */
export function readCurriculum(text: string): Curriculum {
  const sections: Open[] = []
  const about: string[] = []
  let level = 0
  let done = false
  let inAbout = false
  const open = (title: string, line: number) =>
    sections.push({ line, title: plainText(title), note: '', topics: [], items: [], columns: [], words: [] })
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [, marks, words = ''] = heading.exec(line) ?? []
    if (marks) {
      inAbout = /^(summary|about)$/i.test(words)
      if (level > 0 && marks.length <= level) done = true
      if (/^(?:the\s+)?curriculum$/i.test(words)) {
        level = marks.length
        // Courses may stand right below it.
        open(words, index + 1)
      } else if (level > 0 && !done) open(words, index + 1)
    } else if (inAbout) about.push(plainText(line))
    else if (level > 0 && !done && sections.length > 0) readLine(sections.at(-1)!, line, index + 1)
  }
  return {
    about: paragraphs(about.join('\n')).split('\n\n').slice(0, 2).join('\n\n'),
    sections: sections.filter(isMore).map(({ line, title, topics, items, words }) => ({
      line,
      title,
      items,
      topics: unique(topics),
      note: paragraphs(words.join('\n')).slice(0, 4_000),
    })),
  }
}
