/** The flags that commands and operations take. */
import { descriptionOf, flagOf, Settings, settingNames, type SettingName } from '#kernel/config.ts'
import { hasMessage } from '#kernel/i18n/messages.ts'
import type { AnyOperation } from '#kernel/operation.ts'
import type { Flag } from '#kernel/cli/arguments.ts'
import type { Command } from './command.ts'
import { inputFlags } from './operate.ts'

const valueOf = (name: SettingName): string | undefined => {
  const { type } = Settings.properties[name] as { type?: string }
  if (name === 'seed') return undefined
  if (name === 'dataDir') return 'folder'
  return type === 'integer' ? 'number' : name.endsWith('Url') ? 'address' : 'text'
}

const settingFlag = (name: SettingName): Flag => {
  const value = valueOf(name)
  const short = `cli.setting.${name}`
  return {
    name: flagOf(name),
    ...(value !== undefined && { value }),
    about: hasMessage(short) ? short : descriptionOf(name),
    usual: String((Settings.properties[name] as { default?: unknown }).default ?? ''),
  }
}

export const settingFlags: readonly Flag[] = settingNames.map(settingFlag)
export const helpFlag: Flag = { name: 'help', about: 'cli.flag.help' }
const jsonFlag: Flag = { name: 'json', value: 'file', about: 'cli.flag.json' }

/** All that a command takes. */
export const flagsOf = (command: Command): Flag[] => [...command.flags, ...settingFlags, helpFlag]
export const flagsOfOperation = (op: AnyOperation): Flag[] => [...inputFlags(op), jsonFlag, ...settingFlags, helpFlag]

/** What its help lists: its own, the settings that matter to it, and help. */
export const shownFlags = (command: Command): Flag[] => [
  ...command.flags,
  ...command.settings.map(settingFlag),
  helpFlag,
]
export const shownFlagsOfOperation = (op: AnyOperation): Flag[] => [
  ...inputFlags(op),
  jsonFlag,
  settingFlag('dataDir'),
  settingFlag('databaseUrl'),
  helpFlag,
]
