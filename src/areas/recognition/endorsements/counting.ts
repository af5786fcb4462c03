/** The endorsements that count today: neither revoked nor suspended nor ended. */
import type { Context } from '#kernel/context.ts'
import { issuing } from '../issuing/store.ts'
import { endorsements } from './store.ts'
import type { EndorsementRow } from './tables.ts'

export async function countingEndorsements(
  { db, now }: Pick<Context, 'db' | 'now'>,
  targetId: string,
): Promise<EndorsementRow[]> {
  const rows = await endorsements(db).of(targetId)
  if (rows.length === 0) return []
  const today = now().toISOString().slice(0, 10)
  const issued = await issuing(db).findMany(rows.map(({ credentialId }) => credentialId))
  const valid = new Set(issued.filter(({ state }) => state === 'valid').map(({ id }) => id))
  return rows.filter(
    ({ credentialId, validUntil }) => valid.has(credentialId) && (validUntil === '' || validUntil >= today),
  )
}

/** In credentials stand the newest alone, so that these stay small. */
const mostEmbedded = 5

export async function embeddedEndorsements(
  context: Pick<Context, 'db' | 'now'>,
  targetId: string | undefined,
): Promise<object[]> {
  if (targetId === undefined) return []
  const rows = await countingEndorsements(context, targetId)
  return rows.slice(-mostEmbedded).map(({ credential }) => JSON.parse(credential) as object)
}
