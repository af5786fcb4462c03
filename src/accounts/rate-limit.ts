/**
 * How often something was tried lately. Guessing is held up by where it comes from and whom it is aimed at; a browser
 * that signed in before is counted apart, so that nobody can lock another out (OWASP, device cookies).
 */
import type { Kysely } from 'kysely'
import type { Actor } from '#kernel/context.ts'
import type { Database } from '#kernel/database/database.ts'
import type { Counted } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { digestOfSecret } from './secret.ts'
import type { PeopleTables } from './tables.ts'

const minute = 60_000

export const limits = {
  /** Sign-ins that failed, from one place for one account. */
  signInHere: { most: 6, withinMs: 15 * minute },
  /** The same for one account, from wherever it has not been signed in before. */
  signInAnywhere: { most: 30, withinMs: 60 * minute },
  /** The same for all accounts, from one place: a school behind one address stays below. */
  signInFrom: { most: 60, withinMs: 15 * minute },
  /** Codes for a second step that one account was sent since one was right, and wrong ones in a day: 30 of a million. */
  codesTo: { most: 10, withinMs: 60 * minute },
  codesWrong: { most: 30, withinMs: 24 * 60 * minute },
  /** The same at links of forgotten passwords. */
  codesOfLinks: { most: 10, withinMs: 24 * 60 * minute },
  /** Proofs of who is in already, by their account. */
  proofHere: { most: 6, withinMs: 15 * minute },
  /** Challenges for passkeys, from one place: each is a row until it is old. */
  challengesFrom: { most: 120, withinMs: 15 * minute },
  /** E-mails asked for, from one place and to one box. */
  lettersFrom: { most: 20, withinMs: 60 * minute },
  lettersTo: { most: 4, withinMs: 60 * minute },
  /** Acts of one sort, refused to one account, that are written down. */
  refusalsOf: { most: 10, withinMs: 60 * minute },
  /** Whom one account asks to write with it. */
  invitationsBy: { most: 20, withinMs: 24 * 60 * minute },
  /** Messages that one account sends to people in the network of expertise. */
  expertMessagesBy: { most: 5, withinMs: 24 * 60 * minute },
  /** Translations that one account suggests. */
  suggestionsBy: { most: 40, withinMs: 24 * 60 * minute },
  /** Credentials of contributions that one account asks for. */
  contributionCredentialsBy: { most: 100, withinMs: 24 * 60 * minute },
  /** Learner records that are signed for one learner, or for one account that issues them. */
  learnerRecordsOf: { most: 40, withinMs: 24 * 60 * minute },
  /** Offers to a wallet that one learner asks for of one credential: each may send an email. */
  walletOffersOf: { most: 10, withinMs: 60 * minute },
  /** Requests of wallets from one address: a whole school may stand behind it, and each credential takes two. */
  walletsFrom: { most: 600, withinMs: 15 * minute },
  /** What is sent in without a name. */
  anonymousFrom: { most: 10, withinMs: 60 * minute },
  /** Notifications from one address. */
  notificationsFrom: { most: 60, withinMs: 60 * minute },
  /** Lists that are kept to be cited, from one address: those that were kept before do not count. */
  citedListsFrom: { most: 60, withinMs: 60 * minute },
  /** Credentials and presentations that are verified for one address, and for one account: each may fetch from elsewhere. */
  verifyingFrom: { most: 120, withinMs: 15 * minute },
  verifyingBy: { most: 3_000, withinMs: 15 * minute },
} as const
export type Limited = keyof typeof limits

/** Where requests come from and whom they concern is kept as a digest, and not for longer than it counts. */
const bucketOf = (what: Limited, about: string) => `${what} ${digestOfSecret(about).slice(0, 22)}`

async function countOf(db: Kysely<unknown>, what: Limited, about: string, now: Date): Promise<number> {
  const since = new Date(now.getTime() - limits[what].withinMs).toISOString()
  const row = await db
    .withTables<PeopleTables>()
    .selectFrom('tries')
    .select('count')
    .where('bucket', '=', bucketOf(what, about))
    .where('startedAt', '>', since)
    .executeTakeFirst()
  return row?.count ?? 0
}

/** Whether there were fewer tries than are let pass. */
export const isLetPass = async (db: Kysely<unknown>, what: Limited, about: string, now: Date): Promise<boolean> =>
  (await countOf(db, what, about, now)) < limits[what].most

export async function countTry(tx: Kysely<unknown>, what: Limited, about: string, now: Date): Promise<void> {
  const own = tx.withTables<PeopleTables>()
  const count = (await countOf(tx, what, about, now)) + 1
  const startedAt = now.toISOString()
  await own
    .insertInto('tries')
    .values({ bucket: bucketOf(what, about), count, startedAt })
    .onConflict((conflict) => conflict.column('bucket').doUpdateSet(count === 1 ? { count, startedAt } : { count }))
    .execute()
}

/**
 * Counts one request before anything of it is read, so that what is refused counts too.
 * @throws Problem tooManyRequests with the minutes after which it is let pass at the latest
 */
export const expectFew = ({ write }: Pick<Database, 'write'>, what: Limited, about: string, now: Date): Promise<void> =>
  write(async (tx) => {
    if (!(await isLetPass(tx, what, about, now)))
      throw new Problem('tooManyRequests', { minutes: Math.ceil(limits[what].withinMs / minute) })
    await countTry(tx, what, about, now)
  })

/** The same for a request: by the account where there is one, else by the address that it comes from. */
export const expectFewOf = (
  database: Pick<Database, 'write'>,
  what: Counted,
  { who, remote }: { who: { actor: Actor }; remote: string },
  now: Date,
): Promise<void> =>
  who.actor.kind === 'person'
    ? expectFew(database, `${what}By`, who.actor.id, now)
    : expectFew(database, `${what}From`, remote, now)

export async function forgetTries(tx: Kysely<unknown>, what: Limited, about: string): Promise<void> {
  await tx.withTables<PeopleTables>().deleteFrom('tries').where('bucket', '=', bucketOf(what, about)).execute()
}

/** Drops what no longer counts, each sort after its own time. */
export async function dropOldTries(tx: Kysely<unknown>, now: Date): Promise<void> {
  for (const [what, { withinMs }] of Object.entries(limits))
    await tx
      .withTables<PeopleTables>()
      .deleteFrom('tries')
      .where('bucket', 'like', `${what} %`)
      .where('startedAt', '<=', new Date(now.getTime() - withinMs).toISOString())
      .execute()
}
