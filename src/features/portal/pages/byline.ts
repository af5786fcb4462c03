/** Who wrote what is shown, as they wish to be named. */
import { html, type Content } from '#kernel/html/html.ts'
import { nameIn } from '#features/export/citation.ts'
import { peopleOf } from '#features/export/people.ts'
import type { Kind } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import type { View } from '#ui/view.ts'

/** Organisations and creators stand among the facts already. */
export function byline({ t }: View, kind: Kind, { body }: Pick<StoredRecord, 'body'>): Content {
  const authors = peopleOf(kind, body).filter(({ role, isCreator }) => role === 'author' && !isCreator)
  return (
    authors.length > 0 &&
    html`<ul class="byline" aria-label="${t('field.authors')}">
      ${authors.map(
        ({ name, orcid }) =>
          html`<li><bdi>${nameIn(name, 'given')}</bdi> ${orcid && html`<a class="small" href="https://orcid.org/${orcid}" rel="external" aria-label="ORCID ${orcid}">ORCID</a>`}</li>`,
      )}
    </ul>`
  )
}
