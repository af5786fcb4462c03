import { html, nothing } from '#core/html/html.ts'
import { paragraphsOf } from '#house/pages/view.ts'
import type { Texts } from '#house/record/record.ts'
import type { RecordPart } from '#house/view-part.ts'

/** The text itself, where the house may carry it. */
export const resourcePart: RecordPart = {
  show: (view, { body }) =>
    body.fullText
      ? html`<section class="story" id="text">
          <h2>${view.t('record.text')}</h2>
          ${paragraphsOf(view, body.fullText as Texts, body.originalLanguage)}
        </section>`
      : nothing,
}
