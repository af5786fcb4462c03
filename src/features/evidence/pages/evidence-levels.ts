/** The ladder of evidence, and how the grades of named schemes are read on it: the table, its version, how it is used. */
import { html, joined, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { crosswalk, rowFor, type Rating, type Row } from '../levels/crosswalk.ts'
import { codeList, termOf } from '#records/vocabularies/index.ts'
import { crumbs, page } from '#ui/layout.ts'
import { inLanguage, label, type View } from '#ui/view.ts'

const schemes = () => Object.keys(codeList('rating-schemes')!.terms)
const levels = () => Object.keys(codeList('evidence-levels')!.terms)

export function evidenceLevelsPage(view: View): HttpResponse {
  const { t, f } = view
  return page(view, {
    title: t('levels.title'),
    description: t('levels.lead'),
    main: html`${crumbs(view, [])}
      <h1>${t('levels.title')}</h1>
      <p class="lead">${t('levels.lead')}</p>
      <p>${t('levels.version', { version: crosswalk.version, day: f.day(crosswalk.publishedOn) })}</p>
      <div class="scroll" tabindex="0" role="region" aria-label="${t('levels.table')}">
        <table>
          <caption>${t('levels.table')}</caption>
          <thead>
            <tr>
              <th scope="col">${t('field.evidenceLevel')}</th>
              ${schemes().map((scheme) => html`<th scope="col">${label(view, 'rating-schemes', scheme)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${levels().map(
              (level) =>
                html`<tr id="${level}">
                  <th scope="row"><a href="${view.href(`/search?evidence=${level}`)}">${label(view, 'evidence-levels', level)}</a></th>
                  ${schemes().map((scheme) => html`<td>${gradesAt(view, scheme, level)}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <h2>${t('levels.how')}</h2>
      <ul>
        ${(['agree', 'differ', 'override', 'apart'] as const).map((one) => html`<li>${t(`levels.${one}`)}</li>`)}
      </ul>`,
  })
}

/** A grade that means one of two levels stands at both. */
const gradesAt = (view: View, scheme: string, level: string): Content => {
  const rows = crosswalk.rows.filter((row) => row.scheme === scheme && row.from <= level && level <= row.to)
  return rows.length > 0
    ? joined(
        rows.map((row) => gradeName(view, row)),
        view.f.comma,
      )
    : '–'
}

/** A scheme calls its grades in its own language; those that are usual here have names in all. */
const gradeName = (view: View, { rating }: Rating): Html =>
  /^\d+$/.test(rating)
    ? html`${view.f.number(Number(rating))}`
    : termOf('ratings', rating)
      ? label(view, 'ratings', rating)
      : inLanguage(view, rating, 'en')

/** The ladder and the schemes’ own grades side by side: never the one without the other. */
export function gradesBox(
  view: View,
  { body }: { body: { evidenceLevel?: string; ratings?: readonly Rating[] } },
): Content {
  const { t } = view
  const { ratings = [], evidenceLevel: level } = body
  if (level === undefined && ratings.length === 0) return undefined
  return html`<section class="facts-box" aria-labelledby="grades">
    <h2 id="grades">${t('levels.box')}</h2>
    <p>${level !== undefined ? html`<strong>${label(view, 'evidence-levels', level)}</strong>` : t('levels.unknown')}</p>
    ${
      ratings.length > 0
        ? html`<ul>${ratings.map((rating) => html`<li>${label(view, 'rating-schemes', rating.scheme)}${view.f.colon}${gradeName(view, rating)}${meaning(view, rowFor(rating))}</li>`)}</ul>`
        : html`<p>${t('levels.none')}</p>`
    }
    <p class="small"><a href="${view.href('/evidence-levels')}">${t('levels.see', { version: crosswalk.version })}</a></p>
  </section>`
}

const meaning = ({ t }: View, row: Row | undefined): Content =>
  row &&
  html` <span class="soft">(${row.from === row.to ? row.from : t('levels.range', { from: row.from, to: row.to })})</span>`
