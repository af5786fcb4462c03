/** What waits, on the desk and on the page of a record. */
import { html, nothing, type Content } from '#kernel/html/html.ts'
import { isSignedIn } from '#accounts/signed-in.ts'
import type { Fill } from '#ui/mounting.ts'
import { may } from '#kernel/permission.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { translateLinks } from '#ui/translation-notice.ts'
import { suggestionTable } from './pages/suggestions.ts'
import { listSuggestions } from './suggestions.ts'
import { recordPath } from '#ui/cards.ts'
import { languageNamed } from '#ui/view.ts'
import { translationRight } from './translate.ts'

export const suggestionsOnDesk = async (
  { askForPart, view: viewFor }: Parameters<Fill<'record'>>[0],
  request: Parameters<Fill<'record'>>[1],
): Promise<Content> => {
  const waiting = await askForPart(request.who, listSuggestions, { limit: '1' })
  const own = await askForPart(request.who, listSuggestions, { mine: 'true', limit: '1' })
  const mayAppoint = may(request.who.actor, 'translator.appoint')
  if (!waiting?.count && !own?.count && !mayAppoint) return nothing
  const { t, href } = viewFor(request)
  return html`<h2>${t('suggestions.heading')}</h2>
    <ul>
      ${(waiting?.count ?? 0) > 0 || mayAppoint ? html`<li><a href="${href('/translations')}">${t('suggestions.waitingCount', { count: waiting?.count ?? 0 })}</a></li>` : nothing}
      ${own?.count ? html`<li><a href="${href('/translations/mine')}">${t('suggestions.mineCount', { count: own.count })}</a></li>` : nothing}
      ${mayAppoint && html`<li><a href="${href('/translators')}">${t('translators.title')}</a></li>`}
    </ul>`
}

const mostShown = 10

export const suggestionsOnRecord: Fill<'record'> = async ({ askForPart, view: viewFor, kinds }, request, record) => {
  if (!isSignedIn(request)) return nothing
  const view = viewFor(request)
  const kind = kinds.get(record.kind)
  const waiting = await askForPart(request.who, listSuggestions, { record: record.id, limit: String(mostShown) })
  const { t, href } = view
  // The links for all others stand at the top of the page. Authors may translate theirs into each language.
  const language = languages.find((one) => one !== record.body.originalLanguage)!
  const asked =
    kind?.translatedBy === 'authors'
      ? await askForPart(request.who, translationRight, { id: record.id, language })
      : undefined
  const isWaiting = waiting !== undefined && waiting.suggestions.length > 0
  if (!isWaiting && asked?.right !== 'publish') return nothing
  return html`${asked?.right === 'publish' && translateLinks(view, kind!, record)}
  ${
    isWaiting &&
    html`<h2>${t('suggestions.onRecord')}</h2>
      ${suggestionTable(view, waiting.suggestions)}
      ${waiting.next !== null && html`<p><a href="${href(`/translations?record=${record.id}`)}">${t('suggestions.waitingCount', { count: waiting.count })}</a></p>`}`
  }`
}

/** Who has just published a translation reads that it is there, also where the page is in another language. */
export const translationIsSaved: Fill<'recordTop'> = async ({ view: viewFor }, request, record) => {
  const saved = request.query.get('translated') ?? ''
  if (!isSignedIn(request) || !Object.hasOwn(record.translations, saved)) return nothing
  const view = viewFor(request)
  const { t } = view
  const isPage = languages.some((one) => one === saved) && saved !== view.language
  return html`<p class="note" role="status">${t('translate.saved', { language: languageNamed(view, saved) })}${isPage && html` <a href="/${saved}${recordPath(record.id)}" hreflang="${saved}">${t('translate.see')}</a>`}</p>`
}
