/** What `--help` says, from the definitions; each help fits a screen. */
import type { TSchema } from 'typebox'
import { operations } from '#app'
import { descriptionOf, environmentNameOf, flagOf, settingNames } from '#kernel/config.ts'
import { wordsOr, type Translate } from '#kernel/i18n/messages.ts'
import { isReading, type AnyOperation } from '#kernel/operation.ts'
import type { Flag } from '#kernel/cli/arguments.ts'
import { screenWidth, table, widthOf, wrapped } from '#kernel/cli/columns.ts'
import type { Command } from './command.ts'
import { shownFlags, shownFlagsOfOperation } from './flags.ts'
import { inputFlags } from './operate.ts'

/** What somebody wants first of a node. */
const firstCommands = ['start', 'import', 'doctor']

/** `qingdao` alone: what one wants first, then the other commands. */
export function overview(t: Translate, commands: readonly Command[], version: string): string {
  const rows = (of: readonly Command[]) => of.map(({ name }): [string, string] => [name, t(`cli.${name}.about`)])
  const rest = commands.filter(({ name, isLeftOut }) => !isLeftOut && !firstCommands.includes(name))
  return lines(
    wrapped(`qingdao ${version} — ${t('cli.about')}`),
    `${t('cli.usage')} qingdao <command> [options]`,
    t('cli.first'),
    table([
      ...firstCommands.flatMap((name) => rows(commands.filter((one) => one.name === name))),
      ['help <command>', t('cli.help.about')],
    ]),
    '',
    t('cli.others'),
    table([...rows(rest), ['help operations', t('cli.help.operations')], ['help settings', t('cli.help.settings')]]),
  )
}

/** `qingdao help operations`. */
export function operationsHelp(t: Translate): string {
  const nouns = [...new Set(operations.map(({ name }) => name.split('.')[0]!))]
  const verbsOf = (noun: string) =>
    operations
      .filter(({ name }) => name.startsWith(`${noun}.`))
      .map(({ name }) => name.split('.')[1])
      .join(', ')
  return lines(t('cli.operations'), table(nouns.map((noun) => [noun, verbsOf(noun) || t('cli.search.about')])))
}

const screenLines = 24

/** `qingdao records --help`: the operations on one thing, with what each does where all of it fits a screen. */
export function groupHelp(t: Translate, noun: string, group: readonly AnyOperation[]): string {
  const verbOf = ({ name }: AnyOperation) => name.slice(noun.length + 1)
  const first = group.find(isReading) ?? group[0]
  const head = [
    `${t('cli.usage')} qingdao ${noun} <operation> [options]`,
    '',
    ...examples(t, [examplesOf(first!)[0], `qingdao ${noun} ${verbOf(group.at(-1)!)} --help`]),
    '',
  ]
  const whole = [...head, ...table(group.map((op) => [verbOf(op), op.summary]))]
  if (whole.length <= screenLines) return lines(whole)
  const longest = screenWidth - Math.max(...group.map((op) => verbOf(op).length)) - 4
  const short = (text: string) => (widthOf(text) > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text)
  const each = [...head, ...table(group.map((op) => [verbOf(op), short(op.summary)]))]
  return lines(each.length <= screenLines ? each : [...head, ...wrapped(group.map(verbOf).join(', '))])
}

/** `qingdao help settings`. */
export const settingsHelp = (t: Translate): string =>
  lines(
    t('cli.settings'),
    settingNames.flatMap((name) => [
      `  --${flagOf(name)}, ${environmentNameOf(name)}`,
      ...wrapped(descriptionOf(name), 74).map((line) => `      ${line}`),
    ]),
  )

export const commandHelp = (t: Translate, command: Command): string =>
  lines(
    `qingdao ${command.name} ${command.takes}`.trim(),
    '',
    wrapped(t(`cli.${command.name}.about`)),
    wrapped(t(`cli.${command.name}.more`)),
    '',
    examples(t, command.examples),
    '',
    t('cli.flags'),
    table(flagRows(t, shownFlags(command))),
    command.settings.length ? ['', t('cli.allSettings')] : [],
  )

export const operationHelp = (t: Translate, op: AnyOperation): string => {
  const { rows, others } = fitting(op)
  return lines(
    `qingdao ${op.name.replace('.', ' ')}`,
    '',
    wrapped(op.summary),
    '',
    examples(t, examplesOf(op)),
    '',
    t('cli.flags'),
    table(flagRows(t, rows)),
    others.length ? ['', ...wrapped(`${t('cli.otherFlags')} ${others.map(({ name }) => `--${name}`).join(' ')}`)] : [],
  )
}

const mostRows = 10
/** Beside the options that every operation has, so that all fit a screen. */
const mostNeeded = 8

/** With many options, those that are needed are explained, and the others named. */
function fitting(op: AnyOperation): { rows: Flag[]; others: Flag[] } {
  const flags = shownFlagsOfOperation(op)
  if (flags.length <= mostRows) return { rows: flags, others: [] }
  const own = inputFlags(op)
  const explained = new Set(neededBy(op).slice(0, mostNeeded))
  const isOther = ({ name }: Flag) => own.some((one) => one.name === name) && !explained.has(name)
  return { rows: flags.filter((flag) => !isOther(flag)), others: flags.filter(isOther) }
}

type Shape = TSchema & { default?: unknown; type?: string }

/** The input without which the operation is refused. */
const neededBy = (op: AnyOperation): string[] => {
  const { properties, required = [] } = op.input as unknown as {
    properties: Record<string, Shape>
    required?: readonly string[]
  }
  return required.filter((name) => properties[name]?.default === undefined)
}

/** Two command lines that the operation takes; what stands in capitals is filled in. */
export function examplesOf(op: AnyOperation): [string, string] {
  const line = `qingdao ${op.name.replace('.', ' ')}`
  if (!isReading(op)) return [`${line} --json input.json`, `${line} --json - < input.json`]
  const [first] = inputFlags(op)
  const needed = neededBy(op)
  const given = needed.length > 0 || !first ? needed : [first.name]
  const whole = [line, ...given.map((name) => `--${name} ${name.toUpperCase()}`)].join(' ')
  return [whole, `${whole} --data-dir data`]
}

const examples = (t: Translate, of: readonly string[]) => [t('cli.examples'), ...of.map((line) => `  ${line}`)]

/** A field of a record is called what pages call it. */
const aboutOf = (t: Translate, { name, about }: Flag) =>
  about === '' ? wordsOr(t, `field.${name}`, '') : wordsOr(t, about, about)

const flagRows = (t: Translate, flags: readonly Flag[]) =>
  flags.map((flag): [string, string] => [
    `--${flag.name}${flag.value ? ` <${flag.value}>` : ''}`,
    `${aboutOf(t, flag)}${flag.usual ? ` [${flag.usual}]` : ''}`,
  ])

const lines = (...parts: readonly (string | readonly string[])[]): string => parts.flat().join('\n')
