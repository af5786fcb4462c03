/** What curators recommend: all of it in a table, and the form of one. */
import { html, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { draftScript } from '#features/editorial/pages/draft.ts'
import { linksOf } from '#records/check.ts'
import type { FormField } from '#records/form/plan.ts'
import type { StoredRecord } from '#records/record.ts'
import { bestBet } from '#search/best-bet.ts'
import { recordPath } from '#ui/cards.ts'
import { control, type FormLinks } from '#ui/controls.ts'
import { errorSummary, form, press, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { fieldName, languageNamed, languageWithin, textOf, type View } from '#ui/view.ts'

const path = '/best-bets'
const ofDesk = (view: View) => ({ name: view.t('nav.desk'), path: '/desk' })

type Listed = {
  bets: readonly StoredRecord[]
  /** Records by identifier. */
  links: ReadonlyMap<string, StoredRecord>
  next: number | null
  saved: string | null
}

export function bestBetsPage(view: View, { bets, links, next, saved }: Listed): HttpResponse {
  const { t, href } = view
  return page(view, {
    title: t('bestBets.title'),
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [ofDesk(view)])}
      <h1>${t('bestBets.title')}</h1>
      ${saved && html`<p class="note" role="status">${t(saved === 'removed' ? 'bestBets.isRemoved' : 'bestBets.isSaved')}</p>`}
      <p class="lead">${t('bestBets.lead')}</p>
      <p><a class="button" href="${href(`${path}/new`)}">${t('bestBets.add')}</a></p>
      ${bets.length === 0 ? html`<p class="soft">${t('bestBets.none')}</p>` : table(view, bets, links)}
      ${next !== null && html`<p><a href="${href(`${path}?after=${next}`)}">${t('bestBets.next')}</a></p>`}`,
  })
}

function table(view: View, bets: readonly StoredRecord[], links: Listed['links']): Html {
  const { t, f, href } = view
  return html`<div class="wide" role="region" aria-label="${t('bestBets.title')}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${t('bestBets.question')}</th>
          <th scope="col">${t('field.best-bet.recommends')}</th>
          <th scope="col">${t('bestBets.changed')}</th>
          <th scope="col"><span class="hidden">${t('bestBets.act')}</span></th>
        </tr>
      </thead>
      <tbody>
        ${bets.map((bet) => {
          const { title, originalLanguage } = bet.body
          const questions = Object.entries(title).sort(([one]) => (one === originalLanguage ? -1 : 1))
          return html`<tr>
            <th scope="row">
              <ul class="plain">
                ${questions.map(([language, question]) => html`<li><a href="${href(`/search?q=${encodeURIComponent(question)}`)}" lang="${language}"><bdi>${question}</bdi></a> <span class="soft">${languageNamed(view, language)}</span></li>`)}
              </ul>
            </th>
            <td>
              <ul class="plain">
                ${linksOf(bestBet, bet.body).map(({ toId }) => html`<li>${linked(view, links.get(toId))}</li>`)}
              </ul>
            </td>
            <td>${f.time(bet.changedAt)}</td>
            <td>
              <div class="row">
                <a href="${href(`${path}/${bet.id}`)}">${t('bestBets.edit')}<span class="hidden"> ${textOf(view, bet.body.title, bet.body.originalLanguage)}</span></a>
                ${press(view, `${path}/${bet.id}/remove`, t('bestBets.remove'), { revision: String(bet.revision) })}
              </div>
            </td>
          </tr>`
        })}
      </tbody>
    </table>
  </div>`
}

/** A record that was withdrawn since is said: the recommendation shows less than it names. */
const linked = (view: View, record: StoredRecord | undefined): Html =>
  record
    ? html`<a href="${view.href(recordPath(record.id))}">${textOf(view, record.body.title, record.body.originalLanguage)}</a>`
    : html`<span class="soft">${view.t('bestBets.gone')}</span>`

export type Filled = {
  bet: StoredRecord | undefined
  body: Readonly<Record<string, unknown>>
  errors: Errors
  typed: ReadonlyMap<string, string>
  links: FormLinks
}

/** The form of one; texts are in the language of the page. */
export function bestBetForm(view: View, asked: readonly FormField[], { bet, body, errors, typed, links }: Filled) {
  const { t, href } = view
  const title = t(bet ? 'bestBets.edit' : 'bestBets.add')
  const filling = { kind: bestBet.name, language: view.language, errors, typed, links, beside: () => undefined }
  const question = (body['title'] as Record<string, string> | undefined)?.[view.language]
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    head: draftScript(view),
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [ofDesk(view), { name: t('bestBets.title'), path }])}
      <div class="narrow">
        <h1>${title}</h1>
        ${errorSummary(view, errors, (place) => fieldName(view, bestBet.name, place.split('.')[0]!))}
        <p>${t('bestBets.language', { language: languageWithin(view, view.language) })}</p>
        ${bet && question && html`<p><a href="${href(`/search?q=${encodeURIComponent(question)}`)}">${t('bestBets.preview')}</a></p>`}
        ${form(
          view,
          bet ? `${path}/${bet.id}` : path,
          html`${bet && html`<input type="hidden" name="revision" value="${bet.revision}" />`}
            ${asked.map((one) => control(view, one, body[one.name] ?? undefined, filling))}
            <button>${t('form.save')}</button>`,
        )}
      </div>`,
  })
}
