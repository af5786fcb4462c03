/** Whether addresses work, in words beside them; and the list of them all for curators. */
import { wordsOr } from '#kernel/i18n/messages.ts'
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { LinkLine, LinkList, LinksOfRecord } from '../operations.ts'
import { linkStates } from '../tables.ts'
import { recordPath } from '#ui/cards.ts'
import { page } from '#ui/layout.ts'
import { textOf, type View } from '#ui/view.ts'

/** Where archived copies of pages are found, by day. */
const archive = (address: string) => `https://web.archive.org/web/*/${address}`

/** What was found, when: “checked on 3 May 2026: works”. */
export function linkFound(
  view: View,
  { address, state, reason, status, movedTo, checkedAt, brokenSince }: LinkLine,
): Content {
  const { t, f } = view
  const day = checkedAt ? f.day(checkedAt.slice(0, 10)) : ''
  const since = brokenSince ? f.day(brokenSince) : ''
  const why = reason ? wordsOr(t, `links.reason.${reason}`, reason, { status: status ?? '' }) : ''
  return html`${t(`links.state.${state}`, { day, since, why })}${movedTo && html` <a href="${movedTo}" rel="external nofollow"><bdi class="long">${movedTo}</bdi></a>`}${state === 'broken' && html` <a href="${archive(address)}" rel="external nofollow">${t('links.archived')}</a>`}`
}

const shortened = (address: string) => address.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')

/** On the page of a record: each address with what was found; nothing where nobody looked. */
export function linkNotes(view: View, { links, files }: LinksOfRecord): Html {
  const { t, f } = view
  const spoilt = files.filter(({ state }) => state !== 'sound')
  const [newest] = files.map(({ checkedAt }) => checkedAt.slice(0, 10)).sort()
  if (links.length + files.length === 0) return nothing
  return html`<section aria-labelledby="links">
    <h2 id="links">${t('links.here')}</h2>
    <ul class="small">
      ${links.map((line) => html`<li class="${line.state === 'broken' && 'warning'}"><a href="${line.address}" rel="external"><bdi class="long">${shortened(line.address)}</bdi></a><br />${linkFound(view, line)}</li>`)}
      ${spoilt.map((file) => html`<li class="warning">${t(`links.file.${file.state}`, { day: f.day(file.checkedAt.slice(0, 10)) })} <bdi class="long">${file.file.slice(0, 12)}</bdi></li>`)}
      ${newest && spoilt.length === 0 && html`<li>${t('links.file.sound', { day: f.day(newest) })}</li>`}
    </ul>
  </section>`
}

export type LinksPage = LinkList & { state: string; host: string }

export function linksPage(view: View, data: LinksPage): HttpResponse {
  const { t, f, href } = view
  const { links, files, counts, next, state, host } = data
  const counted = new Map<string, number>(counts.map((one) => [one.state, one.count]))
  const address = (more: Record<string, string>) => {
    const query = new URLSearchParams(Object.entries({ state, host, ...more }).filter(([, value]) => value))
    return href(query.size > 0 ? `/links?${query}` : '/links')
  }
  return page(view, {
    title: t('links.title'),
    unlisted: true,
    keep: false,
    main: html`<h1>${t('links.title')}</h1>
      <p class="lead">${t('links.lead')}</p>
      <form action="${href('/links')}" class="form">
        <div class="fields">
          <label>${t('links.state')} <select name="state"><option value="">${t('links.any')}</option>${linkStates.map((one) => html`<option value="${one}"${one === state && html` selected`}>${t(`links.is.${one}`)} (${f.number(counted.get(one) ?? 0)})</option>`)}</select></label>
          <label>${t('links.host')} <input name="host" value="${host}" dir="ltr" maxlength="300" /></label>
          <button>${t('links.show')}</button>
        </div>
      </form>
      ${files.length > 0 && html`<h2>${t('links.files')}</h2><ul>${files.map((file) => html`<li>${t(`links.file.${file.state}`, { day: f.day(file.checkedAt.slice(0, 10)) })} <bdi class="long">${file.file}</bdi> ${recordsIn(view, file.records)}</li>`)}</ul>`}
      ${links.length === 0 ? html`<p>${t('links.none')}</p>` : table(view, links)}
      ${next && html`<p><a class="button" href="${address({ after: next })}" rel="next">${t('search.next')}</a></p>`}`,
  })
}

const table = (view: View, links: LinkList['links']): Html =>
  html`<div class="wide" role="region" tabindex="0" aria-label="${view.t('links.title')}">
    <table>
      <thead>
        <tr>
          <th scope="col">${view.t('links.address')}</th>
          <th scope="col">${view.t('links.found')}</th>
          <th scope="col">${view.t('links.records')}</th>
        </tr>
      </thead>
      <tbody>
        ${links.map((line) => html`<tr><th scope="row"><a href="${line.address}" rel="external nofollow"><bdi class="long">${shortened(line.address)}</bdi></a></th><td>${linkFound(view, line)}</td><td>${recordsIn(view, line.records)}</td></tr>`)}
      </tbody>
    </table>
  </div>`

const recordsIn = (view: View, records: LinkList['links'][number]['records']): Html =>
  html`${records.map(({ id, title, originalLanguage }) => html`<a href="${view.href(recordPath(id))}">${textOf(view, title, originalLanguage)}</a> `)}`
