/** E-mails that tell what is new in what people watch: one a day at most, none where nothing is. */
import type { Context, Environment } from '#kernel/context.ts'
import type { Database } from '#kernel/database/database.ts'
import { post } from '#kernel/mail/mail.ts'
import { digestOfSecret, newSecret } from '#accounts/secret.ts'
import { people } from '#accounts/store.ts'
import { sinceTold, titlesOf } from './list.ts'
import { letterOf } from './letter.ts'
import { newsOf } from './news.ts'
import { subscriptionStore } from './store.ts'
import type { SubscriptionRow } from './tables.ts'

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs
/** An hour less than a day, so that an e-mail is not an hour later each day. */
const betweenLettersMs = dayMs - hourMs
const betweenWeekly = 7 * dayMs - hourMs
const peopleAtOnce = 100
const linesOfEach = 10
/** What was ended can be taken back for so long, and e-mails stop e-mails for so long. */
const daysEnded = 30
export const daysOfLetters = 180

type DigestRuntime = { database: Database; environment: Environment; services: Context['services'] }
export type Sent = { looked: number; letters: number; failed: number }

/** Looks for everybody whose e-mail is due. What cannot be looked for fails alone. */
export async function sendDigests(app: DigestRuntime): Promise<Sent> {
  const { database, environment, services } = app
  const sent: Sent = { looked: 0, letters: 0, failed: 0 }
  // While the index is made anew, what it does not find yet would be passed over for good.
  if (services.search.memory().rebuilding) return sent
  const before = (ms: number) => new Date(environment.now().getTime() - ms).toISOString()
  await database.write(async (tx) => {
    await subscriptionStore(tx).removeEndedBefore(before(daysEnded * dayMs))
    await subscriptionStore(tx).dropLettersBefore(before(daysOfLetters * dayMs))
  })
  for (;;) {
    const due = await subscriptionStore(database.read).due(before(betweenLettersMs), peopleAtOnce)
    if (due.length === 0) return sent
    sent.looked += due.length
    await tellSome(app, due, before(betweenWeekly), sent)
    await database.write((tx) => subscriptionStore(tx).looked(due, environment.now().toISOString()))
  }
}

async function tellSome(
  { database, environment, services }: DigestRuntime,
  due: readonly string[],
  weekAgo: string,
  sent: Sent,
) {
  const upTo = services.search.seq
  const rows = (await subscriptionStore(database.read).ofMany(due)).filter(
    ({ often, toldAt }) => often === 'daily' || (often === 'weekly' && toldAt <= weekAgo),
  )
  const news = await newsOf({ db: database.read, services }, rows.map(sinceTold), { upTo, most: linesOfEach }, () => {
    sent.failed++
  })
  const titleOf = await titlesOf(database.read, rows)
  const accounts = await people(database.read).byIds([...new Set(rows.map(({ accountId }) => accountId))])
  for (const accountId of accounts.keys()) {
    const own = rows.filter((row) => row.accountId === accountId && news.has(row.id))
    const isWritten = await database.write(async (tx) => {
      const at = environment.now()
      // Accounts that were suspended or erased meanwhile get nothing, and news that another process sent is not sent again.
      const account = await people(tx).byId(accountId)
      const told: SubscriptionRow[] = []
      for (const row of own) if (await subscriptionStore(tx).told(row, upTo, at.toISOString())) told.push(row)
      const parts = told.flatMap((row) => {
        const found = news.get(row.id)!
        return found.total > 0 ? [{ watch: row, ...titleOf(row.recordId), ...found }] : []
      })
      if (account?.state !== 'active' || parts.length === 0) return false
      const secret = newSecret(environment.random)
      await subscriptionStore(tx).addLetter({
        tokenHash: digestOfSecret(secret),
        accountId,
        createdAt: at.toISOString(),
      })
      await post(tx, letterOf(account, parts, { site: services.site, secret }), at)
      return true
    })
    if (isWritten) sent.letters++
  }
}
