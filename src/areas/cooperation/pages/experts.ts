/** The network of expertise: its people, one of them, one’s own entry, and one’s messages. */
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { optionsOf } from '#ui/code-choices.ts'
import { control, noLinks } from '#ui/controls.ts'
import { errorSummary, field, form, press, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { select } from '#ui/select.ts'
import { fieldName, languageNamed, plainLabel, textOf, type View } from '#ui/view.ts'
import type { Expert } from '../experts.ts'
import type { ExpertMessage } from '../expert-messages.ts'
import { expertStep, type ExpertProfile } from '../expert-profile.ts'

/** The name in the address, its code list, and the words above it. */
export const expertFilters = [
  { name: 'skill', list: 'expert-help', words: 'field.expertHelp' },
  { name: 'country', list: 'countries', words: 'facet.country' },
  { name: 'area', list: 'areas', words: 'facet.area' },
  { name: 'level', list: 'levels', words: 'facet.level' },
] as const
export type ExpertChoice = Partial<Record<(typeof expertFilters)[number]['name'] | 'language', string>>

type Listed = {
  experts: readonly Expert[]
  total: number
  next: number | null
  chosen: ExpertChoice
  spoken: readonly string[]
}

export function expertsPage(view: View, { experts, total, next, chosen, spoken }: Listed): HttpResponse {
  const { t, href } = view
  const isNarrowed = Object.keys(chosen).length > 0
  return page(view, {
    title: t('experts.title'),
    description: t('experts.lead'),
    main: html`<h1>${t('experts.title')}</h1>
      <p class="lead">${t('experts.lead')}</p>
      ${choices(view, chosen, spoken)}
      <p role="status"><strong>${t('experts.count', { count: total })}</strong></p>
      ${
        experts.length > 0
          ? html`<ul class="findings phase">
              ${experts.map((one) => item(view, one))}
            </ul>`
          : html`<p>${isNarrowed ? t('experts.noneSuch') : t('experts.none')}</p>`
      }
      ${next !== null && html`<p class="more"><a href="${href(`/experts?${new URLSearchParams({ ...chosen, after: String(next) })}`)}">${t('offers.next')}</a></p>`}
      <p class="go not-printed">
        <a class="button" href="${href('/experts/mine')}">${t('experts.join')}</a>
        ${view.session && html` <a href="${href('/experts/messages')}">${t('experts.messages')}</a>`}
      </p>`,
  })
}

const choices = (view: View, chosen: ExpertChoice, spoken: readonly string[]): Html =>
  html`<form class="asking" action="${view.href('/experts')}">
    ${expertFilters.map(({ name, list, words }) =>
      select(view, { name, label: view.t(words), options: optionsOf(view, list), chosen: [chosen[name] ?? ''] }),
    )}
    ${select(view, {
      name: 'language',
      label: view.t('facet.language'),
      options: spoken
        .map((value) => ({ value, name: languageNamed(view, value) }))
        .toSorted((a, b) => view.f.compare(a.name, b.name)),
      chosen: [chosen.language ?? ''],
    })}
    <p class="go"><button>${view.t('offers.show')}</button> <a href="${view.href('/experts')}">${view.t('offers.reset')}</a></p>
  </form>`

const pathOf = ({ id }: Pick<Expert, 'id'>) => `/experts/${id}`

function factsOf(view: View, profile: ExpertProfile): string[] {
  const labels = (codes: readonly string[] = [], list: string) =>
    codes.map((code) => plainLabel(view, list, code)).join(view.f.comma)
  return [
    profile.workingLanguages.map((code) => languageNamed(view, code)).join(view.f.comma),
    labels(profile.countries, 'countries') || view.t('offers.anyCountry'),
    labels(profile.areas, 'areas'),
    labels(profile.levels, 'levels'),
  ].filter(Boolean)
}

const helps = (view: View, { expertHelp }: ExpertProfile): string =>
  expertHelp.map((code) => plainLabel(view, 'expert-help', code)).join(view.f.comma)

const item = (view: View, one: Expert): Html =>
  html`<li>
    <p><bdi>${one.name}</bdi></p>
    <div>
      ${organisation(view, one.profile)}
      <a href="${view.href(pathOf(one))}">${helps(view, one.profile)}</a>
      <p class="facts">
        ${joined(
          factsOf(view, one.profile).map((fact) => html`<span>${fact}</span>`),
          ' ',
        )}
      </p>
      ${about(view, one.profile)}
    </div>
  </li>`

const organisation = (view: View, { expertFor }: ExpertProfile): Content =>
  expertFor ? html`<p>${view.t('experts.for', { organisation: expertFor })}</p>` : nothing

const about = (view: View, { aboutExpert }: ExpertProfile): Content =>
  aboutExpert ? html`<p>${textOf(view, aboutExpert, Object.keys(aboutExpert)[0]!)}</p>` : nothing

const home = (view: View) => crumbs(view, [{ name: view.t('experts.title'), path: '/experts' }])

type Writing = { expert: Expert; isOwn: boolean; isCurator: boolean; sent: boolean; typed: string; errors: Errors }

export function expertPage(view: View, { expert, isOwn, isCurator, sent, typed, errors }: Writing): HttpResponse {
  const { t } = view
  return page(view, {
    title: t('experts.one', { name: expert.name }),
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${home(view)}
      <div class="narrow">
        <h1><bdi>${expert.name}</bdi></h1>
        ${sent && html`<p class="note" role="status">${t('experts.sent')}</p>`}
        ${errorSummary(view, errors, () => t('experts.text'))}
        ${organisation(view, expert.profile)}
        <p class="lead">${helps(view, expert.profile)}</p>
        <ul>
          ${factsOf(view, expert.profile).map((fact) => html`<li>${fact}</li>`)}
        </ul>
        ${about(view, expert.profile)} ${isOwn ? html`<p><a href="${view.href('/experts/mine')}">${t('experts.change')}</a></p>` : writing(view, expert, typed, errors)}
        ${isCurator && press(view, `${pathOf(expert)}/hidden`, t('experts.hide'), { hidden: 'true' })}
      </div>`,
  })
}

function writing(view: View, expert: Expert, typed: string, errors: Errors): Html {
  const { t, href } = view
  if (!view.session)
    return html`<p>
      <a href="${href(`/sign-in?next=${encodeURIComponent(`${view.prefix}${pathOf(expert)}`)}`)}">${t('experts.signIn')}</a>
    </p>`
  return html`<h2>${t('experts.write')}</h2>
    <p>${t('experts.privacy')}</p>
    ${form(
      view,
      `${pathOf(expert)}/messages`,
      html`${textBox(view, { name: 'text', label: t('experts.text'), value: typed, errors })}
        <p class="go"><button>${t('experts.send')}</button></p>`,
    )}`
}

type Box = { name: string; label: string; value: string; errors: Errors; part?: string }
const textBox = (view: View, { value, ...parts }: Box): Html =>
  field(
    view,
    parts,
    (marks) => html`<textarea${marks} rows="6" maxlength="5000" dir="auto" required>${value}</textarea>`,
  )

type Own = {
  isShown: boolean
  isHidden: boolean
  profile: Readonly<Record<string, unknown>>
  saved: boolean
  errors: Errors
  unread: ReadonlyMap<string, string>
}

export function ownExpertPage(view: View, { isShown, isHidden, profile, saved, errors, unread }: Own): HttpResponse {
  const { t } = view
  const filling = {
    kind: 'expert',
    language: view.language,
    errors,
    typed: unread,
    links: noLinks,
    beside: () => undefined,
  }
  const title = t('experts.mine')
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${home(view)}
      <div class="narrow">
        <h1>${title}</h1>
        ${saved && html`<p class="note" role="status">${t('experts.saved')}</p>`}
        ${isHidden && html`<p class="note">${t('experts.isHidden')}</p>`}
        ${errorSummary(view, errors, (place) => fieldName(view, 'expert', place.split('.')[0]!))}
        <p class="lead">${t('experts.mineLead')}</p>
        ${form(
          view,
          '/experts/mine',
          html`${expertStep.asked.map((one) => control(view, one, profile[one.name] ?? undefined, filling))}
            <p class="go"><button>${t('experts.show')}</button></p>`,
        )}
        ${isShown && press(view, '/experts/mine/remove', t('experts.leave'))}
      </div>`,
  })
}

type Messages = {
  messages: readonly ExpertMessage[]
  refused: { id: string; typed: string; errors: Errors } | undefined
}

export function expertMessagesPage(view: View, { messages, refused }: Messages): HttpResponse {
  const { t } = view
  return page(view, {
    title: t('experts.messages'),
    status: refused ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${home(view)}
      <div class="narrow">
        <h1>${t('experts.messages')}</h1>
        ${errorSummary(view, refused?.errors ?? new Map(), () => t('experts.answer'))}
        <p>${t('experts.privacy')}</p>
        ${messages.length === 0 && html`<p>${t('experts.noMessages')}</p>`}
        ${messages.map((one) => message(view, one, refused?.id === one.id ? refused : undefined))}
      </div>`,
  })
}

function message(view: View, one: ExpertMessage, refused: Messages['refused']): Html {
  const { t, f } = view
  const name = one.other || t('actor.formerMember')
  const path = `/experts/messages/${one.id}`
  return html`<article class="comment" id="m-${one.id}">
    <h2>${one.isMine ? t('experts.to', { name }) : t('experts.from', { name })}</h2>
    <p class="soft">${f.time(one.at)}</p>
    <p dir="auto">${one.text}</p>
    ${
      one.answer !== null
        ? html`<h3>${t('experts.answer')}</h3>
            <p class="soft">${f.time(one.answeredAt!)}</p>
            <p dir="auto">${one.answer}</p>`
        : one.isMine
          ? html`<p>${t('experts.waits')}</p>`
          : form(
              view,
              `${path}/answer`,
              html`${textBox(view, { name: 'text', label: t('experts.answer'), value: refused?.typed ?? '', errors: refused?.errors ?? new Map(), ...(refused ? {} : { part: one.id }) })}
                <p class="go"><button>${t('experts.send')}</button></p>`,
            )
    }
    ${one.answer !== null && result(view, one, path)}
  </article>`
}

function result(view: View, { result: now }: ExpertMessage, path: string): Html {
  const { t } = view
  return html`${now && html`<p>${t('matches.outcomes')}${view.f.colon}${plainLabel(view, 'cooperation-results', now)}</p>`}
    <details>
      <summary>${t('experts.tell')}</summary>
      <ul>
        ${optionsOf(view, 'cooperation-results').map(({ value, name }) => html`<li>${press(view, `${path}/result`, name, { result: value })}</li>`)}
      </ul>
    </details>`
}
