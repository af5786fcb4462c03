/** Whether quality labels count today: not revoked, not suspended, and not ended. */
import type { Context } from '#kernel/context.ts'
import { issuing } from '../issuing/store.ts'
import type { QualityLabelRow } from './tables.ts'

export type LabelState = 'valid' | 'ended' | 'revoked' | 'suspended'

export async function statesOf(
  { db, now }: Pick<Context, 'db' | 'now'>,
  rows: readonly QualityLabelRow[],
): Promise<{ row: QualityLabelRow; state: LabelState }[]> {
  if (rows.length === 0) return []
  const today = now().toISOString().slice(0, 10)
  const issued = new Map(
    (await issuing(db).findMany(rows.map(({ credentialId }) => credentialId))).map(({ id, state }) => [id, state]),
  )
  return rows.map((row) => {
    const state = issued.get(row.credentialId) ?? 'revoked'
    return { row, state: state === 'valid' && row.validUntil !== '' && row.validUntil < today ? 'ended' : state }
  })
}
