/** Where a learner has their credential offered to a wallet, and what the wallet opens then. */
import { html, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { press } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { qrPicture } from '#ui/qr-picture.ts'
import type { View } from '#ui/view.ts'
import { claimPath } from '../claims/claim.ts'
import type { Claimed } from '../claims/claims.ts'
import { offerMinutes } from '../wallets/offer.ts'
import { alone, secretly } from './secret-page.ts'

export const walletOfferPath = (secret: string): string => `${claimPath(secret)}/wallet`

/** A part of the page of a credential. */
export const walletPart = (view: View, secret: string): Html =>
  html`<section aria-labelledby="wallet">
    <h2 id="wallet">${view.t('wallet.title')}</h2>
    <p>${view.t('wallet.why')}</p>
    ${press(view, walletOfferPath(secret), view.t('wallet.go'))}
  </section>`

/** The picture is for a wallet on another device, the link for one on this. */
export function walletOfferPage(
  view: View,
  { title }: Pick<Claimed, 'title'>,
  { offer, hasCode }: { offer: string; hasCode: boolean },
  secret: string,
): HttpResponse {
  const { t } = view
  return secretly(
    page(view, {
      ...alone,
      title: t('wallet.title'),
      main: html`${crumbs(view, [{ name: title, path: claimPath(secret) }])}
        <h1>${t('wallet.title')}</h1>
        <p class="lead">${t('wallet.lead', { minutes: offerMinutes })}</p>
        ${hasCode && html`<p>${t('wallet.codeSent')}</p>`}
        <p><a class="button" href="${offer}">${t('wallet.open')}</a></p>
        <p>${t('wallet.scan')}</p>
        ${qrPicture(offer, t('wallet.qr'))}
        <p class="small">${t('wallet.which')}</p>`,
    }),
  )
}
