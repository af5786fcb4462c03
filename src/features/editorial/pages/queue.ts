/** What waits for review, as far as it is asked for; and who has how much of it. */
import type { MessageKey } from '#kernel/i18n/message-key.ts'
import { html, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Named } from '../collections/members.ts'
import { nobody } from '../drafts/nobody.ts'
import { queueStates, type QueueLine } from '../drafts/queue.ts'
import type { Load } from '../reviewing/workload.ts'
import { draftPath, draftTitle } from './draft.ts'
import { select, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { rowsTable } from '#ui/rows-table.ts'
import { plainTitle, textOf, type View } from '#ui/view.ts'

const none: Errors = new Map()

export function queueTable(view: View, lines: readonly QueueLine[]): Html {
  const { t, f, href } = view
  const headings = ['what', 'state', 'author', 'collection', 'since', 'reviewers'] as const
  return rowsTable({
    of: { label: t('queue.title') },
    heads: headings.map((one) => ({ name: t(`queue.${one}`) })),
    rows: lines.map((one) => [
      html`<a href="${href(draftPath(one.id))}">${draftTitle(view, one)}</a> <span class="soft">${t(`kind.${one.kind}.one`)}</span>`,
      html`${t(`state.${one.state}`)}`,
      html`${authorOf(view, one)}`,
      html`${one.collection ? html`<a href="${href(`/collections/${one.collection.id}`)}">${textOf(view, one.collection.title, one.collection.originalLanguage)}</a>` : '—'}`,
      html`${f.time(one.changedAt)}`,
      html`${one.assignments.length === 0 ? t('queue.nobody') : one.assignments.map((given) => html`<div><bdi>${given.reviewer}</bdi>${given.dueOn && html` · ${t('queue.due', { day: f.day(given.dueOn) })}`}</div>`)}`,
    ]),
  })
}

/** Nobody in particular wrote what came without a name; who may not be told is another matter. */
const authorOf = ({ t }: View, { author, ownerId, isUnnamed }: QueueLine): Content =>
  isUnnamed
    ? html`<em>${t('comment.unnamed')}</em>`
    : ownerId === nobody
      ? html`<em>${t('anonymous.author')}</em>`
      : html`<bdi>${author}</bdi>`

export type QueueFilters = {
  state: string
  kind: string
  collection: string
  reviewer: string
  overdue: boolean
  mine: boolean
}

export type QueuePage = {
  lines: readonly QueueLine[]
  next: number | null
  filters: QueueFilters
  kinds: readonly string[]
  collections: readonly Named[]
  /** People who have something to review, for those who may see that. */
  reviewers: readonly Load[] | undefined
}

const addressOf = (filters: QueueFilters, after: number): string => {
  const given = Object.entries(filters).flatMap(([name, value]): [string, string][] =>
    value === '' || value === false ? [] : [[name, String(value)]],
  )
  return `/queue?${new URLSearchParams([...given, ['after', String(after)]])}`
}

export function queuePage(
  view: View,
  { lines, next, filters, kinds, collections, reviewers }: QueuePage,
): HttpResponse {
  const { t, href } = view
  const chooser = (name: 'state' | 'kind' | 'collection' | 'reviewer', empty: MessageKey, of: [string, string][]) =>
    select(view, {
      name,
      label: t(`queue.${name}`),
      errors: none,
      value: filters[name],
      empty: t(empty),
      choices: of.map(([value, label]) => ({ value, label })),
    })
  const box = (name: 'mine' | 'overdue', words: string) =>
    html`<label class="box"><input type="checkbox" name="${name}" value="true"${filters[name] && html` checked`} /> ${words}</label>`
  return page(view, {
    title: t('queue.title'),
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: t('nav.desk'), path: '/desk' }])}
      <h1>${t('queue.title')}</h1>
      <form class="form row-form" action="${href('/queue')}">
        ${chooser(
          'state',
          'queue.all',
          queueStates.map((one) => [one, t(`state.${one}`)]),
        )}
        ${chooser(
          'kind',
          'queue.anyKind',
          kinds.map((one) => [one, t(`kind.${one}.one`)]),
        )}
        ${
          collections.length > 0 &&
          chooser(
            'collection',
            'queue.anyCollection',
            collections.map(({ id, title, originalLanguage }) => [id, plainTitle(view, { title, originalLanguage })]),
          )
        }
        ${
          reviewers &&
          reviewers.length > 0 &&
          chooser(
            'reviewer',
            'queue.anyReviewer',
            reviewers.map(({ id, name }) => [id, name]),
          )
        }
        ${box('overdue', t('queue.overdue'))} ${box('mine', t('queue.onlyMine'))}
        <button>${t('search.button')}</button>
      </form>
      ${lines.length === 0 ? html`<p class="soft">${t('queue.none')}</p>` : queueTable(view, lines)}
      ${next !== null && html`<p><a href="${href(addressOf(filters, next))}">${t('queue.next')}</a></p>`}
      ${reviewers && reviewers.length > 0 && workloadTable(view, reviewers)}`,
  })
}

function workloadTable(view: View, reviewers: readonly Load[]): Html {
  const { t, f, href } = view
  const headings = ['open', 'overdue', 'done', 'days'] as const
  return html`<h2 id="workload">${t('workload.title')}</h2>
    ${rowsTable({
      of: { headingId: 'workload' },
      heads: [
        { name: t('queue.reviewer') },
        ...headings.map((one) => ({ name: t(`workload.${one}`), isAmount: true as const })),
      ],
      rows: reviewers.map(({ id, name, open, overdue, done, medianDays }) => [
        html`<a href="${href(`/queue?reviewer=${id}`)}"><bdi>${name}</bdi></a>`,
        html`${f.number(open)}`,
        html`${overdue > 0 ? html`<strong>${f.number(overdue)}</strong>` : f.number(overdue)}`,
        html`${f.number(done)}`,
        html`${medianDays === null ? '—' : f.decimal(medianDays)}`,
      ]),
    })}`
}
