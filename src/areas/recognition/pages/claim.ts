/** The page of a learner’s credential, reached by its link; the sheet that is printed; and what others are shown. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { errorSummary, field, form, press, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { qrPicture } from '#ui/qr-picture.ts'
import type { View } from '#ui/view.ts'
import { claimPath, keptDays } from '../claims/claim.ts'
import type { Claimed } from '../claims/claims.ts'
import { recognisedPath } from '../decisions/pages/recognised.ts'
import { factsOf } from '../verification/facts.ts'
import { isObject, listOf, textIn, type Json, type Verification } from '../verification/verification.ts'
import { verdictOf } from './check-words.ts'
import { alone, secretly } from './secret-page.ts'
import { walletPart } from './wallet.ts'
import { checkList, withinList } from './verify.ts'

export const shownPath = (secret: string): string => `/shown/${secret}`
/** What stands in it: of a token, its payload. */
export function documentOf(credential: Claimed['credential']): Json {
  if (typeof credential !== 'string') return credential as Json
  const payload: unknown = JSON.parse(Buffer.from(credential.split('.')[1] ?? '', 'base64url').toString('utf8'))
  return isObject(payload) ? payload : {}
}

function factList(view: View, claimed: Pick<Claimed, 'credential' | 'issuer'>): Html {
  const { t, f } = view
  const document = documentOf(claimed.credential)
  const { description, subjectName, validFrom, validUntil } = factsOf(document)
  const subject = listOf(document.credentialSubject).find(isObject) ?? {}
  const result = listOf(subject.result).find(isObject)?.value
  const day = (iso: string | null) => iso && f.day(iso.slice(0, 10))
  const line = (label: string, value: Content | null) => value && html`<dt>${label}</dt><dd><bdi>${value}</bdi></dd>`
  return html`<dl>
    ${line(t('awardSheet.name'), subjectName)} ${line(t('verifyCredential.issuer'), claimed.issuer)}
    ${line(t('awardSheet.result'), textIn(result) ?? null)} ${line(t('verifyCredential.from'), day(validFrom))}
    ${line(t('verifyCredential.until'), day(validUntil))} ${line(t('verifyCredential.description'), description)}
  </dl>`
}

const warningOf = ({ t }: View, state: Claimed['state']): Content =>
  state === 'valid'
    ? nothing
    : html`<p class="warning">${state === 'revoked' ? t('claim.revoked') : t('claim.suspended')}</p>`

/** `held`: how many credentials the learner has here that are valid. */
export function claimPage(
  view: View,
  claimed: Claimed,
  secret: string,
  held = 0,
  links = '',
  errors: Errors = new Map(),
): HttpResponse {
  const { t, f, href } = view
  const { title, isExpired, hasEmail, expiresAt, shown, state } = claimed
  const path = claimPath(secret)
  const file = (name: string, words: string) =>
    html`<li><a href="${href(`${path}/${name}`)}" download rel="nofollow">${words}</a></li>`
  const day = f.day(expiresAt.slice(0, 10))
  if (isExpired)
    return secretly(
      page(view, {
        ...alone,
        title,
        main: html`<h1>${title}</h1>
          <p class="lead">${t('claim.expired', { date: day })}</p>
          ${hasEmail ? press(view, `${path}/renew`, t('claim.renew')) : html`<p>${t('claim.askIssuer')}</p>`}`,
      }),
    )
  return secretly(
    page(view, {
      ...alone,
      title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
      status: errors.size > 0 ? 422 : 200,
      main: html`<h1>${title}</h1>
        <p class="lead">${t('claim.lead')}</p>
        ${errorSummary(view, errors, () => t('learnerRecord.links'))}
        ${warningOf(view, state)} ${factList(view, claimed)}
        <h2>${t('claim.save')}</h2>
        <p>${t('claim.saveWhy', { date: day })}</p>
        <ul>
          ${file('credential.png', t('issueBadge.png'))} ${file('credential.svg', t('issueBadge.svg'))}
          ${file('credential.json', t('issueBadge.json'))}
        </ul>
        <p><a class="button" href="${href(`${path}/print`)}">${t('claim.print')}</a></p>
        <h2>${t('claim.show')}</h2>
        <p>${t('claim.showWhy')}</p>
        <p><a href="${href(shownPath(shown))}"><bdi dir="ltr" class="long">${view.absolute(href(shownPath(shown)))}</bdi></a></p>
        ${state === 'valid' && walletPart(view, secret)}
        <h2>${t('claim.where')}</h2>
        <p>${t('claim.whereWhy')}</p>
        <p><a href="${href(recognisedPath)}">${t('recognised.title')}</a></p>
        ${held > 0 && bundling(view, secret, held, links, errors)}
        <h2>${t('claim.erase')}</h2>
        <p>${t('claim.eraseWhy', { days: keptDays })}</p>
        ${press(view, `${path}/erase`, t('claim.eraseButton'))}`,
    }),
  )
}

const bundling = (view: View, secret: string, held: number, links: string, errors: Errors): Html => {
  const { t } = view
  return html`<section aria-labelledby="all">
    <h2 id="all">${t('learnerRecord.title')}</h2>
    <p>${t('learnerRecord.lead', { count: held })}</p>
    ${form(
      view,
      learnerRecordPath(secret),
      html`${field(view, { name: 'links', label: t('learnerRecord.links'), errors, isRequired: false, hint: t('learnerRecord.linksHint') }, (marks) => html`<textarea${marks} rows="2" dir="ltr" spellcheck="false">\n${links}</textarea>`)}
        <p class="go"><button>${t('learnerRecord.go')}</button></p>`,
    )}
  </section>`
}

export const learnerRecordPath = (secret: string): string => `${claimPath(secret)}/learner-record`

export const claimEndPage = (view: View, title: string, words: string): HttpResponse =>
  secretly(page(view, { ...alone, title, main: html`<h1>${title}</h1><p class="lead">${words}</p>` }))

/** One sheet of paper: the QR code leads to where it is verified for as long as this site keeps it. */
function sheet(view: View, claimed: Claimed): Html {
  const { t } = view
  const address = view.absolute(view.href(shownPath(claimed.shown)))
  return html`<article class="sheet">
    <header>
      <p class="kind">${view.site.name}</p>
      <h1>${claimed.title}</h1>
    </header>
    ${warningOf(view, claimed.state)} ${factList(view, claimed)}
    ${qrPicture(address, t('claim.qr'))}
    <p class="small">${t('claim.qrWhy', { days: keptDays })} <bdi dir="ltr" class="long">${address}</bdi></p>
    <p class="small">${t('claim.paper')}</p>
  </article>`
}

export const claimSheetPage = (view: View, claimed: Claimed, secret: string): HttpResponse =>
  secretly(
    page(view, {
      ...alone,
      title: claimed.title,
      main: html`<div class="not-printed">${crumbs(view, [{ name: claimed.title, path: claimPath(secret) }])}</div>
        <p class="not-printed">
          ${view.site.makesPdf && html`<a class="button" href="${view.href(`${claimPath(secret)}/credential.pdf`)}" rel="nofollow">${view.t('summary.pdf')}</a>`}
          <span class="small">${view.t('summary.print')}</span>
        </p>
        ${sheet(view, claimed)}`,
    }),
  )

/** The same alone, for Chromium: nothing but its style is let in. */
export const claimSheetDocument = (view: View, claimed: Claimed, style: string): string =>
  html`<!doctype html>
    <html lang="${view.language}" dir="${directionOf(view.language)}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="content-security-policy" content="default-src 'none'; style-src data:" />
        <title>${claimed.title}</title>
        <link rel="stylesheet" href="data:text/css;base64,${Buffer.from(style).toString('base64')}" />
      </head>
      <body class="alone">
        ${sheet(view, claimed)}
      </body>
    </html>`.text

/** What others see: the credential, every check of it just made, and the file to verify by themselves. */
export function shownPage(
  view: View,
  claimed: Pick<Claimed, 'credential' | 'issuer' | 'title' | 'state'>,
  told: Verification,
  secret: string,
): HttpResponse {
  const { t, f, href } = view
  return secretly(
    page(view, {
      ...alone,
      title: claimed.title,
      main: html`<h1>${claimed.title}</h1>
        ${warningOf(view, claimed.state)} ${factList(view, claimed)}
        <section aria-labelledby="outcome">
          <h2 id="outcome">${verdictOf(view, told)}</h2>
          ${checkList(view, told.checks)} ${withinList(view, told.within)}
          <p class="small">${t('verifyCredential.when', { time: f.time(told.checkedAt) })}</p>
        </section>
        <p>${t('claim.verifyYourself')} <a href="${href('/verify')}">${t('verifyCredential.link')}</a></p>
        <p><a href="${href(`${shownPath(secret)}/credential.json`)}" download rel="nofollow">${t('issueBadge.json')}</a></p>`,
    }),
  )
}
