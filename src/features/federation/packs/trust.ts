/** Which keys count for a node: the first are taken at their word, then those that one of these handed over to. */
import { noteEvent } from '#accounts/audit.ts'
import type { Context } from '#kernel/context.ts'
import { multikeyOf, publicKeyOfJwk } from '#codecs/data-integrity/multikey.ts'
import { formatVerifier, parseVerifier } from '#codecs/tlog/signed-note.ts'
import { originOf, revokedSince, trustedKeys } from '#features/transparency/keys.ts'
import { isSame } from '#records/sources/sum-up.ts'
import { jwksOf, type Manifest } from '../manifest.ts'
import { judgeSigned, type SignedRecord } from '../signed-record.ts'
import { federated, type Copy, type KnownNode } from '../store.ts'
import type { Home } from './pack.ts'

/** A key counts for what it signed while it served. */
export function isKeyOf({ keys }: Pick<KnownNode, 'keys'>, multikey: string, created: string): boolean {
  return keys.some((key) => multikeyOfVerifier(key) === multikey && (key.until === undefined || created <= key.until))
}
/** From when a key of a node is void; undefined while it counts. */
export const voidSince = (node: Pick<KnownNode, 'keys'> | undefined, multikey: string): string | undefined =>
  node?.keys.find((key) => key.revokedSince !== undefined && multikeyOfVerifier(key) === multikey)?.revokedSince

/**
 * Whether the key that signed a copy was declared void, and since when. Times within a signature are those of whoever
 * signs, so it is the time at which the copy came here that tells whether it can be from before.
 */
export function keyOfCopy(
  { document, takenAt }: Pick<Copy, 'document' | 'takenAt'>,
  home: KnownNode | undefined,
): { since: string | undefined; isTrusted: boolean } {
  if (!home?.keys.some(({ revokedSince }) => revokedSince !== undefined)) return { since: undefined, isTrusted: true }
  const { key } = judgeSigned(JSON.parse(document) as SignedRecord)
  const since = key && voidSince(home, key)
  return { since, isTrusted: since === undefined || takenAt < since }
}

/** Whether keys were declared void that counted before. */
export const hasNewlyVoid = (before: Manifest['keys'], now: Manifest['keys']): boolean =>
  now.some(
    ({ verifier, revokedSince: since }) =>
      since !== undefined && before.some((one) => one.verifier === verifier && one.revokedSince !== since),
  )

export const multikeyOfVerifier = (key: Pick<Manifest['keys'][number], 'verifier'>): string | undefined => {
  const jwk = publicKeyOfJwk(jwksOf({ keys: [key] }).keys[0])
  return jwk && multikeyOf(jwk.key)
}

/**
 * The nodes as they are known with what the pack says of them. The first keys of a node are taken at their word; from then
 * on only those count that one of these handed over to.
 */
export async function knownWith(
  { db, now, actor }: Context,
  homes: readonly Home[],
  here: string,
  dryRun: boolean,
): Promise<Map<string, KnownNode>> {
  const nodes = new Map((await federated(db).nodes()).map((node) => [node.id, node]))
  for (const home of homes) {
    if (home.node === here) continue
    const before = nodes.get(home.node)
    // An operator wanted no more of it, whoever brings it.
    if (before?.state === 'removed') continue
    const keys = newKeysOf(home, before?.keys)
    if (before && keys.length === 0) continue
    if (keys.length === 0) continue
    const node: KnownNode = {
      ...(before ?? {
        id: home.node,
        state: 'known' as const,
        kinds: null,
        reviews: 'shown' as const,
        withdraws: false,
        place: 0,
        lastRun: null,
        lastRunAt: null,
        createdAt: now().toISOString(),
        address: home.address,
        name: home.name,
      }),
      keys,
      // What was signed with a key that is void comes again, signed anew.
      ...(before && hasNewlyVoid(before.keys, keys) && { place: 0 }),
    }
    nodes.set(home.node, node)
    if (dryRun || isSame(before?.keys ?? [], keys)) continue
    await federated(db).putNode(node)
    if (before) await noteKey({ db, now, actor }, before, node)
  }
  return nodes
}

/** The keys of a node that can be trusted now; none where what is said of them does not follow from those before. */
export function newKeysOf(
  { node, keys }: Pick<Home, 'node' | 'keys'>,
  before: Manifest['keys'] = [],
): Manifest['keys'] {
  const origin = originOf(node)
  try {
    const last = before.at(-1)
    const chain = trustedKeys({ origin, keys }, last && parseVerifier(last.verifier)).map(formatVerifier)
    const revoked = revokedSince(keys, chain.map(parseVerifier))
    const said = keys
      .filter(({ verifier }) => chain.includes(verifier))
      .map((key) => withRevocation(key, { said: keys, revoked, before }))
    if (!last) return said
    const isNamed = said.some(({ verifier }) => verifier === last.verifier)
    // Those before stay as they are known; the last may have ended since.
    return isNamed
      ? [
          ...before.slice(0, -1).map((key) => withRevocation(key, { said: keys, revoked, before })),
          ...said.filter(({ verifier }) => !before.slice(0, -1).some((one) => one.verifier === verifier)),
        ]
      : []
  } catch {
    return []
  }
}

/** A revocation that a key after it signed is kept for good; one that nobody signed is left out. */
function withRevocation(
  { revokedSince: _, revocation: __, ...key }: Manifest['keys'][number],
  { said, revoked, before }: { said: Manifest['keys']; revoked: ReadonlyMap<string, string>; before: Manifest['keys'] },
): Manifest['keys'][number] {
  const known = before.find(({ verifier, revocation }) => verifier === key.verifier && revocation !== undefined)
  const since = revoked.get(key.verifier)
  const { revocation } = said.find(({ verifier }) => verifier === key.verifier) ?? {}
  if (since === undefined || revocation === undefined)
    return known ? { ...key, revokedSince: known.revokedSince!, revocation: known.revocation! } : key
  return { ...key, revokedSince: since, revocation }
}

/** The newest key of a node, as people compare it: as Multikey. */
export const fingerprintOf = (keys: KnownNode['keys']): string => {
  const newest = keys.at(-1)
  return (newest && multikeyOfVerifier(newest)) ?? ''
}

/** A node signs with another key now: one that the former handed over to, or one that a person took as its own. */
export async function noteKey(
  context: Pick<Context, 'db' | 'now' | 'actor'>,
  before: KnownNode,
  { keys, address }: KnownNode,
): Promise<void> {
  const [former, newest] = [fingerprintOf(before.keys), fingerprintOf(keys)]
  if (hasNewlyVoid(before.keys, keys)) await noteEvent(context, 'node.keyRevoked', '', address)
  if (former === newest) return
  const isHandedOver = keys.some(({ verifier }) => verifier === before.keys.at(-1)?.verifier)
  await noteEvent(context, isHandedOver ? 'node.keyHandedOver' : 'node.keyAccepted', '', `${address} ${newest}`)
}
