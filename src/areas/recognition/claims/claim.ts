/** The link by which a learner gets a credential, and what is kept until then: closed, for a year at most. */
import type { Context } from '#kernel/context.ts'
import { bestText, type Language } from '#kernel/i18n/languages.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import { formatsIn } from '#kernel/i18n/format.ts'
import { post, type Letter } from '#kernel/mail/mail.ts'
import { mailOf, mailWords, siteIn, type Site } from '#accounts/mail-text.ts'
import { digestOfSecret, newSecret } from '#accounts/secret.ts'
import type { Offer } from '../achievements/badge.ts'
import type { Signed } from '../issuing/issue.ts'
import type { ClaimRow } from '../tables.ts'

const dayMs = 24 * 60 * 60_000
/** For how long a link works, and for how long it can be renewed. */
export const linkDays = 90
export const keptDays = 365

/** What is kept closed. `shown`: the secret of the address that a learner gives to others. */
export type Kept = {
  secret: string
  shown: string
  email: string
  name: string
  language: Language
  title: string
  issuer: string
  expiresAt: string
  credential: Signed
}
export type Claim = { row: ClaimRow; told: Kept; link: string }

const about = (credentialId: string) => `credential-claim ${credentialId}`

/** An address of this site in a language. */
export const claimPath = (secret: string): string => `/claim/${secret}`
/** The address of its page. */
export const linkTo = (
  { services }: Pick<Context, 'services'>,
  { language, secret }: Pick<Kept, 'language' | 'secret'>,
) => `${services.site.address}/${language}${claimPath(secret)}`

type Making = Pick<Context, 'services' | 'now' | 'random'>
type Given = { id: string; signed: Signed; learner: { email: string; name: string }; offer: Offer }

export async function claimOf(context: Making, { id, signed, learner, offer }: Given): Promise<Claim> {
  const { now, random, services } = context
  const { language, organisation } = offer
  const nameIn = ({ body }: NonNullable<Offer['organisation']>) =>
    bestText(body.title, language, body.originalLanguage).text
  const told: Kept = {
    secret: newSecret(random),
    shown: newSecret(random),
    email: learner.email,
    name: learner.name,
    language,
    title: nameIn(offer.achievement),
    issuer: organisation ? nameIn(organisation) : siteIn(services.site, language).name,
    expiresAt: new Date(now().getTime() + linkDays * dayMs).toISOString(),
    credential: signed,
  }
  const keptUntil = new Date(now().getTime() + keptDays * dayMs).toISOString()
  return { row: await rowFor(context, id, told, keptUntil), told, link: linkTo(context, told) }
}

export const rowFor = async (
  { services }: Pick<Context, 'services'>,
  credentialId: string,
  told: Kept,
  keptUntil: string,
): Promise<ClaimRow> => ({
  credentialId,
  secretHash: digestOfSecret(told.secret),
  shownHash: digestOfSecret(told.shown),
  closed: await services.secretBox.close(Buffer.from(JSON.stringify(told)), about(credentialId)),
  expiresAt: told.expiresAt,
  keptUntil,
})

/** Undefined where the key of this node is another than the one that closed it. */
export async function openClaim({ services }: Pick<Context, 'services'>, row: ClaimRow): Promise<Kept | undefined> {
  const plain = await services.secretBox.open(row.closed, about(row.credentialId))
  return plain && (JSON.parse(Buffer.from(plain).toString('utf8')) as Kept)
}

/** The same claim with a new link, which works as long as a first one. */
export async function renewed(context: Making, row: ClaimRow, told: Kept): Promise<Claim> {
  const wanted = new Date(context.now().getTime() + linkDays * dayMs).toISOString()
  const expiresAt = wanted < row.keptUntil ? wanted : row.keptUntil
  const anew: Kept = { ...told, secret: newSecret(context.random), expiresAt }
  return { row: await rowFor(context, row.credentialId, anew, row.keptUntil), told: anew, link: linkTo(context, anew) }
}

/** The email with the link. */
export function claimLetter(to: Omit<Kept, 'secret' | 'shown' | 'credential'>, link: string, at: Site): Letter {
  const { email, language, title, issuer, expiresAt } = to
  const site = siteIn(at, language)
  const { subject, text } = mailWords('claim', language, {
    title,
    issuer,
    site: site.name,
    date: formatsIn(language).day(expiresAt.slice(0, 10)),
  })
  const t = messagesIn(language)
  return mailOf(
    { email, language, ...(to.name && { name: to.name }) },
    { subject, parts: [text, `${t('notice.open')}\n${link}`], site, foot: [t('claim.mailWhy')] },
  )
}

export const tellLearner = ({ db, now, services }: Pick<Context, 'db' | 'now' | 'services'>, to: Kept, link: string) =>
  post(db, claimLetter(to, link, services.site), now())
