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

const heading = /^(#{1,4})\s+(.+?)\s*$/
const link = /\[([^[\]]{1,300})\]\(([^()\s]{1,1000}(?:\([^()\s]*\)[^()\s]*)*)\)/

type Open = CurriculumSection & { columns: string[]; words: string[] }

/** Cells that say nothing hold a dash. */
const cellOf = (cells: string[], columns: string[], name: string) => {
  const text = plainText(cells[columns.indexOf(name)] ?? '')
  return text && text !== '-' ? text : undefined
}

function itemOf(line: number, cells: string[], columns: string[]): CurriculumItem | undefined {
  const [, title, address] = link.exec(cells[0] ?? '') ?? []
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
  const cells = text.split('|').map((cell) => cell.trim())
  if (cells.length > 1 && /^courses$/i.test(cells[0]!)) section.columns = cells.map((cell) => cell.toLowerCase())
  else if (/^:?-{2,}/.test(text)) return
  else if (cells.length > 1 && section.columns.length > 0) {
    const item = itemOf(line, cells, section.columns)
    if (item) section.items.push(item)
  } else if (/^`[^`]+`$/.test(text.trim())) section.topics.push(plainText(text))
  else if (/^\[.+\)$/.test(text.trim()) && link.exec(text)?.index === 0) {
    const item = itemOf(line, [text], [])
    if (item) section.items.push(item)
  } else if (!/^\*\*Topics covered:?\*\*:?/i.test(text.trim()) && !/^\s*[-*]\s+\[[^\]]*\]\(#[^)]*\)\s*$/.test(text))
    section.words.push(plainText(text))
}

/** What stands under `# Curriculum` or `## Curriculum`, up to the next heading as high. */
export function readCurriculum(text: string): Curriculum {
  const sections: Open[] = []
  const about: string[] = []
  let level = 0
  let done = false
  let inAbout = false
  for (const [index, line] of text.split('\n').entries()) {
    const [, marks, words = ''] = heading.exec(line) ?? []
    if (marks) {
      inAbout = /^(summary|about)$/i.test(words)
      if (level > 0 && marks.length <= level) done = true
      if (/^curriculum$/i.test(words)) level = marks.length
      else if (level > 0 && !done)
        sections.push({
          line: index + 1,
          title: plainText(words),
          note: '',
          topics: [],
          items: [],
          columns: [],
          words: [],
        })
    } else if (inAbout) about.push(plainText(line))
    else if (level > 0 && !done && sections.length > 0) readLine(sections.at(-1)!, line, index + 1)
  }
  return {
    about: paragraphs(about.join('\n')).split('\n\n').slice(0, 2).join('\n\n'),
    sections: sections.map(({ line, title, topics, items, words }) => ({
      line,
      title,
      items,
      topics: unique(topics),
      note: paragraphs(words.join('\n')).slice(0, 4_000),
    })),
  }
}
