/** Results for a frame on another site: a list and the way to the whole search, in new windows. */
import { leftOutNotice } from '#ui/left-out.ts'
import { html, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Kind } from '#records/kind.ts'
import type { Found } from '../search.ts'
import { card } from '#ui/cards.ts'
import { pathOf, queryWithShape, type Shape } from '../address.ts'
import type { Shown } from './search-shown.ts'
import { isDrawn, otherView } from './search-views.ts'
import type { View } from '#ui/view.ts'

export function embeddedPage(
  view: View,
  { found, kinds, shape }: { found: Found; kinds: ReadonlyMap<string, Kind>; shape: Shape },
): HttpResponse {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': view.language,
      'cache-control': 'no-cache',
    },
    body: document(view, { found, kinds, shape, query: queryWithShape(found.understood, shape), table: undefined })
      .text,
    keep: true,
  }
}

function document(view: View, shown: Shown): Html {
  const { found, kinds, shape, query } = shown
  const { t, site, language, absolute, prefix } = view
  const { q } = found.understood
  const title = q ? t('search.titleFor', { words: q.slice(0, 100) }) : t('search.title')
  const whole = absolute(`${prefix}${pathOf(query)}`)
  return html`<!doctype html>
    <html lang="${language}" dir="${directionOf(language)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="robots" content="noindex" />
        <title>${title} · ${site.name}</title>
        <base target="_blank" />
        <link rel="stylesheet" href="${site.assets('style.css')}" />
      </head>
      <body>
        <main class="wrap">
          ${leftOutNotice(view)}
          <h1>${title}</h1>
          <p><strong>${t('search.found', { count: found.total })}</strong></p>
          ${
            isDrawn(shape.view)
              ? otherView(view, shown)
              : html`<ol class="cards">
                  ${found.records.map((record) => card(view, kinds.get(record.kind)!, record, 2))}
                </ol>`
          }
          <p><a class="button" href="${whole}">${t('search.seeAll', { site: site.name })}</a></p>
        </main>
      </body>
    </html> `
}
