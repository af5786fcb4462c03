/** A version of a record judged by its proof, without asking anybody. */
import { leafHash, verifyInclusion } from '#codecs/merkle/merkle.ts'
import { Problem } from '#kernel/problem.ts'
import { parseProof } from '#codecs/tlog/tlog-proof.ts'
import type { Verifier } from '#codecs/tlog/signed-note.ts'
import type { StoredRecord } from '#records/record.ts'
import { contentDigest, parseEntry, type LogEntry } from './entry.ts'
import { newFindings, type Findings } from './findings.ts'
import type { LogKeys } from './keys.ts'
import type { Verified } from './verify-log.ts'
import { verifyKeys, verifySignature } from './verify-head.ts'

export type ToProve = {
  proof: string
  /** The keys that came with it. */
  keys?: LogKeys | undefined
  /** The version itself, as the API gives it or as the proof of the node has it. */
  content?: Omit<StoredRecord, 'number' | 'changedBy'> | undefined
}

/** @throws Problem malformedLog */
export function verifyProof({ proof, keys: told, content }: ToProve, trusted?: Verifier): Verified {
  const findings = newFindings()
  const { extra, index, hashes, head } = parseProof(proof)
  if (!extra) throw new Problem('malformedLog', { what: 'extra' })
  const keys = verifyKeys(findings, told, trusted)
  verifySignature(findings, head, keys, { newestOnly: false })
  const { size } = head
  if (verifyInclusion({ index, size, root: head.root }, leafHash(extra), hashes))
    findings.ok('inclusion', { index, size })
  else findings.bad('inclusion', { index, size })
  const entry = parseEntry(extra, 'extra')
  findings.ok('entry', { at: entry.at, action: entry.action, record: entry.record, revision: entry.revision })
  if (content) verifyContent(findings, entry, content)
  else findings.unsure('content')
  return { findings: findings.all, size }
}

/** That a version is the one of an entry: its name, its number and its digest. */
export function verifyContent(findings: Findings, entry: LogEntry, content: NonNullable<ToProve['content']>): void {
  const { id, revision } = content
  if (id !== entry.record || revision !== entry.revision || content.kind !== entry.kind)
    findings.bad('contentOther', { record: entry.record, revision: entry.revision })
  else if (contentDigest(content) !== entry.sha256) findings.bad('content', { record: id, revision })
  else findings.ok('content', { record: id, revision })
}
