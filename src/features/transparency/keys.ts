/**
 * The keys of the log: one file for each node, readable by its owner alone, never in the database and in no dump.
 * It holds the secret key that signs now, the public part of every key there was, and the last head that was signed.
 */
import { chmod, mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { writeDurably } from '#kernel/durable-write.ts'
import { Problem, noSuch } from '#kernel/problem.ts'
import type { Head } from '#codecs/merkle/merkle.ts'
import { fromBase64, toBase64 } from '#codecs/tlog/base64.ts'
import {
  formatSigner,
  formatVerifier,
  parseNote,
  parseSigner,
  parseVerifier,
  signNote,
  verifiedBy,
  verifierOf,
  type Signer,
  type Verifier,
} from '#codecs/tlog/signed-note.ts'

/** A key's public part, and when it served. */
export type LogKey = {
  verifier: string
  since: string
  until?: string
  /** How it came to follow the key before: a note that both have signed. */
  handover?: string
  /** From when what it signed does not count, since somebody else may have signed it. */
  revokedSince?: string
  /** That its operator says so: a note by a key after it. */
  revocation?: string
}
export type LogKeys = { origin: string; keys: LogKey[] }
type KeyFile = LogKeys & { secret: string }

const ownerOnly = 0o600
const seedBytes = 32
/** Not an address: a node may move, and its log stays what it is. */
export const originOf = (nodeId: string): string => `qingdao/log/${nodeId}`

export function keysOf(dataDir: string, nodeId: string) {
  const folder = join(dataDir, 'keys')
  const path = join(folder, `log-${nodeId}.json`)
  const signedPath = join(folder, `log-${nodeId}.signed`)

  const read = async (): Promise<KeyFile | undefined> => {
    const text = await textAt(path)
    return text === undefined ? undefined : (JSON.parse(text) as KeyFile)
  }
  const write = async (file: KeyFile) => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await chmod(folder, 0o700)
    await writeDurably(path, `${JSON.stringify(file, null, 2)}\n`, ownerOnly)
  }

  return {
    publicKeys: async (): Promise<LogKeys | undefined> => {
      const file = await read()
      return file && { origin: file.origin, keys: file.keys }
    },
    /** The first key, where there is none. @throws Problem logKeyMissing when something was signed by one that is gone. */
    make: async (seed: Uint8Array, since: string, wasSigned: boolean): Promise<void> => {
      if (await read()) return
      if (wasSigned) throw new Problem('logKeyMissing', { path })
      const signer: Signer = { name: originOf(nodeId), seed: expectSeed(seed) }
      const keys = [{ verifier: formatVerifier(verifierOf(signer)), since }]
      await write({ origin: originOf(nodeId), keys, secret: formatSigner(signer) })
    },
    /** That the key which signed last is here, or one that came after it. @throws Problem logKeyMissing */
    expectHeld: async (verifier: string | undefined): Promise<void> => {
      const isHeld = (await read())?.keys.some((key) => key.verifier === verifier)
      if (verifier !== undefined && !isHeld) throw new Problem('logKeyMissing', { path })
    },
    /** @throws Problem logKeyMissing */
    signer: async (): Promise<Signer> => {
      const file = await read()
      if (!file) throw new Problem('logKeyMissing', { path })
      return parseSigner(file.secret)
    },
    /** The old key vouches for the new one and is then forgotten; its public part stays. */
    rotate: async (seed: Uint8Array, at: string): Promise<void> => {
      const file = await read()
      if (!file) throw new Problem('logKeyMissing', { path })
      const [old, next] = [parseSigner(file.secret), { name: file.origin, seed: expectSeed(seed) }]
      const verifier = formatVerifier(verifierOf(next))
      const handover = signNote(handoverText(file.keys.at(-1)!.verifier, verifier, at), [old, next])
      const before = file.keys.map((key, i) => (i === file.keys.length - 1 ? { ...key, until: at } : key))
      await write({
        origin: file.origin,
        keys: [...before, { verifier, since: at, handover }],
        secret: formatSigner(next),
      })
    },
    /**
     * A key that may be in the hands of others is void from a time on; the one that signs now is replaced first.
     * @throws Problem logKeyMissing; notFound where the log had no such key
     */
    revoke: async (seed: Uint8Array, at: string, since: string, wanted?: string): Promise<void> => {
      const named = (await read())?.keys.find(({ verifier }) => verifier === wanted)
      if (wanted !== undefined && !named) throw noSuch('key', wanted)
      const verifier = wanted ?? (await read())?.keys.at(-1)!.verifier
      if (verifier === (await read())?.keys.at(-1)!.verifier) await keysOf(dataDir, nodeId).rotate(seed, at)
      const file = await read()
      if (!file || verifier === undefined) throw new Problem('logKeyMissing', { path })
      const revocation = signNote(revocationText(verifier, since), [parseSigner(file.secret)])
      const keys = file.keys.map((key) =>
        key.verifier === verifier ? { ...key, revokedSince: since, revocation } : key,
      )
      await write({ ...file, keys })
    },
    /** The last head that was signed, kept apart from the log: so a lost log cannot come back as another. */
    lastSigned: async (): Promise<Head | undefined> => {
      const [, size, root] = /^(\d+) (\S+)\n$/.exec((await textAt(signedPath)) ?? '') ?? []
      const bytes = fromBase64(root ?? '')
      return size === undefined || !bytes?.length ? undefined : { size: Number(size), root: bytes }
    },
    keepSigned: ({ size, root }: Head): Promise<void> =>
      writeDurably(signedPath, `${size} ${toBase64(root)}\n`, ownerOnly),
    folder: dirname(path),
  }
}

const textAt = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })

function expectSeed(seed: Uint8Array): Uint8Array {
  if (seed.length !== seedBytes) throw new RangeError(`a key takes ${seedBytes} random bytes`)
  return seed
}

/** Its first line is no origin of a log and its second no number: it can never be read as a checkpoint. */
const handoverText = (old: string, next: string, at: string) => `qingdao key handover v1\n${old}\n${next}\n${at}\n`

const revocationText = (verifier: string, since: string) => `qingdao key revocation v1\n${verifier}\n${since}\n`

/**
 * From when each key is void, by verifier: as keys after it, of these that are trusted, have signed. What nobody signed
 * does not count, so that no key can be declared void by one before it or by a stranger.
 */
export function revokedSince(keys: readonly LogKey[], trusted: readonly Verifier[]): Map<string, string> {
  const revoked = new Map<string, string>()
  const order = keys.map(({ verifier }) => verifier)
  for (const [i, { verifier, revokedSince: since, revocation }] of keys.entries()) {
    if (since === undefined || revocation === undefined) continue
    const later = trusted.filter((one) => order.indexOf(formatVerifier(one)) > i)
    const note = parseNote(revocation, 'revocation')
    if (note.text === revocationText(verifier, since) && verifiedBy(note, later).length > 0)
      revoked.set(verifier, since)
  }
  return revoked
}

/**
 * The keys that can be trusted by one who trusts one of them: it, and those after it, as far as each was signed for by
 * the one before. Without one, the first is taken at its word.
 * @throws Problem malformedLog
 */
export function trustedKeys({ origin, keys }: LogKeys, trusted?: Verifier): Verifier[] {
  const verifiers = keys.map(({ verifier }) => parseVerifier(verifier))
  const text = trusted && formatVerifier(trusted)
  const start = text === undefined ? 0 : verifiers.findIndex((one) => formatVerifier(one) === text)
  if (start < 0) return trusted ? [trusted] : []
  const chain: Verifier[] = []
  for (let i = start; i < verifiers.length; i++) {
    const key = verifiers[i]!
    if (key.name !== origin) break
    if (i > start && !isHandedOver(keys[i]!, chain.at(-1)!, key)) break
    chain.push(key)
  }
  return chain
}

function isHandedOver({ handover, since }: LogKey, old: Verifier, next: Verifier): boolean {
  if (handover === undefined) return false
  const note = parseNote(handover, 'handover')
  const isText = note.text === handoverText(formatVerifier(old), formatVerifier(next), since)
  return isText && verifiedBy(note, [old, next]).length === 2
}
