/** The e-mails that people get about their account, in their language. */
import { isLanguage } from '#kernel/i18n/languages.ts'
import type { Letter } from '#kernel/mail/mail.ts'
import { mailOf, mailWords, siteIn, type Site } from './mail-text.ts'

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
/** These go to an address that nobody has confirmed, so the person who asked may be a stranger to the person who reads. */
type ToUnconfirmed = 'confirm' | 'newEmail'
type Values = {
  site: Site
  link?: string
  hours?: number
  code?: string
  minutes?: number
  left?: number
}

/** To an address that was confirmed, under the name that its owner gave. */
export const letterOf = (
  about: Exclude<About, ToUnconfirmed>,
  to: string,
  language: string,
  values: Values & { name: string },
): Letter => written(about, to, language, values)

/** Nothing that somebody typed stands in it, not even a name: else it would carry their message to anybody. */
export const letterToUnconfirmed = (about: ToUnconfirmed, to: string, language: string, values: Values): Letter =>
  written(about, to, language, values)

function written(
  about: About,
  email: string,
  asked: string,
  { name, link = '', ...values }: Values & { name?: string },
) {
  const language = isLanguage(asked) ? asked : 'en'
  const site = siteIn(values.site, language)
  const { subject, text } = mailWords(about, language, { ...values, site: site.name })
  const to = { email, language, ...(name !== undefined && { name }) }
  return mailOf(to, { subject, parts: [text, link], site })
}
