/** The picture of an indicator for a frame on another site, and the way to the whole page. */
import { leftOutNotice } from '#ui/left-out.ts'
import { html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { chartHead } from '#ui/figures-style.ts'
import type { View } from '#ui/view.ts'
import { addressOf } from '../choices.ts'
import type { Shown } from '../shown.ts'
import { figureOf } from './indicator.ts'
import { captionOf } from './value-words.ts'

export function embeddedIndicator(view: View, shown: Shown): HttpResponse {
  const { site, language, absolute, prefix, t } = view
  const whole = absolute(`${prefix}/indicators/${shown.told.record.body.code}${addressOf(shown.query, {})}`)
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': language,
      'cache-control': 'no-cache',
    },
    body: html`<!doctype html>
      <html lang="${language}" dir="${directionOf(language)}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <meta name="robots" content="noindex" />
          <title>${captionOf(view, shown)} · ${site.name}</title>
          <base target="_blank" />
          <link rel="stylesheet" href="${site.assets('style.css')}" />
          <link rel="icon" href="${site.assets('icon.svg')}" type="image/svg+xml" />
          ${chartHead(view)}
        </head>
        <body>
          <main class="wrap">
            ${leftOutNotice(view)}
            <h1 class="hidden">${captionOf(view, shown)}</h1>
            ${figureOf(view, shown)}
            <p><a href="${whole}">${t('indicators.whole', { site: site.name })}</a></p>
          </main>
        </body>
      </html> `.text,
    keep: true,
  }
}
