import type { App } from '#app'
import type { SettingName, Settings } from '#kernel/config.ts'
import type { Environment } from '#kernel/context.ts'
import type { Formats } from '#kernel/i18n/format.ts'
import type { Translate } from '#kernel/i18n/messages.ts'
import type { Flag } from '#kernel/cli/arguments.ts'
import type { Terminal } from '#kernel/cli/terminal.ts'

/** What a command works with. */
export type Run = {
  given: readonly string[]
  flags: Readonly<Record<string, string[]>>
  settings: Settings
  environment: Environment
  t: Translate
  f: Formats
  terminal: Terminal
  version: string
  /** Started by `npm start`, which tells its child of no signal. */
  isUnderNpm: boolean
  /** Opens the node and closes it when the work is done. `mayMake`: where there is none, it is made. */
  withApp: <Result>(work: (app: App) => Promise<Result>, options?: { mayMake?: boolean }) => Promise<Result>
}

/** A command of the shell that is no operation. Its words are in the catalogue: `cli.<name>.about`, `.usage`. */
export type Command = {
  name: string
  /** What follows the name, as usage shows it. */
  takes: string
  /** Two command lines that its help shows. */
  examples: readonly [string, string]
  /** The settings that its help lists; it takes the others too. */
  settings: readonly SettingName[]
  /** What its first word may be, for completion. */
  words?: () => readonly string[]
  flags: readonly Flag[]
  /** It writes files for others to read; what all else writes is for this user alone. */
  writesForOthers?: true
  /** Not of those that a person who runs a node needs: the overview leaves it out. */
  isLeftOut?: true
  run: (run: Run) => Promise<number>
}
