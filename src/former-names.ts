/**
 * Names and addresses that operations had in version 0.1. Programs and keys made for them go on working for one version
 * more; then this file goes.
 */
import type { AnyOperation, Method } from '#kernel/operation.ts'

/** Beginning of the name now, beginning of the name then; the same for the address. */
const renamed = [
  ['sources.ingest', 'collections.take', '/sources/', '/collections/'],
  ['practices.match', 'practices.fit', '/practices/match', '/practices/fit'],
  ['drafts.inviteAuthor', 'drafts.addAuthor', '', ''],
  ['collections.', 'curation.', '', ''],
  ['stewardship.', 'care.', '/stewardship', '/care'],
  ['subscriptions.', 'watching.', '/subscriptions', '/watching'],
  ['spreadsheets.', 'sheets.', '/spreadsheets', '/sheets'],
] as const

export function withFormerName(op: AnyOperation): AnyOperation {
  const found = renamed.find(([now]) => op.name.startsWith(now))
  if (!found) return op
  const [now, then, addressNow, addressThen] = found
  return {
    ...op,
    formerly: {
      name: then + op.name.slice(now.length),
      http: op.http.replace(addressNow, addressThen) as `${Method} /${string}`,
    },
  }
}
