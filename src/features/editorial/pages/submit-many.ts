/** Drafts that wait to be submitted, each with a box, or with what it still needs. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { errorSummary, fieldId, form, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { fieldName, textOf, type View } from '#ui/view.ts'
import type { ReadyDraft } from '../drafts/ready.ts'
import { checkPath, draftTitle } from './draft.ts'

export type Submitted = { count: number; refused: { id: string; title: string; why: string }[] }
type Parts = {
  drafts: readonly ReadyDraft[]
  next: number | null
  after: number
  submitted: Submitted | undefined
  errors: Errors
}

const mostNamed = 4

export function submitManyPage(view: View, { drafts, next, after, submitted, errors }: Parts): HttpResponse {
  const { t, href } = view
  const isReady = ({ needs, asksNote }: ReadyDraft) => needs.length === 0 && !asksNote
  const ready = drafts.filter(isReady)
  const rest = drafts.filter((one) => !isReady(one))
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title: t('submitMany.title') }) : t('submitMany.title'),
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: t('nav.desk'), path: '/desk' }])}
      <h1>${t('submitMany.title')}</h1>
      ${errorSummary(view, errors, () => t('submitMany.choose'))} ${submitted && outcome(view, submitted)}
      ${drafts.length === 0 && html`<p class="soft">${t('submitMany.none')}</p>`}
      ${ready.length > 0 && readyForm(view, ready, errors)}
      ${rest.length > 0 && html`<h2>${t('submitMany.incomplete')}</h2>${incomplete(view, rest)}`}
      ${(after > 0 || next !== null) && html`<nav class="pages" aria-label="${t('submitMany.pages')}"><p>${after > 0 && html`<a href="${href('/desk/submit')}">${t('submitMany.first')}</a>`} ${next !== null && html`<a href="${href(`/desk/submit?after=${next}`)}">${t('submitMany.next')}</a>`}</p></nav>`}`,
  })
}

function outcome(view: View, { count, refused }: Submitted): Html {
  const { t, href } = view
  return html`<p class="note" role="status">${t('submitMany.done', { count })}</p>
    ${
      refused.length > 0 &&
      html`<div class="errors" role="alert" tabindex="-1">
        <h2>${t('submitMany.refused', { count: refused.length })}</h2>
        <ul>${refused.map(({ id, title, why }) => html`<li><a href="${href(checkPath(id))}"><bdi>${title}</bdi></a>${view.f.colon}${why}</li>`)}</ul>
      </div>`
    }`
}

function readyForm(view: View, ready: readonly ReadyDraft[], errors: Errors): Html {
  const { t, f, session } = view
  return form(
    view,
    '/desk/submit',
    html`<fieldset id="${fieldId('draft')}" tabindex="-1">
        <legend>${t('submitMany.choose')}</legend>
        ${errors.has('draft') && html`<p class="error">${errors.get('draft')!}</p>`}
        <div class="wide" role="region" aria-label="${t('submitMany.choose')}" tabindex="0">
          <table>
            <thead>
              <tr>
                <th scope="col">${t('queue.what')}</th>
                <th scope="col">${t('queue.changed')}</th>
              </tr>
            </thead>
            <tbody>
              ${ready.map((one) => html`<tr><th scope="row">${box(view, one)}</th><td>${f.time(one.changedAt)}</td></tr>`)}
            </tbody>
          </table>
        </div>
      </fieldset>
      <p>${t('check.agree')}</p>
      <ul>
        <li>${t('submitMany.licence')}</li>
        <li>${t('check.true')}</li>
        <li>${t('check.consent')}</li>
        <li>${t('check.named', { name: session?.name ?? '' })}</li>
      </ul>
      <button>${t('submitMany.button')}</button>`,
  )
}

function box(view: View, one: ReadyDraft): Html {
  const { t, href } = view
  const id = `draft-${one.id}`
  const title = textOf(view, one.title, one.originalLanguage)
  return html`<input type="hidden" name="title.${one.id}" value="${one.title[one.originalLanguage] ?? ''}" />
    <label class="box" for="${id}"><input id="${id}" type="checkbox" name="draft" value="${one.id}.${one.revision}" checked /> ${title}</label>
    <span class="soft">${t(`kind.${one.kind}.one`)}</span> <a href="${href(checkPath(one.id))}">${t('submitMany.check')}<span class="hidden"> ${title}</span></a>`
}

function incomplete(view: View, rest: readonly ReadyDraft[]): Html {
  const { t, href } = view
  return html`<ul>
    ${rest.map((one) => html`<li><a href="${href(checkPath(one.id))}">${draftTitle(view, one)}</a>${view.f.colon}${whatItNeeds(view, one)}</li>`)}
  </ul>`

  function whatItNeeds({ f }: View, { kind, needs, asksNote }: ReadyDraft): Content {
    if (needs.length === 0 && asksNote) return t('submitMany.note')
    const some = needs.slice(0, mostNamed).map((name) => fieldName(view, kind, name))
    return t('submitMany.needs', { count: needs.length, fields: f.list(some) })
  }
}
