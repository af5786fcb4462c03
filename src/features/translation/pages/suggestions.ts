/** Suggested translations: those that wait or that one made, and one of them beside what readers see. */
import { personField } from '#accounts/pages/person-field.ts'
import type { PersonFound } from '#accounts/find-people.ts'
import { passwordField } from '#accounts/pages/password-field.ts'
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import { wordsBetween } from '#kernel/i18n/words-between.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Kind } from '#records/kind.ts'
import { recordPath } from '#ui/cards.ts'
import { changedText } from '#ui/changed-text.ts'
import { errorSummary, field, form, input, press, select, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { inLanguage, languageNamed, languageWithin, paragraphsOf, textOf, type View } from '#ui/view.ts'
import type { SuggestionLine } from '../shapes.ts'
import type { Suggestion } from '../suggestions.ts'
import { placeName } from './translate.ts'

export const suggestionPath = (id: string) => `/translations/${id}`
const none: Errors = new Map()

const titleOf = (view: View, { title, originalLanguage, recordId }: SuggestionLine): Content =>
  Object.keys(title).length > 0 ? textOf(view, title, originalLanguage) : html`<bdi>${recordId}</bdi>`
const nameOf = (view: View, name: string): Content => (name ? html`<bdi>${name}</bdi>` : view.t('suggestions.somebody'))

export function suggestionTable(view: View, all: readonly SuggestionLine[], isOwn = false): Html {
  const { t, f, href } = view
  const heads = [
    'suggestions.record',
    'suggestions.language',
    isOwn ? 'suggestions.state' : 'suggestions.by',
    'suggestions.since',
  ] as const
  return html`<div class="wide" role="region" aria-label="${t('suggestions.heading')}" tabindex="0">
    <table>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${t(head)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${all.map(
          (one) =>
            html`<tr>
              <th scope="row"><a href="${href(suggestionPath(one.id))}">${titleOf(view, one)}</a> <span class="soft">${t(`kind.${one.kind}.one`)}</span></th>
              <td>${languageNamed(view, one.language)}</td>
              <td>${isOwn ? t(`suggestions.state.${one.state}`) : nameOf(view, one.by.name)}</td>
              <td><time datetime="${one.at}">${f.time(one.at)}</time></td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

export type SuggestionList = {
  suggestions: readonly SuggestionLine[]
  count: number
  next: number | null
  isOwn: boolean
  filters: { language: string; record: string }
  languages: readonly string[]
}

export function suggestionsPage(view: View, list: SuggestionList): HttpResponse {
  const { t, href } = view
  const { suggestions, count, next, isOwn, filters, languages } = list
  const path = isOwn ? '/translations/mine' : '/translations'
  const title = t(isOwn ? 'suggestions.mine' : 'suggestions.title')
  const more = new URLSearchParams({
    ...(filters.language && { language: filters.language }),
    ...(filters.record && { record: filters.record }),
    after: String(next),
  })
  return page(view, {
    title,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: t('nav.desk'), path: '/desk' }])}
      <h1>${title}</h1>
      <p class="lead">${t(isOwn ? 'suggestions.mineLead' : 'suggestions.lead')}</p>
      <p><a href="${href(isOwn ? '/translations' : '/translations/mine')}">${t(isOwn ? 'suggestions.title' : 'suggestions.mine')}</a></p>
      <form action="${href(path)}" class="form narrow not-printed">
        ${filters.record && html`<input type="hidden" name="record" value="${filters.record}" />`}
        ${select(view, { name: 'language', label: t('suggestions.language'), errors: none, isRequired: false, empty: t('suggestions.allLanguages'), value: filters.language, choices: languages.map((one) => ({ value: one, label: languageNamed(view, one) })) })}
        <button>${t('suggestions.filter')}</button>
      </form>
      ${filters.record && html`<p>${t('suggestions.ofOneRecord')} <a href="${href(path)}">${t('suggestions.all')}</a></p>`}
      <p>${t('suggestions.count', { count })}</p>
      ${count === 0 ? html`<p class="soft">${t(isOwn ? 'suggestions.noneOwn' : 'suggestions.none')}</p>` : suggestionTable(view, suggestions, isOwn)}
      ${next !== null && html`<p><a href="${href(`${path}?${more}`)}" rel="next">${t('search.next')}</a></p>`}`,
  })
}

export type OneSuggestion = {
  one: Suggestion
  kind: Kind | undefined
  typed?: ReadonlyMap<string, string>
  errors?: Errors
  isConflict?: boolean
  told?: boolean
}

export function suggestionPage(view: View, parts: OneSuggestion): HttpResponse {
  const { t, f, href } = view
  const { one, kind, errors = none, isConflict = false, told = false } = parts
  const language = languageWithin(view, one.language)
  const title = t('suggestion.title', { language })
  const label = (place: string) =>
    place === 'reason'
      ? t('suggestion.reason')
      : place === 'email'
        ? t('translators.email')
        : place === 'appointPassword'
          ? t('account.field.password')
          : kind
            ? placeName(view, kind, place)
            : place
  const isThere = one.newest > 0
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: isConflict ? 409 : errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [
      one.isOwn
        ? { name: t('suggestions.mine'), path: '/translations/mine' }
        : { name: t('suggestions.title'), path: '/translations' },
    ])}
      <h1>${title}</h1>
      ${told && html`<p class="note" role="status">${t(`suggestion.told.${one.state}`)}</p>`}
      ${isConflict && html`<p class="errors" role="alert">${t('suggestion.conflict')}</p>`}
      ${errorSummary(view, errors, label)}
      <dl>
        <dt>${t('suggestions.record')}</dt>
        <dd>${isThere ? html`<a href="${href(recordPath(one.recordId))}">${titleOf(view, one)}</a>` : html`${titleOf(view, one)} ${t('suggestion.withdrawnRecord')}`}</dd>
        <dt>${t('suggestions.by')}</dt>
        <dd>${nameOf(view, one.by.name)} · <time datetime="${one.at}">${f.time(one.at)}</time></dd>
        <dt>${t('suggestions.state')}</dt>
        <dd>${t(`suggestions.state.${one.state}`)}${one.judgedAt !== null && html` · ${nameOf(view, one.judgedBy)} · <time datetime="${one.judgedAt}">${f.time(one.judgedAt)}</time>`}${one.revision !== null && isThere && html` · <a href="${href(`${recordPath(one.recordId)}/history`)}">${t('record.history')}</a>`}</dd>
        ${one.reason && html`<dt>${t('suggestion.reason')}</dt><dd>${inLanguage(view, one.reason, view.language)}</dd>`}
      </dl>
      ${one.machine && html`<p class="warning">${t('suggestion.machine')}</p>`}
      ${one.mayJudge && isThere ? acceptForm(view, parts) : one.texts.map((text) => compared(view, parts, text))}
      ${one.mayJudge && declineForm(view, parts)}
      ${one.isOwn && one.state === 'waiting' && withdraw(view, one)}
      ${one.mayAppoint && !one.isOwn && appoint(view, one, errors)}`,
  })
}

type Text = Suggestion['texts'][number]

/** The original, what readers see today, and what was suggested, with what is different marked in both. */
function compared(view: View, { one, kind }: OneSuggestion, text: Text): Html {
  const { t } = view
  const parts = wordsBetween(text.present, text.suggested, one.language)
  const isSame = one.state === 'waiting' && text.present === text.suggested
  return html`<section>
    <h2>${kind ? placeName(view, kind, text.place) : text.place}</h2>
    <h3>${t('suggestion.original')}</h3>
    ${text.original ? paragraphsOf(view, { [one.originalLanguage]: text.original }) : html`<p class="soft">${t('suggestion.goneText')}</p>`}
    ${text.originalThen !== null && html`<div class="note"><p>${t('translate.then')}</p><del>${paragraphsOf(view, { [one.originalLanguage]: text.originalThen })}</del></div>`}
    ${isSame && html`<p class="soft">${t('suggestion.same')}</p>`}
    ${!isSame && one.state === 'waiting' && html`<h3>${t('suggestion.present')}</h3>${text.present ? changedText(view, one.language, parts, 'before') : html`<p class="soft">${t('suggestion.noPresent')}</p>`}`}
    <h3>${t('suggestion.suggested')}</h3>
    ${one.state === 'waiting' && text.present ? changedText(view, one.language, parts, 'after') : paragraphsOf(view, { [one.language]: text.suggested })}
  </section>`
}

function acceptForm(view: View, parts: OneSuggestion): Html {
  const { t } = view
  const { one, kind, typed, errors = none } = parts
  return form(
    view,
    `${suggestionPath(one.id)}/accept`,
    html`<input type="hidden" name="revision" value="${one.newest}" />
      ${one.texts.map((text) => {
        const value = typed?.get(text.place) ?? text.suggested
        const label = html`${t('suggestion.accepted')} <span class="soft">(${kind ? placeName(view, kind, text.place) : text.place})</span>`
        const rows = Math.min(16, Math.max(2, Math.ceil(value.length / 60)))
        return html`${compared(view, parts, text)}
        ${text.original && field(view, { name: text.place, label, hint: t('suggestion.acceptedHint'), errors, isRequired: false }, (marks) => html`<textarea${marks} rows="${rows}" lang="${one.language}" dir="${directionOf(one.language)}">\n${value}</textarea>`)}`
      })}
      <button>${t('suggestion.accept')}</button>`,
  )
}

function declineForm(view: View, { one, typed, errors = none }: OneSuggestion): Html {
  const { t } = view
  return html`<h2>${t('suggestion.decline')}</h2>
    ${form(
      view,
      `${suggestionPath(one.id)}/decline`,
      html`${field(view, { name: 'reason', label: t('suggestion.reason'), hint: t('suggestion.reasonHint'), errors }, (marks) => html`<textarea${marks} rows="3" dir="auto" maxlength="2000">\n${typed?.get('reason') ?? ''}</textarea>`)}
        <button class="quiet">${t('suggestion.declineButton')}</button>`,
    )}`
}

const withdraw = (view: View, one: Suggestion): Html =>
  html`<h2>${view.t('suggestion.withdraw')}</h2><p>${view.t('suggestion.withdrawLead')}</p>${press(view, `${suggestionPath(one.id)}/withdraw`, view.t('suggestion.withdrawButton'))}`

const appoint = (view: View, one: Suggestion, errors: Errors): Content =>
  view.session?.roles.some((role) => role === 'curator' || role === 'operator') && one.by.name
    ? html`<h2>${view.t('translators.appoint')}</h2>
        <p>${view.t('translators.appointLead')}</p>
        ${form(
          view,
          '/translators',
          html`<input type="hidden" name="suggestion" value="${one.id}" /><input type="hidden" name="language" value="${one.language}" />
            ${passwordField(view, { name: 'appointPassword', hasPassword: true, errors, hint: view.t('account.proof.hint') })}
            <button class="quiet">${view.t('translators.appointThis', { name: one.by.name, language: languageWithin(view, one.language) })}</button>`,
        )}`
    : nothing

export type TranslatorList = {
  translators: readonly { account: string; name: string; language: string; at: string }[]
  typed?: ReadonlyMap<string, string>
  /** Who may be meant by the name that was typed. */
  found?: readonly PersonFound[]
  errors?: Errors
}

export function translatorsPage(
  view: View,
  { translators, typed, found = [], errors = none }: TranslatorList,
): HttpResponse {
  const { t, f } = view
  const title = t('translators.title')
  const labels: Record<string, string> = {
    email: t('translators.email'),
    language: t('translators.language'),
    appointPassword: t('account.field.password'),
  }
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: t('nav.desk'), path: '/desk' }])}
      <h1>${title}</h1>
      <p class="lead">${t('translators.lead')}</p>
      ${errorSummary(view, errors, (name) => labels[name] ?? name)}
      ${
        translators.length === 0
          ? html`<p class="soft">${t('translators.none')}</p>`
          : html`<div class="wide" role="region" aria-label="${title}" tabindex="0"><table>
              <thead><tr><th scope="col">${t('translators.name')}</th><th scope="col">${t('suggestions.language')}</th><th scope="col">${t('translators.since')}</th><td></td></tr></thead>
              <tbody>${translators.map((one) => html`<tr><th scope="row"><bdi>${one.name}</bdi></th><td>${languageNamed(view, one.language)}</td><td><time datetime="${one.at}">${f.time(one.at)}</time></td><td>${press(view, '/translators/dismiss', html`${t('translators.dismiss')}<span class="hidden"> ${one.name}, ${languageNamed(view, one.language)}</span>`, { account: one.account, language: one.language })}</td></tr>`)}</tbody>
            </table></div>`
      }
      <h2>${t('translators.appoint')}</h2>
      <p>${t('translators.appointLead')}</p>
      <div class="narrow">
        ${form(
          view,
          '/translators',
          html`${personField(view, { label: labels.email!, errors, value: typed?.get('email') ?? '', found })}
            ${input(view, { name: 'language', label: labels.language, hint: t('translators.languageHint'), errors, direction: 'ltr', max: 35, value: typed?.get('language') ?? '' })}
            ${passwordField(view, { name: 'appointPassword', hasPassword: true, errors, hint: t('account.proof.hint') })}
            <button>${t('translators.button')}</button>`,
        )}
      </div>`,
  })
}
