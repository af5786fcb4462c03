/** References, each with how much of it was read by whoever cited it. */
import { html, joined, type Content } from '#kernel/html/html.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { fieldName, label, textOf, type View } from './view.ts'

type Reference = {
  citation: string
  publisher?: string
  year?: number
  url?: string
  basis?: string
  whatWasRead?: Texts
}

export function referencesPart(view: View, { body }: Pick<StoredRecord, 'body'>): Content {
  const all = body.references as Reference[] | undefined
  return (
    all &&
    all.length > 0 &&
    html`<section aria-labelledby="references">
      <h2 id="references">${fieldName(view, '', 'references')}</h2>
      <ol class="references">
        ${all.map((one) => html`<li>${told(view, one)}</li>`)}
      </ol>
    </section>`
  )
}

function told(view: View, { citation, publisher, year, url, basis, whatWasRead }: Reference): Content {
  const title = html`<bdi>${citation}</bdi>`
  const rest = [publisher, year].filter(Boolean).map((one) => html`<bdi>${one}</bdi>`)
  return html`${url ? html`<a href="${url}" rel="external">${title}</a>` : title} ${joined(rest, view.f.comma)}
    ${basis && html`<span class="mark ${basis}">${label(view, 'reference-bases', basis)}</span>`}
    ${whatWasRead && html`<span class="small">${textOf(view, whatWasRead)}</span>`}`
}
