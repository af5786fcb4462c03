/** `qingdao verify` of a credential: its list of checks, offline unless told otherwise. */
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { Problem } from '#kernel/problem.ts'
import {
  authoritiesIn,
  judgeList,
  nameOf,
  reasonOf,
  recognisedByGiven,
  toldStateOf,
  verdictOf,
  verifyFile,
  vouchedBy,
  type GivenList,
  type Verification,
} from '#areas/recognition/index.ts'
import type { Run } from './command.ts'

const largest = 8 * 1024 * 1024
const marks = { ok: '✓', failed: '✗', unchecked: '?' } as const

/** Pictures, PDF and tokens hold nothing else that is verified; JSON does, and a credential names its contexts. */
function isLikely(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
  if (/^(?:\x89PNG|\xff\xd8\xff|%PDF-|eyJ)/.test(start)) return true
  const text = Buffer.from(bytes).toString('utf8').trimStart()
  if (/^<(?:\?xml|svg|!DOCTYPE svg)/i.test(text)) return true
  return (
    text.startsWith('{') &&
    (/"@context"\s*:/.test(text) || (/"payload"\s*:/.test(text) && /"signatures"\s*:/.test(text)))
  )
}

/** The bytes of a credential; undefined where the file is something else that is verified. */
export async function credentialIn(path: string): Promise<Uint8Array | undefined> {
  const { size } = await stat(path)
  if (size > largest) return undefined
  const bytes = await readFile(path)
  return isLikely(bytes) ? bytes : undefined
}

/** What lies at an address, where it is a credential and not a node. */
export async function credentialAt(
  { environment: { fetch: goOut } }: Run,
  address: string,
): Promise<Uint8Array | undefined> {
  try {
    const { status, body } = await goOut(address, { bytes: largest, timeMs: 15_000 })
    return status === 200 && isLikely(body) ? body : undefined
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** Says all checks; 0 where it is verified, 1 where it is not or what is needed could not be checked. */
export async function tellOfCredential(run: Run, bytes: Uint8Array, isOnline: boolean): Promise<number> {
  const { terminal, environment, t, f } = run
  const given = await givenLists(run, isOnline)
  const told = await verifyFile(bytes, {
    now: environment.now(),
    ...(isOnline && { fetch: environment.fetch }),
    authorities: authoritiesIn(run.settings.dataDir),
    recognised: (issuer) => recognised(run, given, issuer),
  })
  for (const line of linesOf(run, told)) terminal.say(line)
  for (const role of ['credential', 'endorsement'] as const) {
    const those = told.within.filter((one) => one.role === role)
    for (const [at, one] of those.entries()) {
      const values = { number: at + 1, of: those.length, verdict: verdictOf(run, one) }
      terminal.say('')
      terminal.say(role === 'credential' ? t('cli.verify.within', values) : t('cli.verify.endorsement', values))
      for (const line of linesOf(run, one)) terminal.say(`  ${line}`)
    }
  }
  if (told.within.length > 0) terminal.say('')
  terminal.say(`${verdictOf(run, told)} (${f.time(told.checkedAt)})`)
  if (!isOnline && told.unchecked > 0) terminal.say(t('cli.verify.offline'))
  return told.isVerified ? 0 : 1
}

/** The lists of `--trust-list`. Who types an address wants it asked, and the keys of its publisher too. */
async function givenLists(run: Run, isOnline: boolean): Promise<GivenList[]> {
  const { environment, flags } = run
  const lists: GivenList[] = []
  for (const name of flags['trust-list'] ?? []) {
    const isAddress = /^https?:\/\//.test(name)
    const world = { now: environment.now(), ...((isOnline || isAddress) && { fetch: environment.fetch }) }
    const text = isAddress ? await textAt(run, name) : await textIn(name)
    lists.push({ name, read: text === undefined ? 'unreachable' : await judgeList(text, world) })
  }
  return lists
}

/** A file that is not there is a mistake of who typed it; what is too large is no list. */
async function textIn(path: string): Promise<string> {
  const { size } = await stat(path)
  return size > largest ? '' : readFile(path, 'utf8')
}

async function textAt({ environment: { fetch: goOut } }: Run, address: string): Promise<string | undefined> {
  try {
    const { status, body } = await goOut(address, { bytes: largest, timeMs: 15_000, redirects: 2 })
    return status === 200 ? Buffer.from(body).toString('utf8') : undefined
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** By the lists that were given, else by those of the node that has its data here. */
async function recognised(run: Run, given: readonly GivenList[], issuer: string) {
  const today = run.environment.now().toISOString().slice(0, 10)
  const told = recognisedByGiven(given, issuer, today)
  if (told?.isListed || !hasNode(run)) return told
  const known = await run.withApp((app) => vouchedBy(app.database.read, issuer, today))
  return known?.isListed ? known : (told ?? known)
}

const hasNode = ({ settings: { databaseAddress } }: Run): boolean =>
  /^postgres(?:ql)?:/.test(databaseAddress) || existsSync(databaseAddress)

function linesOf(run: Run, { checks, credential }: Pick<Verification, 'checks' | 'credential'>): string[] {
  const words = [credential?.name, credential?.issuerName ?? credential?.issuerId].filter(Boolean)
  return [
    ...(words.length > 0 ? [words.map((one) => plain(one!)).join(' · ')] : []),
    ...checks.map((check) => `${marks[toldStateOf(check)]} ${nameOf(run, check)}: ${plain(reasonOf(run, check))}`),
  ]
}

/** What stands in a credential is others’ words: no sign of it may steer a terminal. */
const plain = (text: string) => text.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
