/** Stories of the African Storybook in Markdown: `# title`, pages parted by `##`, and a tail of `* Name: value` lines. */
import { checkSize, type InputLimits } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'
import { decodeEntities } from '../markdown-links/plain-text.ts'

export type Story = { title: string; pages: string[]; fields: [name: string, value: string][] }

const field = /^\* ([A-Z][A-Za-z ]{1,40}):\s*(.*)$/

/** @throws Problem tooLarge; invalid when there is no title, or no licence line. */
export function readStory(text: string, limits: Partial<InputLimits> = {}): Story {
  checkSize(text, { bytes: 1024 * 1024, ...limits })
  const lines = decodeEntities(text).replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
  const [head = '', ...parts] = lines.split(/^##[ \t]*/m)
  const title = /^#[ \t]+(.+)$/m.exec(head)?.[1]?.trim()
  if (!title) throw new Problem('invalid', { rule: 'title' })

  const tail = parts.findLastIndex((part) => /^\* License:[ \t]*\S/m.test(part))
  if (tail === -1) throw new Problem('invalid', { rule: 'licence' })
  const fields = parts[tail]!.split('\n').flatMap((line): Story['fields'] => {
    const [, name, value = ''] = field.exec(line.trim()) ?? []
    return name && value.trim() ? [[name, value.trim()]] : []
  })
  const beforeTail = parts[tail]!.split('\n')
    .filter((line) => !field.test(line.trim()))
    .join('\n')
  const pages = [...parts.slice(0, tail), beforeTail]
    .map((page) => page.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1').trim())
    .filter(Boolean)
  return { title, pages, fields }
}
