/**
 * The one way to tell people what happened: in their language, at once or with the next digest, as they chose.
 * Nobody is told what they did themselves, and only accounts that are confirmed and open are written to.
 */
import type { Context } from '#kernel/context.ts'
import { bestText, isLanguage, type Language } from '#kernel/i18n/languages.ts'
import { messagesIn, type Translate, type Values } from '#kernel/i18n/messages.ts'
import { post } from '#kernel/mail/mail.ts'
import { mailOf, mailWords, siteIn, type MailAbout } from '../mail-text.ts'
import { digestOfSecret, newSecret } from '../secret.ts'
import { people } from '../store.ts'
import type { Account } from '../tables.ts'
import { notices } from './store.ts'
import type { Topic } from './tables.ts'

type NewsIn<About> = About extends `news.${infer News}` ? News : never

export type Notice = {
  /** Its words are `mail.news.<about>.subject` and `.text`, with {title}, {person} and what `values` adds. */
  about: NewsIn<MailAbout>
  /** The page to look at, without address and language: `/drafts/…`. */
  path: string
  /** What it is about, by its titles. */
  of?: { title?: unknown; originalLanguage?: unknown }
  /** Who acted; nobody where their name is not told. By recipient, since not all may learn it. */
  person?: string | ((to: Account) => string)
  /** Paragraphs below, such as a list of records. */
  lines?: (language: Language) => readonly string[]
  /** What somebody wrote, quoted below. */
  note?: string
  /** Further values of the words, in the language of the recipient. */
  values?: (t: Translate, language: Language) => Values
  /** `account`: always told, and at once, as what somebody may do here has changed. */
  topic: Topic | 'account'
}

const longestTitle = 120
const longestNote = 5_000
/** What others wrote stays on its line. */
export const oneLine = (text: string, longest = longestTitle): string => {
  const plain = text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()
  return plain.length > longest ? `${plain.slice(0, longest)}…` : plain
}
export const spokenBy = ({ language }: Pick<Account, 'language'>): Language => (isLanguage(language) ? language : 'en')

type Telling = Pick<Context, 'db' | 'now' | 'random' | 'services' | 'actor'>

/** @param ids accounts; each is told once, and who acts is left out */
export async function notify(context: Telling, ids: readonly string[], notice: Notice): Promise<void> {
  const self = context.actor.kind === 'person' ? context.actor.id : ''
  const others = [...new Set(ids)].filter((id) => id !== self && id !== '')
  for (const account of (await people(context.db).byIds(others)).values())
    if (account.state === 'active') await tellOne(context, account, notice)
}

async function tellOne({ db, now, random, services }: Telling, account: Account, notice: Notice): Promise<void> {
  const { topic, path } = notice
  const frequency = topic === 'account' ? 'immediately' : (await notices(db).choices(account.id))[topic]
  if (frequency === 'never') return
  const language = spokenBy(account)
  const site = siteIn(services.site, language)
  const { subject, text } = wordsFor(account, language, notice, site.name)
  const link = `${site.address}/${language}${path}`
  const createdAt = now().toISOString()
  if (topic !== 'account' && frequency !== 'immediately') {
    await notices(db).add({ accountId: account.id, topic, title: subject, text, link, createdAt })
    return
  }
  const t = messagesIn(language)
  const parts = [text, `${t('notice.open')}\n${link}`]
  const to = { email: account.email, name: account.name, language }
  if (topic === 'account') {
    const foot = [t('notice.why.account', { site: site.name })]
    await post(db, mailOf(to, { subject, parts, site, foot }), now())
    return
  }
  const stop = await stopLink(db, random, account, { topic, createdAt, site, language })
  const foot = footOf({ topic, stop, site, language })
  await post(db, mailOf(to, { subject, parts, site, foot, unsubscribe: stop }), now())
}

/** Why one gets such an email, and both ways to get fewer. */
export function footOf({ topic, stop, site, language }: Omit<Stop, 'createdAt'> & { stop: string }): string[] {
  const t = messagesIn(language)
  const manage = `${t('notice.manage')}\n${site.address}/${language}/account#emails`
  return [[t(`notice.why.${topic || 'both'}`), manage, `${t('notice.stop')}\n${stop}`].join('\n')]
}

function wordsFor(account: Account, language: Language, notice: Notice, site: string) {
  const { about, note = '', of, person = '', values, lines } = notice
  const t = messagesIn(language)
  const name = oneLine(typeof person === 'string' ? person : person(account))
  const somebody = t('notice.somebody')
  // A name stands as it is written; that somebody stands in its place begins a sentence as any word does.
  const begun = (text: string) =>
    !name && text.startsWith(somebody) ? text.charAt(0).toLocaleUpperCase(language) + text.slice(1) : text
  const { subject, text } = mailWords(`news.${about}`, language, {
    site,
    name: account.name,
    title: titleOf(of, language),
    person: name || somebody,
    ...values?.(t, language),
  })
  const quoted = note
    .trim()
    .slice(0, longestNote)
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n')
  const all = [begun(text), ...(lines?.(language) ?? []), ...(note.trim() ? [quoted] : [])]
  return { subject: begun(subject), text: all.join('\n\n') }
}

function titleOf(of: Notice['of'], language: Language): string {
  const title = (of?.title ?? {}) as Record<string, string>
  return Object.keys(title).length > 0 ? oneLine(bestText(title, language, String(of?.originalLanguage)).text) : '…'
}

type Stop = { topic: Topic | ''; createdAt: string; site: { address: string }; language: Language }

/** An address that stops such e-mails, without signing in (RFC 8058). */
export async function stopLink(
  db: Context['db'],
  random: Context['random'],
  { id }: Pick<Account, 'id'>,
  { topic, createdAt, site, language }: Stop,
): Promise<string> {
  const secret = newSecret(random)
  await notices(db).addStop({ tokenHash: digestOfSecret(secret), accountId: id, topic, createdAt })
  return `${site.address}/${language}/emails/${secret}`
}
