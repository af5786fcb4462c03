/** The e-mails that people get about their account, in their language. */
import { messagesIn } from '#kernel/i18n/messages.ts'
import { isLanguage } from '#kernel/i18n/languages.ts'
import type { Letter } from '#kernel/mail/mail.ts'

type About =
  | 'code'
  | 'codesMade'
  | 'confirm'
  | 'emailChanged'
  | 'factorAdded'
  | 'factorRemoved'
  | 'known'
  | 'newEmail'
  | 'password'
  | 'passwordChanged'
  | 'recoveryUsed'
  | 'vouched'
type Values = {
  site: string
  name: string
  link?: string
  hours?: number
  code?: string
  minutes?: number
  left?: number
}

export function letterOf(about: About, to: string, language: string, values: Values): Letter {
  const spoken = isLanguage(language) ? language : 'en'
  const t = messagesIn(spoken)
  return {
    to,
    language: spoken,
    subject: t(`mail.${about}.subject`, values),
    text: `${t('mail.greeting', values)}\n\n${t(`mail.${about}.text`, values)}${values.link ? `\n\n${values.link}` : ''}\n\n${t('mail.end', values)}\n`,
  }
}
