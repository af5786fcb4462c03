/** Writes `docs/reference/` from the definitions; a test keeps it current. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { kinds, operations } from '#app'
import { descriptionOf, environmentNameOf, flagOf, Settings, settingNames } from '#kernel/config.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import { problems } from '#kernel/problem.ts'
import { fieldsOf } from '#records/field-plan.ts'
import { codeLists } from '#records/vocabularies/index.ts'
import type { Command } from './command.ts'

const t = messagesIn('en')
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows]
    .map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')

/** The reference as files: name → Markdown. */
export function referencePages(): Record<string, string> {
  const made = '<!-- Made by `npm run qingdao -- reference` from the definitions. -->\n\n'
  return {
    'operations.md': `${made}# Operations\n\nEach is an address below \`/api\` and a command.\n\n${table(
      ['operation', 'address', 'what it does'],
      operations.map((op) => [`\`${op.name}\``, `\`${op.http.replace(' ', ' /api')}\``, op.summary]),
    )}\n`,
    'kinds.md': `${made}# Kinds\n\n${[...kinds.values()]
      .map(
        (kind) =>
          `## ${kind.name}\n\n${t(`kind.${kind.name}.about`)} Area: ${kind.area}. schema.org: ${kind.schemaType}.\n\n${table(
            ['field', 'type', 'vocabulary or link', 'filter', 'schema.org'],
            fieldsOf(kind).map(({ name, field }) => [
              name,
              field.type,
              field.vocabulary ?? (field.rel ? `${field.rel} → ${field.to?.join(', ') || 'any'}` : ''),
              field.facet ?? '',
              field.property ?? '',
            ]),
          )}\n`,
      )
      .join('\n')}`,
    'settings.md': `${made}# Settings\n\n${table(
      ['variable', 'flag', 'usual', 'what it does'],
      settingNames.map((name) => [
        `\`${environmentNameOf(name)}\``,
        `\`--${flagOf(name)}\``,
        String((Settings.properties[name] as { default?: unknown }).default ?? ''),
        descriptionOf(name),
      ]),
    )}\n`,
    'problems.md': `${made}# Problems\n\n${table(
      ['code', 'status', 'exit', 'title', 'what to do'],
      Object.entries(problems).map(([code, { status, exit }]) => [
        `\`${code}\``,
        String(status),
        String(exit),
        t(`problem.${code}.title`),
        t(`problem.${code}.next`),
      ]),
    )}\n`,
    'vocabularies.md': `${made}# Vocabularies\n\n${table(
      ['name', 'title', 'terms'],
      codeLists().map(([name, { title, terms }]) => [
        `\`${name}\``,
        title.en ?? name,
        String(Object.keys(terms).length),
      ]),
    )}\n`,
  }
}

export const referenceFolder = fileURLToPath(new URL('../../docs/reference/', import.meta.url))

export const referenceCommand: Command = {
  name: 'reference',
  isLeftOut: true,
  takes: '',
  examples: ['qingdao reference', 'qingdao reference && git diff docs/reference'],
  settings: [],
  flags: [],
  writesForOthers: true,
  run: async ({ terminal }) => {
    await mkdir(referenceFolder, { recursive: true })
    for (const [name, text] of Object.entries(referencePages())) await writeFile(join(referenceFolder, name), text)
    terminal.say(referenceFolder)
    return 0
  },
}
