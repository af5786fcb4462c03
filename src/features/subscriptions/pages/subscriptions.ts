/** What somebody watches: saved searches and followed records, what is new in them, and the ways of being told. */
import { wordsOr } from '#kernel/i18n/messages.ts'
import { html, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Subscribed } from '../list.ts'
import { nameOf } from '../letter.ts'
import type { NewsLine } from '../news-line.ts'
import { gatheringOf } from '../subject.ts'
import { rhythms } from '../tables.ts'
import type { Subscription } from '../subscribe.ts'
import { recordPath } from '#ui/cards.ts'
import { errorSummary, fieldId, form, input, press, select, type Errors } from '#ui/forms.ts'
import { page } from '#ui/layout.ts'
import { textOf, type View } from '#ui/view.ts'

/** What is known of whether somebody watches this: undefined where nobody is signed in. */
export type SubscriptionState = Subscription | null | undefined
type Named = Pick<Subscribed, 'title' | 'originalLanguage'> & Subscription

const none: Errors = new Map()
const rhythmsIn = ({ t }: View) => rhythms.map((value) => ({ value, label: t(`watch.often.${value}`) }))
// What may stand in a query as it is (RFC 3986, 3.4) stays so: the page already has these e-mails in this order.
const signInPath = ({ href, prefix, address }: View) =>
  href(`/sign-in?next=${`${prefix}${address}`.toWellFormed().replaceAll(/[^\w/?=.~-]/gu, encodeURIComponent)}`)

/** On the page of a search: the form that saves it, or that it is saved. */
export function saveBox(view: View, { query, watch }: { query: URLSearchParams; watch: SubscriptionState }): Html {
  const { t, href } = view
  if (watch === undefined)
    return html`<p class="small"><a class="follow" href="${signInPath(view)}" rel="nofollow">${t('watch.signInToSave')}</a></p>`
  if (watch !== null)
    return html`<p class="note">${t('watch.isSaved', { often: t(`watch.often.${watch.often}`) })} <a href="${href('/watching')}">${t('watch.title')}</a></p>`
  return html`<details class="keep">
    <summary>${t('watch.save')}</summary>
    ${saveForm(view, { query: query.toString(), name: '', often: 'weekly', errors: none })}
  </details>`
}

type Saving = { query: string; name: string; often: string; errors: Errors }

const saveForm = (view: View, { query, name, often, errors }: Saving): Html =>
  form(
    view,
    '/watching/searches',
    html`<input type="hidden" name="query" value="${query}" />
      ${input(view, { name: 'name', label: view.t('watch.name'), hint: view.t('watch.nameHint'), value: name, errors, isRequired: false, max: 200 })}
      ${select(view, { name: 'often', label: view.t('watch.often'), errors, value: often, choices: rhythmsIn(view) })}
      <button>${view.t('watch.save')}</button>`,
  )

/** What was wrong with saving a search, to be mended there. */
export function saveSearchPage(view: View, saving: Saving): HttpResponse {
  const { t } = view
  const title = t('watch.save')
  return page(view, {
    title: t('form.titleWrong', { title }),
    status: 422,
    unlisted: true,
    keep: false,
    main: html`<div class="narrow">
      <h1>${title}</h1>
      ${errorSummary(view, saving.errors, (name) => t(name === 'name' ? 'watch.name' : 'watch.often'))}
      ${saveForm(view, saving)}
    </div>`,
  })
}

/** On the page of a record, or of what goes by one value: one button to follow it, and to stop. */
export function followButton(
  view: View,
  { watch, ...what }: { watch: SubscriptionState } & ({ record: string } | { query: string }),
): Html {
  const { t, address } = view
  if (watch === undefined)
    return html`<p class="small not-printed"><a class="follow" href="${signInPath(view)}" rel="nofollow">${t('watch.signInToFollow')}</a></p>`
  const next = { next: address }
  if (watch !== null) return press(view, `/watching/${watch.id}/end`, t('watch.unfollow'), next)
  return 'record' in what
    ? press(view, '/watching/records', t('watch.follow'), { id: what.record, ...next })
    : press(view, '/watching/searches', t('watch.follow'), { query: what.query, often: 'weekly', ...next })
}

export type SubscriptionsPage = {
  watched: readonly Subscribed[]
  upTo: number
  hasFeed: boolean
  /** Just ended: it can be taken back. */
  ended?: Named | null
  /** The address of the feed, just made; it is shown only once. */
  feed?: string
  saved?: string
  /** What is wrong with how often one is told, and of which of them. */
  refused?: { id: string; errors: Errors }
}

export function subscriptionsPage(view: View, data: SubscriptionsPage): HttpResponse {
  const { t } = view
  const { watched, upTo, ended, saved, refused } = data
  const hasNews = watched.some(({ total }) => total > 0)
  return page(view, {
    title: refused ? t('form.titleWrong', { title: t('watch.title') }) : t('watch.title'),
    status: refused ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`<h1>${t('watch.title')}</h1>
      ${refused && errorSummary(view, refused.errors, () => t('watch.often'))}
      ${saved && html`<p class="note" role="status">${wordsOr(t, `watch.done.${saved}`, saved)}</p>`}
      ${ended && html`<div class="note" role="status"><p>${t('watch.ended', { name: nameIn(view, ended) })}</p>${press(view, `/watching/${ended.id}/resume`, t('watch.undo'))}</div>`}
      <p class="lead">${t('watch.lead')}</p>
      ${watched.length === 0 ? html`<p>${t('watch.none')}</p>` : html`<ul class="cards">${watched.map((one) => watchedCard(view, one, one.id === refused?.id ? refused.errors : undefined))}</ul>`}
      ${hasNews && press(view, '/watching/seen', t('watch.sawAll'), { upTo: String(upTo) })}
      ${feedPart(view, data)}`,
  })
}

const nameIn = ({ language }: View, watch: Named): string => nameOf(watch, watch, language)

const pathOf = ({ recordId, query }: Subscription) => (recordId === null ? `/search?${query}` : recordPath(recordId))

function whatIs({ t }: View, { recordId, query }: Subscription): string {
  if (recordId !== null) return t('watch.aRecord')
  const gathering = gatheringOf(query)
  return gathering ? t(`facet.${gathering.facet}`) : t('watch.aSearch')
}

function watchedCard(view: View, watch: Subscribed, errors: Errors | undefined): Html {
  const { t, href, f } = view
  const name = nameIn(view, watch)
  const whose = html`<span class="hidden"> ${name}</span>`
  return html`<li class="card">
    <p class="kind">${whatIs(view, watch)}</p>
    <h2><a href="${href(pathOf(watch))}" dir="auto">${name}</a></h2>
    <p class="small">${t('watch.since', { day: f.day(watch.createdAt.slice(0, 10)) })}</p>
    ${watch.total > 0 ? html`<p><strong>${t('watch.new', { count: watch.total })}</strong></p>${newsList(view, watch)}` : html`<p class="soft">${t('watch.nothingNew')}</p>`}
    <div class="watch-row">
      ${form(
        view,
        `/watching/${watch.id}/often`,
        html`${errors && html`<p class="error" id="${fieldId('often')}-error">${errors.get('often')}</p>`}<label>${t('watch.often')}${whose} <select name="often" id="${fieldId(errors ? 'often' : `${watch.id}.often`)}"${errors && html` aria-invalid="true" aria-describedby="${fieldId('often')}-error"`}>${rhythmsIn(view).map(({ value, label }) => html`<option value="${value}"${value === watch.often && html` selected`}>${label}</option>`)}</select></label>
          <button class="quiet">${t('form.save')}${whose}</button>`,
      )}
      ${press(view, `/watching/${watch.id}/end`, html`${t('watch.end')}${whose}`)}
    </div>
  </li>`
}

function newsList(view: View, { lines, total, ...watch }: Subscribed): Html {
  const { t, href } = view
  const all = watch.recordId === null ? `${pathOf(watch)}&sort=newest` : pathOf(watch)
  return html`<ul class="links">
      ${lines.map((line) => html`<li><a href="${href(recordPath(line.id))}">${titleOf(view, line)}</a> <span class="small">${t(`watch.what.${line.what}`)}</span></li>`)}
    </ul>
    ${total > lines.length && html`<p><a href="${href(all)}">${t('watch.andMore', { count: total - lines.length })}</a></p>`}`
}

const titleOf = (view: View, { title, originalLanguage }: NewsLine): Content =>
  title ? textOf(view, title, originalLanguage) : view.t('watch.withdrawnRecord')

function feedPart(view: View, { hasFeed, feed }: SubscriptionsPage): Html {
  const { t } = view
  return html`<section aria-labelledby="feed">
    <h2 id="feed">${t('watch.feed.title')}</h2>
    <p>${t('watch.feed.lead')}</p>
    ${feed && html`<div class="note" role="status"><p>${t('watch.feed.isNew')}</p><p><code class="long" dir="ltr">${feed}</code></p></div>`}
    ${press(view, '/watching/feed', t(hasFeed ? 'watch.feed.renew' : 'watch.feed.make'))}
    ${hasFeed && press(view, '/watching/feed/end', t('watch.feed.end'))}
  </section>`
}

export type LetterPage = { secret: string; watch: Named | null }

/** The page behind a link in an e-mail. Nothing changes before a button is pressed. */
export function letterPage(view: View, { secret, watch }: LetterPage): HttpResponse {
  const { t } = view
  const path = `/watching/letters/${secret}`
  const button = (words: string, hidden: string) =>
    // A person who follows a link in an e-mail may be signed in as somebody else or not at all, so only the secret counts.
    html`<form method="post" action="${view.href(path)}" class="form">
      ${hidden && html`<input type="hidden" name="watch" value="${hidden}" />`}<button>${words}</button>
    </form>`
  return page(view, {
    title: t('watch.letter.title'),
    unlisted: true,
    keep: false,
    main: html`<div class="narrow">
      <h1>${t('watch.letter.title')}</h1>
      <p class="lead">${t('watch.letter.lead')}</p>
      ${watch && button(t('watch.letter.one', { name: nameIn(view, watch) }), watch.id)} ${button(t('watch.letter.all'), '')}
    </div>`,
  })
}

export function quietPage(view: View): HttpResponse {
  const { t, href } = view
  return page(view, {
    title: t('watch.letter.done'),
    unlisted: true,
    keep: false,
    main: html`<div class="narrow">
      <h1>${t('watch.letter.done')}</h1>
      <p>${t('watch.letter.doneLead')}</p>
      <p><a href="${href('/watching')}">${t('watch.title')}</a></p>
    </div>`,
  })
}
