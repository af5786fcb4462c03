import { html, nothing } from '#kernel/html/html.ts'
import { paragraphsOf } from '#ui/view.ts'
import { partOf } from '#ui/record-part.ts'
import { resource } from '../resource.ts'

/** The text itself, where the node may carry it. */
export const resourcePart = partOf(resource, {
  show: (view, { body }) =>
    body.fullText
      ? html`<section class="story" id="text">
          <h2>${view.t('record.text')}</h2>
          ${paragraphsOf(view, body.fullText, body.originalLanguage)}
        </section>`
      : nothing,
})
