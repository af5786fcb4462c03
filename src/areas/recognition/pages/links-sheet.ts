/** For learners without email: the links of a batch on paper, each a slip to cut off and hand out. */
import { html, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { StoredRecord } from '#records/record.ts'
import { crumbs, page } from '#ui/layout.ts'
import { qrPicture } from '#ui/qr-picture.ts'
import { plainTitle, type View } from '#ui/view.ts'
import { linkDays } from '../claims/claim.ts'
import { batchPath } from './batch.ts'

/** So many fit a document that a small computer can print. */
export const slipsOnSheet = 60

export const sheetPath = (batch: string, after = 0): string =>
  `${batchPath(batch, '/sheet')}${after > 0 ? `?after=${after}` : ''}`
export const sheetPdfPath = (batch: string, after = 0): string =>
  `${batchPath(batch, '/links.pdf')}${after > 0 ? `?after=${after}` : ''}`

export type Slip = { row: number; name: string; link: string }
type Sheet = {
  batch: string
  achievement: StoredRecord
  /** Those that still have a link. */
  slips: readonly Slip[]
  after: number
  next: number | null
}

function slip(view: View, title: string, { row, name, link }: Slip): Html {
  const { t, f } = view
  return html`<article class="slip">
    <h2>${name ? html`<bdi>${name}</bdi>` : t('batch.rowOf', { row: f.number(row) })}</h2>
    <p>${title} · ${view.site.name}</p>
    ${qrPicture(link, t('linksSheet.code'))}
    <p class="small"><bdi dir="ltr" class="long">${link}</bdi></p>
    <p class="small">${t('linksSheet.how', { days: linkDays })}</p>
  </article>`
}

const slipsOf = (view: View, { achievement, slips }: Sheet): Html =>
  html`<div class="sheet slips">${slips.map((one) => slip(view, plainTitle(view, achievement.body), one))}</div>`

export function linksSheetPage(view: View, sheet: Sheet): HttpResponse {
  const { t, href } = view
  const { batch, achievement, slips, after, next } = sheet
  const title = t('linksSheet.title', { achievement: plainTitle(view, achievement.body) })
  const answer = page(view, {
    title,
    unlisted: true,
    keep: false,
    main: html`<div class="not-printed">
        ${crumbs(view, [{ name: t('batch.title', { achievement: plainTitle(view, achievement.body) }), path: batchPath(batch) }])}
        <h1>${title}</h1>
        <p class="lead">${t('linksSheet.lead')}</p>
        ${
          slips.length > 0 &&
          html`<p>
            ${
              view.site.makesPdf
                ? html`<a class="button" href="${href(sheetPdfPath(batch, after))}" rel="nofollow">${t('summary.pdf')}</a>`
                : t('linksSheet.print')
            }
          </p>`
        }
        ${next !== null && html`<p><a href="${href(sheetPath(batch, next))}">${t('batch.next')}</a></p>`}
      </div>
      ${slips.length > 0 ? slipsOf(view, sheet) : html`<p>${t('linksSheet.none')}</p>`}`,
  })
  return { ...answer, headers: { ...answer.headers, 'referrer-policy': 'no-referrer' } }
}

/** The slips alone, for Chromium: nothing but their style is let in. */
export const linksSheetDocument = (view: View, sheet: Sheet, style: string): string =>
  html`<!doctype html>
    <html lang="${view.language}" dir="${directionOf(view.language)}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="content-security-policy" content="default-src 'none'; style-src data:" />
        <title>${view.t('linksSheet.title', { achievement: plainTitle(view, sheet.achievement.body) })}</title>
        <link rel="stylesheet" href="data:text/css;base64,${Buffer.from(style).toString('base64')}" />
      </head>
      <body class="alone">
        ${slipsOf(view, sheet)}
      </body>
    </html>`.text
