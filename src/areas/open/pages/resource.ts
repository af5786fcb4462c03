import { html, nothing } from '#core/html/html.ts'
import { paragraphsOf } from '#house/pages/view.ts'
import { partOf } from '#house/view-part.ts'
import { resource } from '../resource.ts'

/** The text itself, where the house may carry it. */
export const resourcePart = partOf(resource, {
  show: (view, { body }) =>
    body.fullText
      ? html`<section class="story">
          <h2>${view.t('record.text')}</h2>
          ${paragraphsOf(view, body.fullText, body.originalLanguage)}
        </section>`
      : nothing,
})
