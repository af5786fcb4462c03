/** Checks who signed a checkpoint: the keys and the signature. */
import type { Checkpoint } from '#codecs/tlog/checkpoint.ts'
import { formatVerifier, verifiedBy, type Verifier } from '#codecs/tlog/signed-note.ts'
import type { Findings } from './findings.ts'
import { revokedSince, trustedKeys, type LogKeys } from './keys.ts'

/** The keys to judge by: those that follow from the one that is trusted, or all as they are told. */
export function verifyKeys(findings: Findings, told: LogKeys | undefined, trusted: Verifier | undefined): Verifier[] {
  const chain = told ? trustedKeys(told, trusted) : trusted ? [trusted] : []
  const count = told?.keys.length ?? chain.length
  const key = chain[0] ? formatVerifier(chain[0]) : ''
  const isTold = trusted === undefined || told === undefined || told.keys.some(({ verifier }) => verifier === key)
  if (chain.length === 0) findings.bad('keys', { count, key })
  else if (!isTold) findings.bad('keyUnknown', { key })
  else if (told && told.keys.at(-1)!.verifier !== formatVerifier(chain.at(-1)!))
    findings.bad('handover', { count: chain.length })
  else if (trusted) findings.ok('keys', { count, key })
  else findings.unsure('keys', { count, key: formatVerifier(chain.at(-1)!) })
  for (const [verifier, since] of told ? revokedSince(told.keys, chain) : [])
    findings.unsure('keyRevoked', { key: verifier, since })
  return chain
}

/** `newestOnly`: what is served now must be signed by the key that serves now; what was kept, by any that served. */
export function verifySignature(
  findings: Findings,
  { origin, size, note }: Checkpoint,
  keys: readonly Verifier[],
  { newestOnly }: { newestOnly: boolean },
): boolean {
  const fitting = (newestOnly ? keys.slice(-1) : keys).filter(({ name }) => name === origin)
  const [signer] = verifiedBy(note, fitting)
  if (signer) findings.ok('signature', { origin, size, key: signer.id })
  else findings.bad('signature', { origin, size })
  return signer !== undefined
}
