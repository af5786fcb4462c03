/** Settings: flags over environment over what is usual. The environment is read once, here. */
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { Type, type Static } from 'typebox'
import { Problem } from './problem.ts'
import { judge } from './schema.ts'

/** What a site is called that nobody gave a name. */
export const usualName = 'Qingdao'

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
    description: 'Web address of this node, such as https://qingdao.example.org',
  }),
  processes: Type.Integer({ minimum: 1, maximum: 64, default: 1, description: 'Serving processes' }),
  siteName: Type.String({
    minLength: 1,
    maxLength: 100,
    default: usualName,
    description:
      'Name of the site, shown at the top of each page, until one is given on the page /settings, which wins',
  }),
  trustedProxies: Type.String({
    default: '',
    description:
      'Addresses of trusted proxies, separated by commas: what they say about where a request comes from is believed',
  }),
  smtpUrl: Type.String({
    default: '',
    description: 'smtp://user:password@host:587 to send email; without it emails are files in the folder outbox',
  }),
  mailFrom: Type.String({
    default: 'qingdao@localhost',
    maxLength: 320,
    description: 'The sender of emails; an address alone gets the name of the site',
  }),
  oidcIssuer: Type.String({
    default: '',
    maxLength: 500,
    description: 'Address of an OpenID Connect provider that people can sign in with; none when empty',
  }),
  oidcClientId: Type.String({
    default: '',
    maxLength: 500,
    description: 'Client identifier of this node at that provider',
  }),
  oidcClientSecret: Type.String({
    default: '',
    maxLength: 1_000,
    description: 'Client secret of this node at that provider',
  }),
  oidcName: Type.String({
    default: '',
    maxLength: 100,
    description: 'What people call that provider, such as “University of Dakar”; its host when empty',
  }),
  secondStep: Type.Enum(['', 'nobody', 'roles', 'everyone'], {
    default: '',
    description:
      'Who enters a code from an email after their password: nobody, those with roles, or everyone. When empty: roles where SMTP_URL is set, else nobody',
  }),
  scanner: Type.String({
    default: '',
    maxLength: 500,
    description:
      'Address of ClamAV, which scans files that people upload: clamd://127.0.0.1:3310, or unix:/run/clamav/clamd.ctl; nothing is scanned when empty',
  }),
  breachedPasswords: Type.String({
    default: '',
    maxLength: 500,
    description:
      'Service that tells from the first five characters of a digest whether a password was stolen, such as https://api.pwnedpasswords.com/range/; only the lists of this node when empty',
  }),
  embeddingsUrl: Type.String({
    default: '',
    maxLength: 1_000,
    description:
      'Address of a service that makes vectors of texts, such as http://127.0.0.1:11434/v1/embeddings, so that search also finds what is close in meaning; only words count when empty',
  }),
  embeddingsModel: Type.String({
    default: '',
    maxLength: 200,
    description: 'Model of that service; needed with EMBEDDINGS_URL',
  }),
  embeddingsKey: Type.String({
    default: '',
    maxLength: 1_000,
    description: 'Secret key of that service, sent as “Authorization: Bearer …”',
  }),
  auditLines: Type.Boolean({
    default: false,
    description: 'Write the audit log of accounts (/audit) to the output too, as lines of JSON',
  }),
  attachmentMegabytes: Type.Integer({
    minimum: 1,
    maximum: 100,
    default: 10,
    description: 'Largest picture or document that people can attach, in megabytes',
  }),
  checkLinks: Type.Enum(['', 'true', 'false'], {
    default: '',
    description:
      'Check the web addresses in records once a month and show beside each whether it works. When empty: where PUBLIC_URL is set',
  }),
  chromiumPath: Type.String({
    default: '',
    description:
      'Path of Chromium, such as /usr/bin/chromium, to make summaries of records and profiles of countries as PDF; none when empty',
  }),
  chromiumSandbox: Type.Boolean({
    default: true,
    description: 'Run Chromium in its sandbox; not possible where the node runs as root',
  }),
  privateNodes: Type.Boolean({
    default: false,
    description: 'Nodes that this one follows may be in private networks, such as 10.0.0.0/8, as within a ministry',
  }),
  harvestFolder: Type.String({
    default: '',
    maxLength: 1_000,
    description:
      'Folder of files that curators may harvest, such as checkouts of Git repositories: folder:///checkout/metadata.json; none when empty',
  }),
  seed: Type.Boolean({ default: true, description: 'Load the initial records into an empty node' }),
})
export type Settings = Static<typeof Settings> & { databaseAddress: string }
export type SettingName = keyof Static<typeof Settings>

/** `dataDir` → `DATA_DIR` and `--data-dir`. */
export const environmentNameOf = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
export const flagOf = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
export const settingNames = Object.keys(Settings.properties) as SettingName[]

export const descriptionOf = (name: SettingName): string =>
  (Settings.properties[name] as { description?: string } | undefined)?.description ?? ''

/** Names the setting, and tells what it may be; `why`: what else is known of the cause. */
export const badSetting = (name: SettingName, value: string, why: 'missing' | 'needed' | 'other' = 'other'): Problem =>
  new Problem('badSetting', {
    setting: environmentNameOf(name),
    flag: `--${flagOf(name)}`,
    value: withoutPassword(value),
    why,
    what: [allowedFor(name), descriptionOf(name)].filter(Boolean).join(' – '),
  })

/** The values that it can have, where they can be listed: `1…64`, `true, false`. */
function allowedFor(name: SettingName): string {
  const { type, minimum, maximum, enum: values } = Settings.properties[name] as Schema
  if (type === 'boolean') return 'true, false'
  if (values) return values.filter(Boolean).join(', ')
  return type === 'integer' ? `${minimum}…${maximum}` : ''
}
type Schema = { type?: string; minimum?: number; maximum?: number; enum?: string[] }

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
