import { readFileSync } from 'node:fs'
import { openApp, operations } from '#app'
import { addressOf, readSettings } from '#kernel/config.ts'
import type { Environment } from '#kernel/context.ts'
import { formatsIn } from '#kernel/i18n/format.ts'
import { negotiateLanguage } from '#kernel/i18n/languages.ts'
import { messagesIn, type Translate } from '#kernel/i18n/messages.ts'
import { privately } from '#kernel/private-files.ts'
import { Problem } from '#kernel/problem.ts'
import { nearest, parseArguments } from '#kernel/cli/arguments.ts'
import { terminal } from '#kernel/cli/terminal.ts'
import { embeddingsAt } from '#search/embeddings/service.ts'
import { problemWords, violationWords } from '#ui/problem-words.ts'
import type { Command, Run } from './command.ts'
import { completionCommand } from './completion.ts'
import { embeddingsCommand } from './embeddings.ts'
import { importFileCommand } from './import-file.ts'
import { importCommand } from './import.ts'
import { issueCredentialsCommand } from './issue-credentials.ts'
import { importSdmxCommand } from './import-sdmx.ts'
import { importValuesCommand } from './import-values.ts'
import { eraseAccountCommand } from './erase-account.ts'
import { recoverAccessCommand } from './recover-access.ts'
import { flagsOf, flagsOfOperation, settingFlags } from './flags.ts'
import { commandHelp, groupHelp, operationHelp, operationsHelp, overview, settingsHelp } from './help.ts'
import { operate, operationNamed } from './operate.ts'
import { doctorCommand } from './doctor.ts'
import { nodeCommand } from './node.ts'
import { packCommand } from './pack.ts'
import { sourcesCommand, dumpCommand, rebuildCommand } from './maintain.ts'
import { logCommand } from './log.ts'
import { referenceCommand } from './reference.ts'
import { startCommand } from './start.ts'
import { verifyCommand } from './verify.ts'

export const commands: readonly Command[] = [
  startCommand,
  importCommand,
  importFileCommand,
  importValuesCommand,
  importSdmxCommand,
  sourcesCommand,
  dumpCommand,
  packCommand,
  nodeCommand,
  rebuildCommand,
  embeddingsCommand,
  doctorCommand,
  verifyCommand,
  issueCredentialsCommand,
  logCommand,
  recoverAccessCommand,
  eraseAccountCommand,
  completionCommand(() => commands),
  referenceCommand,
]

export type Shell = {
  env: Record<string, string | undefined>
  out: NodeJS.WriteStream
  err: NodeJS.WriteStream
  environment: Environment
}

const version = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version

/** Runs one command and gives its exit code. Problems are told on standard error, in the words of the catalogue. */
export async function runShell(words: readonly string[], { env, out, err, environment }: Shell): Promise<number> {
  const language = negotiateLanguage((env.LC_ALL || env.LANG || 'en').replace(/[._@].*$/, ''))
  const t = messagesIn(language)
  const [first = 'help', ...rest] = words
  try {
    if (['--version', '-v', 'version'].includes(first)) return say(out, version)
    if (first === 'help' || first === '--help' || first === '-h') return say(out, helpFor(t, untilFlag(rest)))
    // Of what is no command alone, `--help` says what can be done with it.
    if (rest.length === 1 && ['--help', '-h'].includes(rest[0]!) && groupOf(first).length > 0 && !commandNamed([first]))
      return say(out, helpFor(t, [first]))
    const { given, flags, command, op } = understand(words)
    if (!command?.writesForOthers) privately()
    if (flags.help) return say(out, command ? commandHelp(t, command) : operationHelp(t, op!))
    const settings = readSettings(
      env,
      Object.fromEntries(Object.entries(flags).map(([name, all]) => [name, all.at(-1)!])),
    )
    const own = Object.fromEntries(
      Object.entries(flags).filter(([name]) => !settingFlags.some((flag) => flag.name === name)),
    )
    const withApp: Run['withApp'] = async (work, { mayMake = false } = {}) => {
      const app = await openApp({
        mustExist: !mayMake,
        dataDir: settings.dataDir,
        databaseAddress: settings.databaseAddress,
        environment,
        site: { name: settings.siteName, address: addressOf(settings) },
        embeddings: embeddingsAt(settings),
        privateNodes: settings.privateNodes,
        harvestFolder: settings.harvestFolder,
      })
      return work(app).finally(() => app.close())
    }
    const run: Run = {
      given,
      flags: own,
      settings,
      environment,
      t,
      f: formatsIn(language),
      terminal: terminal(out, err, environment.now),
      version,
      isUnderNpm: env.npm_lifecycle_event !== undefined,
      withApp,
    }
    return await (command ? command.run(run) : operate(run, op!))
  } catch (error) {
    const problem = asProblem(error)
    const told = problemWords({ t }, problem)
    const violations = violationWords({ t, f: formatsIn(language) }, problem.violations)
    const cause = problem.code === 'internal' ? [String(error instanceof Error ? error.stack : error)] : []
    const lines = [`${told.title}. ${told.detail}`, ...violations.map((one) => `  - ${one}`), told.next, ...cause]
    err.write(`${lines.join('\n')}\n`)
    return problem.exit
  }
}

/** A path that leads nowhere, or not where it should, is the asker's to mend; the rest is ours. */
function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const { code = '', path = '' } = error as NodeJS.ErrnoException
  if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code))
    return new Problem('fileNotFound', { file: path }, { cause: error })
  if (['EACCES', 'EPERM', 'EROFS'].includes(code))
    return new Problem('noAccess', { path, reason: code }, { cause: error })
  if (['ENOSPC', 'EDQUOT'].includes(code)) return new Problem('diskFull', {}, { cause: error })
  return new Problem('internal', {}, { cause: error })
}

/** The words before the first flag. */
const untilFlag = (words: readonly string[]) =>
  words.findIndex((word) => word.startsWith('-')) < 0
    ? words
    : words.slice(
        0,
        words.findIndex((word) => word.startsWith('-')),
      )

const say = (out: NodeJS.WriteStream, text: string) => {
  out.write(`${text}\n`)
  return 0
}

/** What commands were called in version 0.1. */
const formerCommands: Readonly<Record<string, string>> = { 'let-in': 'recover-access', sources: 'sources' }

/** An operation of two words goes first: `qingdao sources ingest` is none of the command `sources`. */
function commandNamed(words: readonly string[]): Command | undefined {
  const [first = '', second, third = '-'] = words
  // Of the operation with a file: all rows of it.
  if (first === 'credentials' && second === 'issue' && !third.startsWith('-')) return issueCredentialsCommand
  if (second !== undefined && operationNamed([first, second])?.rest.length === 0) return undefined
  const wanted = Object.hasOwn(formerCommands, first) ? formerCommands[first] : first
  return commands.find(({ name }) => name === wanted)
}

/** The operations on one thing: `records.read` and others of `records`. */
const groupOf = (noun: string) => operations.filter(({ name }) => name.startsWith(`${noun}.`))

/** How many words it takes, as its usage shows them: `<file>` is one, and where `…` stands there is no end. */
const mostWordsOf = ({ takes }: Command): number =>
  takes.includes('…')
    ? Infinity
    : takes
        .replaceAll(/<[^>]*>/g, '<>')
        .split(' ')
        .filter(Boolean).length

/** Flags may stand anywhere, so the command is found among the words first. */
export function understand(words: readonly string[]) {
  const command = commandNamed(words)
  if (command) {
    const parsed = parseArguments(words.slice(1), flagsOf(command))
    const stray = parsed.given[mostWordsOf(command) + (words[0] === 'credentials' ? 1 : 0)]
    if (stray !== undefined)
      throw new Problem('unknownCommand', {
        command: `${command.name} ${stray}`,
        near: command.name,
        known: commands.map(({ name }) => name).join(', '),
      })
    return { ...parsed, command, op: undefined }
  }
  const found = operationNamed(words)
  if (!found) {
    const known = [...new Set([...commands, ...operations].map(({ name }) => name.split('.')[0]!))]
    const verbs = groupOf(words[0]!).map(({ name }) => name.replace('.', ' '))
    const near = verbs.length ? undefined : nearest(words[0]!, known)
    throw new Problem('unknownCommand', {
      command: untilFlag(words).slice(0, 2).join(' ') || words[0] || "''",
      near: near ?? 'none',
      known: (verbs.length ? verbs : known).join(', '),
    })
  }
  const parsed = parseArguments(found.rest, flagsOfOperation(found.op))
  return { ...parsed, command: undefined, op: found.op }
}

function helpFor(t: Translate, words: readonly string[]): string {
  if (words.length === 0) return overview(t, commands, version)
  const [topic] = words
  if (topic === 'operations') return operationsHelp(t)
  if (topic === 'settings') return settingsHelp(t)
  const command = commandNamed(words)
  if (command) return commandHelp(t, command)
  const found = operationNamed(words)
  if (found) return operationHelp(t, found.op)
  const group = words.length === 1 ? groupOf(topic!) : []
  if (group.length > 0) return groupHelp(t, topic!, group)
  understand(words)
  return overview(t, commands, version)
}
