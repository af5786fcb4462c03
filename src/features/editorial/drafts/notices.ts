/** E-mails to those whom a step or a comment concerns, in their language. */
import type { MessageKey } from '#kernel/i18n/message-key.ts'
import type { Context } from '#kernel/context.ts'
import { bestText } from '#kernel/i18n/languages.ts'
import { isLanguage } from '#kernel/i18n/languages.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import { post } from '#kernel/mail/mail.ts'
import { people } from '#accounts/store.ts'
import type { Account } from '#accounts/tables.ts'
import type { Seen } from './access.ts'

type NewsIn<Key> = Key extends `mail.news.${infer About}.subject` ? About : never
type News = { about: NewsIn<MessageKey>; note: string }

/** To all authors of the draft except the one who acted. */
export async function tellAuthors(context: Context, seen: Seen, news: News): Promise<void> {
  const own = context.actor.kind === 'person' ? context.actor.id : ''
  await tell(
    context,
    seen,
    seen.authors.filter((id) => id !== own),
    news,
  )
}

export async function tell(
  context: Context,
  { draft }: Seen,
  ids: readonly string[],
  { about, note }: News,
): Promise<void> {
  const { site } = context.services
  for (const account of (await people(context.db).byIds([...new Set(ids)])).values()) {
    if (account.state !== 'active') continue
    const t = messagesIn(spokenBy(account))
    const title = titleFor(account, draft.body)
    const values = { site: site.name, name: account.name, title }
    const link = `${site.address}/${account.language}/drafts/${draft.id}`
    const quoted = note.trim()
      ? `\n\n${note
          .trim()
          .split('\n')
          .map((line) => `> ${line}`)
          .join('\n')}`
      : ''
    await post(
      context.db,
      {
        to: account.email,
        language: account.language,
        subject: t(`mail.news.${about}.subject`, values),
        text: `${t('mail.greeting', values)}\n\n${t(`mail.news.${about}.text`, values)}${quoted}\n\n${link}\n\n${t('mail.end', values)}\n`,
      },
      context.now(),
    )
  }
}

const spokenBy = ({ language }: Account) => (isLanguage(language) ? language : 'en')

function titleFor(account: Account, body: Record<string, unknown>): string {
  const title = (body.title ?? {}) as Record<string, string>
  return Object.keys(title).length > 0
    ? bestText(title, spokenBy(account), String(body.originalLanguage)).text.slice(0, 120)
    : '…'
}
