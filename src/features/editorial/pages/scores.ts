/** Scores by criterion as bars, each with the table that says the same with its reasons; and what a rubric asks. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { bestText, directionOf } from '#kernel/i18n/languages.ts'
import { ratingOf, review, type Score } from '../review.ts'
import { rubric, type Criterion } from '../rubric.ts'
import { partOf } from '#ui/record-part.ts'
import { textOf, type View } from '#ui/view.ts'

const rowHeight = 34
const width = 420
const barRoom = 330

const nameOf = ({ language }: View, { name, criterion }: Score, original: string): string =>
  name ? bestText(name, language, original).text : criterion

const shareOf = ({ level, lowest = 0, highest = level }: Score): number =>
  highest > lowest ? (level - lowest) / (highest - lowest) : 1

/** A name above each bar, so that long ones in any language have room; the unfilled rest of each is drawn too. */
function bars(view: View, scores: readonly Score[], original: string, titleId: string): Html {
  const { t, f } = view
  const mirrored = directionOf(view.language) === 'rtl'
  const at = (x: number, size = 0) => (mirrored ? width - x - size : x)
  const rows = scores.map((score, i) => {
    const y = i * rowHeight
    const filled = Math.round(shareOf(score) * barRoom)
    const told =
      score.highest === undefined
        ? f.number(score.level)
        : t('scores.of', { level: score.level, highest: score.highest })
    return html`<text x="${at(0)}" y="${y + 13}" text-anchor="start">${nameOf(view, score, original)}</text
      ><rect class="rest" x="${at(0, barRoom)}" y="${y + 18}" width="${barRoom}" height="10" rx="2" /><rect
        x="${at(0, filled)}"
        y="${y + 18}"
        width="${filled}"
        height="10"
        rx="2"
      /><text class="n" x="${at(barRoom + 8)}" y="${y + 28}" text-anchor="start">${told}</text>`
  })
  return html`<svg
    role="img"
    aria-labelledby="${titleId}"
    viewBox="0 0 ${width} ${scores.length * rowHeight}"
    direction="${mirrored ? 'rtl' : 'ltr'}"
  >
    ${rows}
  </svg>`
}

/** `original`: the language that the reasons are written in. */
export function scoreFigure(view: View, scores: readonly Score[], original: string, id = 'scores'): Html {
  if (scores.length === 0) return nothing
  const { t, f } = view
  const rating = ratingOf(scores)
  const hasReasons = scores.some(({ reason }) => reason)
  return html`<figure class="chart scores">
    <figcaption id="${id}">${t('scores.title')}${rating !== undefined && html` · ${t('scores.rating', { rating })}`}</figcaption>
    ${bars(view, scores, original, id)}
    <div${hasReasons && html` class="wide" tabindex="0" role="region" aria-labelledby="${id}"`}>
      <table>
        <thead>
          <tr>
            <th scope="col">${t('scores.criterion')}</th>
            <th scope="col">${t('scores.level')}</th>
            <th scope="col" class="amount">${t('scores.weight')}</th>
            ${hasReasons && html`<th scope="col">${t('scores.reason')}</th>`}
          </tr>
        </thead>
        <tbody>
          ${scores.map(
            (one) =>
              html`<tr>
                <th scope="row">${one.name ? textOf(view, one.name, original) : one.criterion}</th>
                <td>${one.highest === undefined ? f.number(one.level) : t('scores.of', { level: one.level, highest: one.highest })}</td>
                <td class="amount">${f.number(one.weight ?? 1)}</td>
                ${hasReasons && html`<td>${one.reason ? textOf(view, one.reason, original) : '—'}</td>`}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </figure>`
}

/** What a rubric asks, criterion by criterion. */
export function criteriaList(view: View, criteria: readonly Criterion[], original: string): Content {
  const { t, f } = view
  return criteria.map(
    ({ name, asks, weight, levels }) =>
      html`<section>
        <h3>${textOf(view, name, original)}</h3>
        ${asks && html`<p>${textOf(view, asks, original)}</p>`}
        <p class="small">${t('scores.weight')}${view.f.colon}${f.number(weight ?? 1)}</p>
        <dl>
          ${levels.map((level) => html`<div><dt>${f.number(level.number)}${level.name && html` · ${textOf(view, level.name, original)}`}</dt><dd>${textOf(view, level.description, original)}</dd></div>`)}
        </dl>
      </section>`,
  )
}

export const reviewPart = partOf(review, {
  show: (view, { body }) => scoreFigure(view, body.scores ?? [], body.originalLanguage),
})

export const rubricPart = partOf(rubric, {
  show: (view, { body }) =>
    html`<section class="facts-box" aria-labelledby="criteria">
      <h2 id="criteria">${view.t('rubric.criteria')}</h2>
      ${criteriaList(view, body.criteria, body.originalLanguage)}
    </section>`,
})
