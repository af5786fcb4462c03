/** `qingdao verify`: a credential, a proof, a record with its proof, a dump, or a log, judged here and not by who serves it. */
import { wordsOr } from '#kernel/i18n/messages.ts'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Outbound } from '#kernel/outbound.ts'
import { parseJson } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'
import { bar } from '#kernel/cli/terminal.ts'
import { isSound, type Finding } from '#features/transparency/findings.ts'
import type { ProofAnswer } from '#features/transparency/operations.ts'
import { addressSource, folderSource, parseKeys } from '#features/transparency/source.ts'
import { verifyDump } from '#features/dump/verify-dump.ts'
import { verifyLog, type Trust, type Verified } from '#features/transparency/verify-log.ts'
import { verifyProof, type ToProve } from '#features/transparency/verify-proof.ts'
import { isSignedRecord, keysInManifest, verifyPack, verifySigned } from '#features/federation/verify-signed.ts'
import { isProof } from '#codecs/tlog/tlog-proof.ts'
import { parseVerifier } from '#codecs/tlog/signed-note.ts'
import type { Command, Run } from './command.ts'
import { credentialAt, credentialIn, tellOfCredential } from './verify-credential.ts'

const longestText = 8 * 1024 * 1024
const unsound = 1

export const verifyCommand: Command = {
  name: 'verify',
  takes: '<file|folder|address>',
  examples: ['qingdao verify https://qingdao.example.org', 'qingdao verify badge.png --online'],
  settings: [],
  flags: [
    { name: 'key', value: 'key', about: 'cli.flag.key' },
    { name: 'manifest', value: 'file', about: 'cli.flag.manifest' },
    { name: 'since', value: 'file', about: 'cli.flag.since' },
    { name: 'proof', value: 'file', about: 'cli.flag.proof' },
    { name: 'private', about: 'cli.flag.private' },
    { name: 'online', about: 'cli.flag.online' },
    { name: 'trust-list', value: 'file', about: 'cli.flag.trustList' },
  ],
  run: async (run) => {
    const { given, flags, terminal, t, f } = run
    const [thing] = given
    if (!thing) throw new Problem('badFlag', { flag: 'verify', what: verifyCommand.takes })
    const isAddress = /^https?:\/\//.test(thing)
    const credential = isAddress ? await credentialElsewhere(run, thing) : await credentialFile(thing)
    if (credential) return tellOfCredential(run, credential, isAddress || flags.online?.at(-1) === 'true')
    const trust: Trust = {
      ...(flags.key && { trusted: parseVerifier(flags.key[0]!) }),
      ...(flags.since && { since: await textOf(flags.since[0]!) }),
      tell: (done, of) => terminal.progress(t('cli.verify.progress', { bar: bar(done, of) })),
    }
    const { findings } = await verify(run, thing, trust).catch((error: unknown) => {
      const isPrivate = error instanceof Problem && error.code === 'addressRefused' && !flags.private
      throw isPrivate ? new Problem('addressPrivate', error.values, { cause: error }) : error
    })
    for (const finding of findings) terminal.say(`${marks[finding.state]} ${wordsOf(run, finding)}`)
    const sound = isSound(findings)
    terminal.say(
      t(sound ? 'cli.verify.sound' : 'cli.verify.unsound', { time: f.time(run.environment.now().toISOString()) }),
    )
    return sound ? 0 : unsound
  },
}

/** The address of a site or of its log is no credential. */
const credentialElsewhere = async (run: Run, address: string) =>
  /^https?:\/\/[^/]+(?:\/log)?\/?$/.test(address) ? undefined : credentialAt(run, address)

const credentialFile = async (path: string) => ((await stat(path)).isDirectory() ? undefined : credentialIn(path))

const marks = { ok: '✓', bad: '✗', unsure: '?' } as const
const wordsOf = ({ t }: Run, { step, state, values }: Finding) => wordsOr(t, `verify.${step}.${state}`, step, values)

/** Only the address that was typed may be a private one: where it redirects to, may not. */
const outboundOf = ({ environment: { fetch: goOut }, flags }: Run): Outbound =>
  flags.private?.at(-1) === 'true' ? (url, limits, sent) => goOut(url, limits, { ...sent, mayBePrivate: true }) : goOut

async function verify(run: Run, thing: string, trust: Trust): Promise<Pick<Verified, 'findings'>> {
  const { flags } = run
  if (/^https?:\/\//.test(thing)) return verifyLog(addressSource(logAddress(thing), outboundOf(run)), trust)
  if ((await stat(thing)).isDirectory()) return verifyFolder(thing, trust)
  const verifier = flags.key?.[0]
  const manifest = flags.manifest && keysInManifest(await textOf(flags.manifest[0]!), verifier)
  const trusted = { verifier, manifest }
  if (thing.endsWith('.gz')) return { findings: await verifyPack(thing, trusted) }
  const signed = await signedIn(thing)
  if (signed !== undefined) return { findings: verifySigned(signed, trusted) }
  // What a single proof can show of an earlier checkpoint is nothing; saying so is better than passing it over.
  if (flags.since) throw new Problem('badFlag', { flag: '--since', what: verifyCommand.takes })
  return verifyProof(await whatToProve(thing, flags.proof?.[0]), trust.trusted)
}

/** Given the address of a node, its log is meant. */
const logAddress = (address: string) => (/\/log\/?$/.test(address) ? address : `${address.replace(/\/+$/, '')}/log`)

/** A dump, a log, or the folder of logs in a data folder when there is one in it. */
async function verifyFolder(folder: string, trust: Trust): Promise<Verified> {
  const names = await readdir(folder)
  if (names.includes('datapackage.json')) return verifyDump(folder, trust)
  if (names.includes('checkpoint')) return verifyLog(folderSource(folder), trust)
  const inner = (await readdir(folder, { withFileTypes: true })).filter((one) => one.isDirectory())
  if (inner.length === 1) return verifyLog(folderSource(join(folder, inner[0]!.name)), trust)
  throw new Problem('fileNotFound', { file: join(folder, 'checkpoint') })
}

/** A record as its node signed it, where the file holds one. */
async function signedIn(path: string): Promise<unknown> {
  const text = await textOf(path)
  const value = text.trimStart().startsWith('{') ? parseJson(text) : undefined
  return isSignedRecord(value) ? value : undefined
}

async function textOf(path: string): Promise<string> {
  if ((await stat(path)).size > longestText) throw new Problem('fileTooLarge', { file: path, limit: longestText })
  return readFile(path, 'utf8')
}

/** A proof as text; the proof of a record as JSON; or a record as JSON, with its proof in a file of its own. */
async function whatToProve(path: string, proofPath: string | undefined): Promise<ToProve> {
  const text = await textOf(path)
  if (!text.trimStart().startsWith('{')) {
    if (!isProof(text)) throw new Problem('nothingToVerify', { file: path })
    return { proof: text }
  }
  const value = parseJson(text) as Partial<ProofAnswer> & { id?: unknown }
  if (proofPath !== undefined) return { proof: await textOf(proofPath), content: expectContent(value) }
  const { entered, content } = value
  if (typeof entered?.proof !== 'string') throw new Problem('nothingToVerify', { file: path })
  return {
    proof: entered.proof,
    keys: parseKeys(entered),
    ...(content !== undefined && { content: expectContent(content) }),
  }
}

function expectContent(value: unknown): NonNullable<ToProve['content']> {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('revision' in value))
    throw new Problem('malformedLog', { what: 'content' })
  return value as NonNullable<ToProve['content']>
}
