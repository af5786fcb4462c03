/** A learner has a credential offered to a wallet, by reference and with a code for once (OpenID4VCI 1.0 §4, §3.5). */
import { Type } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import { post, type Letter } from '#kernel/mail/mail.ts'
import { mailOf, mailWords, siteIn, type Site } from '#accounts/mail-text.ts'
import { countTry, isLetPass, limits } from '#accounts/rate-limit.ts'
import { digestOfSecret, isSecret, newSecret } from '#accounts/secret.ts'
import { linkTo, type Kept } from '../claims/claim.ts'
import { liveClaim } from '../claims/claims.ts'
import { issuing } from '../issuing/store.ts'
import { library } from './library.ts'
import { configurationId, preAuthorized, toldToLibrary, walletPath } from './metadata.ts'
import { walletOffers } from './store.ts'

export const offerMinutes = 10
const minute = 60_000
const digits = 6
/** Wrong transaction codes before an offer ends: five of a million. */
const mostTries = 5

/** Who has the reference gets the code by it, so the code follows from the reference and is not kept. */
export const codeOf = (reference: string): string => digestOfSecret(`wallet-code ${reference}`)
/** Six digits are guessed soon; with the code, which is not kept here, they are not. */
export const txHashOf = (code: string, txCode: string): string => digestOfSecret(`${code} ${txCode}`)

const txCodeFrom = (random: Context['random']): string =>
  String(Buffer.from(random(4)).readUInt32BE() % 10 ** digits).padStart(digits, '0')

/** The email with the code, and the page from which it was asked for. */
export function walletCodeLetter(
  { email, name, language, title }: Pick<Kept, 'email' | 'name' | 'language' | 'title'>,
  { code, link }: { code: string; link: string },
  at: Site,
): Letter {
  const site = siteIn(at, language)
  const { subject, text } = mailWords('walletCode', language, { title, site: site.name, code, minutes: offerMinutes })
  const t = messagesIn(language)
  return mailOf(
    { email, language, ...(name && { name }) },
    { subject, parts: [text, `${t('notice.open')}\n${link}`], site, foot: [t('wallet.mailWhy')] },
  )
}

export const offerToWallet = operation({
  name: 'wallets.offer',
  summary: 'Offer the credential of a link to a wallet, and send the code that the wallet asks for',
  http: 'POST /claims/wallet',
  isForPages: true,
  isOpen: true,
  input: Type.Object({ secret: Type.String({ maxLength: 100 }) }, closed),
  output: Type.Object({
    offer: Type.String({ description: 'The address that a wallet opens' }),
    hasCode: Type.Boolean({ description: 'A code was sent by email, for which the wallet asks' }),
  }),
  allow: () => true,
  run: async (context, { secret }) => {
    const { db, now, random, services } = context
    const { row, told } = await liveClaim(context, secret)
    if ((await issuing(db).find(row.credentialId))?.state !== 'valid') throw new Problem('claimGone')
    if (!(await isLetPass(db, 'walletOffersOf', row.credentialId, now())))
      throw new Problem('tooManyRequests', { minutes: limits.walletOffersOf.withinMs / minute })
    await countTry(db, 'walletOffersOf', row.credentialId, now())
    await walletOffers(db).dropBefore(now().toISOString())
    const reference = newSecret(random)
    const code = codeOf(reference)
    // Who sees the picture on a screen does not read the learner’s email.
    const txCode = told.email ? txCodeFrom(random) : ''
    await walletOffers(db).add({
      offerHash: digestOfSecret(reference),
      codeHash: digestOfSecret(code),
      credentialId: row.credentialId,
      txHash: txCode && txHashOf(code, txCode),
      triesLeft: mostTries,
      expiresAt: new Date(now().getTime() + offerMinutes * minute).toISOString(),
      tokenHash: null,
      tokenUntil: null,
    })
    if (txCode)
      await post(db, walletCodeLetter(told, { code: txCode, link: linkTo(context, told) }, services.site), now())
    const address = `${services.site.address}${walletPath}/offers/${reference}`
    return {
      offer: `openid-credential-offer://?${new URLSearchParams({ credential_offer_uri: address }).toString()}`,
      hasCode: txCode !== '',
    }
  },
})

export const readOffer = operation({
  name: 'wallets.readOffer',
  summary: 'Read what a wallet is offered',
  http: 'GET /wallets/offers/:reference',
  isForPages: true,
  input: Type.Object({ reference: Type.String({ maxLength: 100 }) }, closed),
  output: Type.Object({}, { additionalProperties: true }),
  allow: () => true,
  run: async ({ db, now, services: { site } }, { reference }) => {
    const row = isSecret(reference) ? await walletOffers(db).byOffer(digestOfSecret(reference)) : undefined
    if (!row || row.tokenHash !== null || row.expiresAt <= now().toISOString()) throw new Problem('claimGone')
    const { issuer } = await library(site.address)
    const { credentialOfferObject } = await issuer.createCredentialOffer({
      issuerMetadata: await toldToLibrary(site),
      credentialConfigurationIds: [configurationId],
      grants: {
        [preAuthorized]: {
          'pre-authorized_code': codeOf(reference),
          ...(row.txHash && { tx_code: { input_mode: 'numeric' as const, length: digits } }),
        },
      },
    })
    return credentialOfferObject
  },
})
