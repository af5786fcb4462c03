/** Signed records verified where they lie, without asking anybody. */
import { parseJson } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'
import { violationsOf } from '#kernel/schema.ts'
import { parseVerifier } from '#codecs/tlog/signed-note.ts'
import type { Finding } from '#features/transparency/findings.ts'
import { originOf, trustedKeys } from '#features/transparency/keys.ts'
import { Manifest } from './manifest.ts'
import { isKeyOf, multikeyOfVerifier, newKeysOf, voidSince } from './packs/trust.ts'
import { checkPack, isFilePart, packAt, readPack } from './packs/pack.ts'
import { judgeSigned, SignedRecord } from './signed-record.ts'

export const isSignedRecord = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (value as { type?: unknown }).type === 'QingdaoRecord'

/** What is trusted: a key, as a manifest writes it, or all keys of a node that its manifest gives. */
export type TrustedKeys = { verifier?: string | undefined; manifest?: KeysOfNode | undefined }
export type KeysOfNode = Pick<Manifest, 'node' | 'keys'>

/**
 * The keys of a node from its manifest as a file: those that follow from one another, and from the key that is trusted where
 * there is one.
 * @throws Problem badManifest
 */
export function keysInManifest(text: string, verifier?: string): KeysOfNode {
  const value = parseJson(text, { bytes: 1024 * 1024, depth: 12 })
  if (violationsOf(Manifest, value, 'strictly').length > 0) throw new Problem('badManifest')
  const { node, keys } = value as Manifest
  const known = newKeysOf({ node, keys })
  const trusted = verifier === undefined ? undefined : parseVerifier(verifier)
  const chain = trusted && trustedKeys({ origin: originOf(node), keys }, trusted)
  const newest = keys.at(-1) && parseVerifier(keys.at(-1)!.verifier)
  // The key that is trusted must be one of them from which the newest follows.
  const follows = !chain || chain.some(({ id, name }) => id === newest?.id && name === newest.name)
  if (known.length !== keys.length || !follows) throw new Problem('badManifest')
  return { node, keys: known }
}

/** Without anything that is trusted, that the text is whole is all that is shown. */
export function verifySigned(value: unknown, trusted: TrustedKeys = {}, place = ''): Finding[] {
  const bad = (step: string, values: Finding['values']): Finding => ({ step, state: 'bad', values })
  if (violationsOf(SignedRecord, value, 'strictly').length > 0) return [bad('signedShape', { id: place })]
  const document = value as SignedRecord
  const { isSound, changed, key = '' } = judgeSigned(document)
  const { id, revision } = document.record
  const about = { id: place ? `${place}: ${id}` : id, revision, node: document.node, key }
  // Each part is what its digest says: what was changed is the digests, or the signature.
  const isOfSignature = changed.every((part) => part === 'digests')
  if (!isSound) return [bad(isOfSignature ? 'signedProof' : 'signedRecord', { ...about, parts: changed.join(', ') })]
  return [{ step: 'signedRecord', state: 'ok', values: about }, keyFinding(document, about, trusted)]
}

type About = { id: string; revision: number; node: string; key: string }

function keyFinding({ node, proof }: SignedRecord, about: About, { verifier, manifest }: TrustedKeys): Finding {
  const { key } = about
  if (manifest) {
    if (manifest.node !== node) return { step: 'signedNode', state: 'bad', values: { ...about, other: manifest.node } }
    const since = voidSince(manifest, key)
    if (since !== undefined) return { step: 'keyRevokedSince', state: 'bad', values: { ...about, since } }
    const created = String(proof.created)
    if (isKeyOf(manifest, key, created)) return { step: 'signedManifest', state: 'ok', values: about }
    const ended = manifest.keys.find((one) => multikeyOfVerifier(one) === key)?.until
    if (ended !== undefined) return { step: 'keyEnded', state: 'bad', values: { ...about, created, ended } }
    return { step: 'signedKey', state: 'bad', values: about }
  }
  if (verifier === undefined) return { step: 'signedKey', state: 'unsure', values: about }
  return { step: 'signedKey', state: multikeyOfVerifier({ verifier }) === key ? 'ok' : 'bad', values: about }
}

/** Every record of a pack; those that are sound are summed up. @throws Problem packDamaged */
export async function verifyPack(path: string, trusted: TrustedKeys = {}): Promise<Finding[]> {
  const { header } = await checkPack(packAt(path))
  const findings: Finding[] = []
  let sound = 0
  const said = [header.manifest, ...header.homes].map((home) => ({ node: home.node, keys: newKeysOf(home) }))
  for await (const { place, line } of readPack(packAt(path))) {
    if (isFilePart(line)) continue
    // What the pack says of keys counts for nodes of which nothing better is known.
    const { node } = line.signed
    const manifest =
      trusted.manifest?.node === node
        ? trusted.manifest
        : trusted.verifier === undefined
          ? said.find((home) => home.node === node)
          : undefined
    const found = verifySigned(line.signed, manifest ? { manifest } : trusted, place)
    const bad = found.filter(({ state }) => state !== 'ok')
    findings.push(...bad)
    if (bad.length === 0) sound++
  }
  return [
    { step: 'pack', state: findings.length > 0 ? 'bad' : 'ok', values: { sound, bad: findings.length } },
    ...findings,
  ]
}
