import type { House } from '#app'
import type { Settings } from '#core/config.ts'
import type { World } from '#core/context.ts'
import type { Formats } from '#core/languages/format.ts'
import type { Translate } from '#core/languages/messages.ts'
import type { Flag } from '#core/shell/arguments.ts'
import type { Terminal } from '#core/shell/terminal.ts'

/** What a command works with. */
export type Run = {
  given: readonly string[]
  flags: Readonly<Record<string, string[]>>
  settings: Settings
  world: World
  t: Translate
  f: Formats
  terminal: Terminal
  version: string
  /** Opens the house and closes it when the work is done. */
  withHouse: <Answer>(work: (house: House) => Promise<Answer>) => Promise<Answer>
}

/** A command of the shell that is no operation. Its words are in the catalogue: `cli.<name>.about`, `.usage`. */
export type Command = {
  name: string
  /** What follows the name, as usage shows it. */
  takes: string
  flags: readonly Flag[]
  run: (run: Run) => Promise<number>
}
