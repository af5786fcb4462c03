/** A list as it was when it was cited, and what became of its records since. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { pathOf } from '#search/address.ts'
import type { SearchInput } from '#search/input.ts'
import { recordPath } from '#ui/cards.ts'
import { page } from '#ui/layout.ts'
import { textOf, type View } from '#ui/view.ts'
import type { CitedList } from '../operations.ts'
import { citationOf, pathOfList, questionOf } from '../words.ts'

export const onPage = 100

type Shown = { list: CitedList; input: SearchInput; from: number }
type Entry = CitedList['entries'][number]

export function citedListPage(view: View, shown: Shown): HttpResponse {
  const { t } = view
  const { list, input, from } = shown
  const title = t('cited.title', { count: list.total, question: questionOf(view, input) })
  return page(view, {
    title,
    unlisted: true,
    main: html`<h1>${title}</h1>
      <p class="lead">${t('cited.lead', { date: view.f.day(list.citedAt.slice(0, 10)) })}</p>
      ${changesSince(view, list)} ${facts(view, shown)} ${citing(view, shown)}
      <h2>${t('cited.records')}</h2>
      <ol class="cards" start="${String(from)}">
        ${list.entries.map((entry) => line(view, entry))}
      </ol>
      ${pages(view, shown)}`,
  })
}

const changesSince = ({ t }: View, { since: { revised, withdrawn, erased } }: CitedList): Content => {
  const gone = withdrawn + erased
  if (revised + gone === 0) return html`<p class="note">${t('cited.asItWas')}</p>`
  return html`<p class="note">${revised > 0 && t('cited.revised', { count: revised })} ${gone > 0 && t('cited.gone', { count: gone })}</p>`
}

function facts({ t, f, href, ...view }: View, { list, input }: Shown): Html {
  const search = pathOf(new URLSearchParams(list.query))
  return html`<dl class="facts">
    <dt>${t('cited.question')}</dt>
    <dd>${questionOf({ t, f, href, ...view }, input)} · <a href="${href(search)}" rel="nofollow">${t('cited.again')}</a></dd>
    <dt>${t('cited.order')}</dt>
    <dd>${t(`sort.${input.sort}`)}</dd>
    <dt>${t('cited.date')}</dt>
    <dd><time datetime="${list.citedAt}">${f.time(list.citedAt)}</time></dd>
    <dt>${t('cited.number')}</dt>
    <dd>${f.number(list.total)}</dd>
    <dt>SHA-256</dt>
    <dd><code class="long" dir="ltr">${list.checksum}</code> <a href="${pathOfList(list.id, '.txt')}" rel="nofollow">${t('cited.text')}</a></dd>
  </dl>`
}

const files = [
  ['csv', 'CSV'],
  ['json', 'JSON'],
] as const
const references = [
  ['bib', 'BibTeX'],
  ['ris', 'RIS'],
  ['csl', 'CSL-JSON'],
] as const

function citing(view: View, { list, input }: Shown): Html {
  const { t, href } = view
  const links = (all: readonly (readonly [string, string])[]) =>
    all.map(
      ([ending, name]) =>
        html`<a href="${href(pathOfList(list.id, `.${ending}`))}" rel="nofollow" download>${name}</a> `,
    )
  return html`<section aria-labelledby="cite">
    <h2 id="cite">${t('cited.how')}</h2>
    <p class="cite" dir="auto">${citationOf(view, list, input)}</p>
    <p>${t('cited.reference')} ${links(references)}</p>
    <p>${t('cited.take')} ${links(files)}</p>
  </section>`
}

function line(view: View, { id, revision, state, record, into }: Entry): Html {
  const { t, href } = view
  const told =
    state !== 'unchanged' &&
    html`<p class="small">${t(`cited.state.${state}`)} ${leadsTo(view, { id, state, into })}</p>`
  if (!record)
    return html`<li class="card">
      <p><bdi dir="ltr">${id}</bdi></p>
      ${told}
    </li>`
  return html`<li class="card">
    <p class="kind">${t(`kind.${record.kind}.one`)}</p>
    <p><a href="${href(`${recordPath(id)}/versions/${revision}`)}">${textOf(view, record.body.title, record.body.originalLanguage)}</a> <span class="small">${t('cited.version', { revision })}</span></p>
    ${told}
  </li>`
}

function leadsTo({ t, href }: View, { id, state, into }: Pick<Entry, 'id' | 'state' | 'into'>): Content {
  if (state === 'erased') return nothing
  return html`<a href="${href(recordPath(into ?? id))}">${t(into ? 'cited.mergedInto' : 'cited.today')}</a>`
}

function pages({ t, href }: View, { list, from }: Shown): Content {
  if (list.total <= onPage) return nothing
  const link = (at: number, words: string) =>
    html`<a class="button" href="${href(`${pathOfList(list.id)}${at > 1 ? `?from=${at}` : ''}`)}" rel="nofollow">${words}</a> `
  return html`<nav class="pages" aria-label="${t('search.pages')}">
    ${from > 1 && link(Math.max(1, from - onPage), t('cited.before'))}${from + onPage <= list.total && link(from + onPage, t('search.next'))}
  </nav>`
}
