/** Settings: flags over environment over what is usual. The environment is read once, here. */
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { Type, type Static } from 'typebox'
import { Problem } from './problem.ts'
import { judge } from './schema.ts'

export const Settings = Type.Object({
  port: Type.Integer({
    minimum: 0,
    maximum: 65_535,
    default: 8080,
    description: 'Port to listen on; 0 takes any free one',
  }),
  host: Type.String({ minLength: 1, default: '127.0.0.1', description: 'Address to listen on; 0.0.0.0 for all' }),
  dataDir: Type.String({
    minLength: 1,
    default: 'data',
    description: 'Folder of the database, the search index and reports',
  }),
  databaseUrl: Type.String({
    default: '',
    description: 'postgres://… to keep records in PostgreSQL; SQLite in the data folder when empty',
  }),
  publicUrl: Type.String({
    default: '',
    description: 'The address people know this node by, such as https://qingdao.example.org',
  }),
  processes: Type.Integer({ minimum: 1, maximum: 64, default: 1, description: 'Serving processes' }),
  siteName: Type.String({
    minLength: 1,
    maxLength: 100,
    default: 'Qingdao',
    description: 'Name shown in the head of each page',
  }),
  trustedProxies: Type.String({
    default: '',
    description: 'Addresses of proxies, with commas, whose word on where a request comes from is taken',
  }),
  smtpUrl: Type.String({
    default: '',
    description: 'smtp://user:password@host:587 to send letters; without it they are files in the folder outbox',
  }),
  mailFrom: Type.String({
    default: 'Qingdao <qingdao@localhost>',
    maxLength: 320,
    description: 'The sender of letters',
  }),
  oidcIssuer: Type.String({
    default: '',
    maxLength: 500,
    description: 'Address of an OpenID Connect provider that people may sign in at; none when empty',
  }),
  oidcClientId: Type.String({ default: '', maxLength: 500, description: 'How that provider knows this node' }),
  oidcClientSecret: Type.String({ default: '', maxLength: 1_000, description: 'The secret that it shares with it' }),
  oidcName: Type.String({
    default: '',
    maxLength: 100,
    description: 'What people call that provider, such as “University of Dakar”; its host when empty',
  }),
  secondStep: Type.Enum(['', 'nobody', 'roles', 'everyone'], {
    default: '',
    description:
      'Who types a code from a letter after their password: nobody, those with roles, or everyone. When empty: roles where SMTP_URL is set, else nobody',
  }),
  scanner: Type.String({
    default: '',
    maxLength: 500,
    description:
      'Where ClamAV looks through files that people bring: clamd://127.0.0.1:3310, or unix:/run/clamav/clamd.ctl; nothing is looked through when empty',
  }),
  breachedPasswords: Type.String({
    default: '',
    maxLength: 500,
    description:
      'Address that tells by the first five letters of a digest which passwords were stolen somewhere, such as https://api.pwnedpasswords.com/range/; only lists of this house when empty',
  }),
  embeddingsUrl: Type.String({
    default: '',
    maxLength: 1_000,
    description:
      'Address of a service that makes vectors of texts, such as http://127.0.0.1:11434/v1/embeddings, so that search also finds what is near in meaning; only words count when empty',
  }),
  embeddingsModel: Type.String({
    default: '',
    maxLength: 200,
    description: 'The model that this service is asked for; needed with EMBEDDINGS_URL',
  }),
  embeddingsKey: Type.String({
    default: '',
    maxLength: 1_000,
    description: 'The secret that opens this service, sent as “Authorization: Bearer …”',
  }),
  auditLines: Type.Boolean({
    default: false,
    description: 'Write what happened to accounts (/audit) as lines of JSON to the output too, for a log elsewhere',
  }),
  attachmentMegabytes: Type.Integer({
    minimum: 1,
    maximum: 100,
    default: 10,
    description: 'How large a picture or document may be that people attach, in megabytes',
  }),
  checkLinks: Type.Enum(['', 'true', 'false'], {
    default: '',
    description:
      'Look at the addresses in records once a month, politely, and say beside each whether it works. When empty: where PUBLIC_URL is set',
  }),
  chromiumPath: Type.String({
    default: '',
    description:
      'Path of Chromium, such as /usr/bin/chromium, to make summaries as PDF; without it people print them themselves',
  }),
  chromiumSandbox: Type.Boolean({
    default: true,
    description: 'Keep Chromium in its own sandbox; it cannot have one where the node runs as root',
  }),
  seed: Type.Boolean({ default: true, description: 'Fill an empty house with the records that come with it' }),
})
export type Settings = Static<typeof Settings> & { databaseAddress: string }
export type SettingName = keyof Static<typeof Settings>

/** `dataDir` → `DATA_DIR` and `--data-dir`. */
export const environmentNameOf = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
export const flagOf = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
export const settingNames = Object.keys(Settings.properties) as SettingName[]

export const descriptionOf = (name: SettingName): string =>
  (Settings.properties[name] as { description?: string } | undefined)?.description ?? ''

/** Names the setting, and tells what it may be. */
export const badSetting = (name: SettingName, value: string): Problem =>
  new Problem('badSetting', {
    setting: environmentNameOf(name),
    flag: `--${flagOf(name)}`,
    value: withoutPassword(value),
    what: descriptionOf(name),
  })

/** What is told of a setting may end in a log. */
const withoutPassword = (value: string) => value.replace(/(\/\/[^/@]*?:)[^/@]*@/, '$1…@')

const isAddressOf = (value: string, ...protocols: readonly string[]) => {
  const url = URL.parse(value)
  return url !== null && protocols.includes(url.protocol) && (url.hostname !== '' || protocols.includes('postgres:'))
}
const proxyNames = ['loopback', 'linklocal', 'uniquelocal']
const isProxy = (one: string) => {
  const [address = '', bits, ...more] = one.trim().split('/')
  const isRange = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128))
  return proxyNames.includes(one.trim()) || (isIP(address) > 0 && isRange && more.length === 0)
}

/** What no schema says of texts; those that are empty are not set. */
const fits: Partial<Record<SettingName, (value: string) => boolean>> = {
  publicUrl: (value) => isAddressOf(value, 'http:', 'https:'),
  smtpUrl: (value) => isAddressOf(value, 'smtp:', 'smtps:'),
  databaseUrl: (value) => isAddressOf(value, 'postgres:', 'postgresql:'),
  mailFrom: (value) => /^[^\r\n]*[^\s@<]+@[^\s@>]+>?$/.test(value),
  trustedProxies: (value) => value.split(',').every(isProxy),
}

/** @throws Problem badSetting */
export function readSettings(environment: Record<string, string | undefined>, flags: Record<string, string>): Settings {
  const given = Object.fromEntries(
    settingNames.flatMap((name) => {
      const value = flags[flagOf(name)] ?? environment[environmentNameOf(name)]
      return value === undefined || value === '' ? [] : [[name, value]]
    }),
  )
  const { violations, value: settings } = judge(Settings, given, 'fromText')
  const [first] = violations
  if (first) {
    const name = first.place as SettingName
    throw badSetting(name, String(given[name]))
  }
  for (const name of settingNames) {
    const value = settings[name]
    if (typeof value === 'string' && value !== '' && fits[name]?.(value) === false) throw badSetting(name, value)
  }
  const dataDir = resolve(settings.dataDir)
  return {
    ...settings,
    dataDir,
    publicUrl: settings.publicUrl.replace(/\/+$/, ''),
    databaseAddress: settings.databaseUrl || resolve(dataDir, 'qingdao.sqlite'),
  }
}

/** What links in letters and on the command line begin with. */
export const addressOf = ({ publicUrl, port }: Pick<Settings, 'publicUrl' | 'port'>): string =>
  publicUrl || `http://localhost:${port}`
