import type { Kysely } from 'kysely'
import type { InvitationTables } from './invitation-store.ts'
import type { DraftTables } from './tables.ts'

/** Whether somebody writes, or has written and left, any draft that one of these wrote too: the interest stays. */
export async function haveWrittenTogether(
  db: Kysely<unknown>,
  accountId: string,
  others: readonly string[],
): Promise<boolean> {
  if (others.length === 0) return false
  const own = db.withTables<DraftTables & InvitationTables>()
  const writers = () =>
    own
      .selectFrom('draft_author')
      .select(['draftId', 'accountId'])
      .union(own.selectFrom('draft_former_author').select(['draftId', 'accountId']))
  const found = await own
    .selectFrom(writers().as('own'))
    .innerJoin(writers().as('theirs'), 'theirs.draftId', 'own.draftId')
    .select('own.draftId')
    .where('own.accountId', '=', accountId)
    .where('theirs.accountId', 'in', others)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
