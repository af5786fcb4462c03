/** The versions of a record, and what became part of it. */
import { html, nothing, type Content } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { mergedList, restoreLink } from '#features/duplicates/pages/duplicates.ts'
import type { StoredRecord } from '#records/record.ts'
import { readMergeNote } from '#records/merged.ts'
import { recordPath } from '#ui/cards.ts'
import { crumbs, page } from '#ui/layout.ts'
import { rowsTable } from '#ui/rows-table.ts'
import { languageWithin, textOf, type View } from '#ui/view.ts'
import { bringBackPath } from './bring-back.ts'
import { chooseVersions, differencePath } from './changes.ts'

export type VersionLine = {
  revision: number
  status: string
  changedAt: string
  changedBy: string
  note: string | null
}

export type HistoryParts = {
  merged: readonly { id: string; at: string; reason: string }[]
  /** Which versions are translations; with the names of who made and who accepted them. */
  made: readonly { revision: number; language: string; translator: string; acceptedBy: string | null }[]
  broughtBack: readonly { revision: number; from: number; language: string | null }[]
  mayWhole: boolean
  mayTranslations: readonly string[]
}

/** What was done, beside the reason that was given. */
function doneIn(view: View, { made, broughtBack }: HistoryParts, revision: number): Content {
  const { t, f } = view
  const translation = made.find((one) => one.revision === revision)
  const back = broughtBack.find((one) => one.revision === revision)
  const told = translation && {
    language: languageWithin(view, translation.language),
    translator: translation.translator,
    acceptedBy: translation.acceptedBy ?? '',
  }
  return html`${back && html`<p>${t('history.broughtBack', { revision: f.number(back.from) })}</p>`}${told && html`<p>${t(translation.acceptedBy === null || translation.acceptedBy === translation.translator ? 'history.translated' : 'history.translatedAccepted', told)}</p>`}`
}

export function historyPage(
  view: View,
  id: string,
  title: StoredRecord['body']['title'] | undefined,
  versions: readonly VersionLine[],
  parts: HistoryParts,
): HttpResponse {
  const { merged, mayWhole, mayTranslations } = parts
  const mayBringBack = mayWhole || mayTranslations.length > 0
  // The versions of a withdrawn record are gone with it; that there were some is not.
  const isGone = versions[0]?.status === 'withdrawn'
  const seen = new Set(versions.filter(({ status }) => status !== 'withdrawn').map(({ revision }) => revision))
  const { t, f, href } = view
  return page(view, {
    title: t('record.history'),
    unlisted: true,
    main: html`${crumbs(view, [{ name: title ? textOf(view, title) : t('history.withdrawnRecord'), path: recordPath(id) }])}
      <h1>${t('record.history')}</h1>
      ${isGone && html`<p>${restoreLink(view, id, 'restore.link')}</p>`}
      ${rowsTable({
        of: { label: t('record.history') },
        heads: [
          { name: t('record.version'), isUnclear: true },
          { name: t('history.when') },
          { name: t('history.who') },
          { name: t('history.why') },
          { name: t('difference.link'), isHidden: true },
        ],
        rows: versions.map(({ revision, status, changedAt, changedBy, note }) => [
          html`${status === 'withdrawn' ? t('history.withdrawn', { revision }) : isGone ? f.number(revision) : html`<a href="${href(`${recordPath(id)}/versions/${revision}`)}">${f.number(revision)}</a>`}`,
          html`<time class="whole" datetime="${changedAt}">${f.time(changedAt)}</time>`,
          html`<bdi>${changedBy}</bdi>`,
          html`${note && html`<p dir="auto">${readMergeNote(note).words}</p>`}${doneIn(view, parts, revision)}`,
          html`${isGone || revision === 1 || !seen.has(revision) || !seen.has(revision - 1) ? nothing : html`<a href="${href(differencePath(id, revision - 1, revision))}">${t('difference.link')}<span class="hidden"> ${f.number(revision)}</span></a>`}${mayBringBack && !isGone && revision !== versions[0]?.revision && seen.has(revision) && html`<p><a href="${href(bringBackPath(id, revision))}" rel="nofollow">${t('bringBack.link')}<span class="hidden"> ${f.number(revision)}</span></a></p>`}`,
        ]),
      })}
      ${!isGone && chooseVersions(view, id, [...seen], [...seen].slice(0, 2).toReversed())} ${mergedList(view, merged)}`,
  })
}
