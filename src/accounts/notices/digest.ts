/** Digests: what waited for a day or a week, in one e-mail. */
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { hasRole } from '#kernel/context.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import { post } from '#kernel/mail/mail.ts'
import { Type } from 'typebox'
import { mailOf, mailWords, siteIn } from '../mail-text.ts'
import { people } from '../store.ts'
import type { Account } from '../tables.ts'
import { footOf, spokenBy, stopLink } from './notify.ts'
import { notices } from './store.ts'
import type { Frequency, NoticeRow } from './tables.ts'

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs
/** An hour less, so that a digest is not an hour later each time. */
const waitMs: Record<Frequency, number> = {
  immediately: 0,
  daily: dayMs - hourMs,
  weekly: 7 * dayMs - hourMs,
  never: 0,
}
/** E-mails stop e-mails for so long. */
const stopsForMs = 180 * dayMs
const mostLines = 50

export const sendNotices = operation({
  name: 'notices.send',
  summary: 'Send the digests of what waits to those whose day has come',
  http: 'POST /notices/digests',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({ sent: Type.Integer() }),
  allow: (actor) => hasRole(actor, 'operator'),
  run: async (context) => {
    const { db, now } = context
    await notices(db).dropStopsBefore(new Date(now().getTime() - stopsForMs).toISOString())
    let sent = 0
    for (const accountId of await notices(db).waiting()) if (await sendTo(context, accountId)) sent++
    return { sent }
  },
})

async function sendTo(context: Context, accountId: string): Promise<boolean> {
  const { db, now } = context
  const store = notices(db)
  const [rows, choices, account] = [
    await store.of(accountId),
    await store.choices(accountId),
    await people(db).byId(accountId),
  ]
  const wanted = rows.filter(({ topic }) => choices[topic] !== 'never')
  const isWanted = account?.state === 'active'
  if (!isWanted || wanted.length < rows.length)
    await store.drop(rows.filter((row) => !isWanted || !wanted.includes(row)).map(({ number }) => number))
  const isDue = ({ topic, createdAt }: NoticeRow) => now().getTime() - Date.parse(createdAt) >= waitMs[choices[topic]]
  const due = new Set(wanted.filter(isDue).map(({ topic }) => topic))
  const told = wanted.filter(({ topic }) => due.has(topic))
  if (!isWanted || told.length === 0) return false
  await post(db, await digestFor(context, account, told), now())
  await store.drop(told.map(({ number }) => number))
  return true
}

async function digestFor({ db, now, random, services }: Context, account: Account, told: readonly NoticeRow[]) {
  const language = spokenBy(account)
  const t = messagesIn(language)
  const site = siteIn(services.site, language)
  const [first] = told
  const values = { site: site.name, title: first!.title, more: told.length - 1, count: told.length }
  const { subject, text } = mailWords('notices', language, values)
  const topic = told.every((one) => one.topic === first!.topic) ? first!.topic : ''
  const stop = await stopLink(db, random, account, { topic, createdAt: now().toISOString(), site, language })
  const rest = told.length - mostLines
  const parts = [
    text,
    // What somebody wrote ends before the address begins.
    ...told.slice(0, mostLines).map((one) => `- ${one.text}${one.text.includes('\n') ? '\n\n' : '\n'}${one.link}`),
    rest > 0 ? t('notice.more', { count: rest }) : '',
    `${t('notice.desk')}\n${site.address}/${language}/desk`,
  ]
  const to = { email: account.email, name: account.name, language }
  return mailOf(to, { subject, parts, site, foot: footOf({ topic, stop, site, language }), unsubscribe: stop })
}
