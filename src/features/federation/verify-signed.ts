/** Signed records verified where they lie, without asking anybody. */
import { violationsOf } from '#kernel/schema.ts'
import type { Finding } from '#features/transparency/findings.ts'
import { multikeyOfVerifier, newKeysOf, voidSince } from './packs/trust.ts'
import { checkPack, isFilePart, packAt, readPack } from './packs/pack.ts'
import { judgeSigned, SignedRecord } from './signed-record.ts'

export const isSignedRecord = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (value as { type?: unknown }).type === 'QingdaoRecord'

/** `verifier`: the key of the home, as its manifest writes it; without one, that the text is whole is all that is shown. */
export function verifySigned(value: unknown, verifier?: string, place = ''): Finding[] {
  if (violationsOf(SignedRecord, value, 'strictly').length > 0)
    return [{ step: 'signedRecord', state: 'bad', values: { id: place, parts: 'shape' } }]
  const document = value as SignedRecord
  const { isSound, changed, key = '' } = judgeSigned(document)
  const { id, revision } = document.record
  const about = { id: place ? `${place}: ${id}` : id, revision, node: document.node, key }
  if (!isSound) return [{ step: 'signedRecord', state: 'bad', values: { ...about, parts: changed.join(', ') } }]
  const findings: Finding[] = [{ step: 'signedRecord', state: 'ok', values: about }]
  if (verifier === undefined) return [...findings, { step: 'signedKey', state: 'unsure', values: about }]
  const isKnown = multikeyOfVerifier({ verifier }) === key
  return [...findings, { step: 'signedKey', state: isKnown ? 'ok' : 'bad', values: about }]
}

/** Every record of a pack; those that are sound are summed up. @throws Problem packDamaged */
export async function verifyPack(path: string, verifier?: string): Promise<Finding[]> {
  const { header } = await checkPack(packAt(path))
  const findings: Finding[] = []
  let sound = 0
  const known = new Set([header.manifest, ...header.homes].flatMap(({ keys }) => keys.map(multikeyOfVerifier)))
  const homes = [header.manifest, ...header.homes].map((home) => ({ ...home, keys: newKeysOf(home) }))
  for await (const { place, line } of readPack(packAt(path))) {
    if (isFilePart(line)) continue
    const found = verifySigned(line.signed, verifier, place)
    const bad = found.filter(({ state }) => state === 'bad')
    const isOfHome = known.has(String(found[0]!.values?.key))
    const about = found[0]!.values
    const since = voidSince(
      homes.find(({ node }) => node === about.node),
      String(about.key),
    )
    if (bad.length > 0) findings.push(...bad)
    else if (since !== undefined) findings.push({ step: 'keyRevokedSince', state: 'bad', values: { ...about, since } })
    else if (!isOfHome) findings.push({ step: 'signedKey', state: 'bad', values: found[0]!.values ?? {} })
    else sound++
  }
  return [
    { step: 'pack', state: findings.length > 0 ? 'bad' : 'ok', values: { sound, bad: findings.length } },
    ...findings,
  ]
}
