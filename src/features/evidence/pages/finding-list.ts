/** Findings as lines: what was found, which way, on what grounds, and how large the effect where that is told. */
import { html, joined, type Content, type Html } from '#kernel/html/html.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { effectLine, effectWords, measuredIn, qualifiedLevel, reachOf } from '#ui/effect-line.ts'
import { inLanguage, label, textOf, type View } from '#ui/view.ts'

const levelOf = ({ body: { evidenceLevel } }: StoredRecord) => (typeof evidenceLevel === 'string' ? evidenceLevel : '')

/** The strongest first. */
export const byStrength = (findings: readonly StoredRecord[]): StoredRecord[] =>
  findings.toSorted((a, b) => {
    const [one, other] = [levelOf(a), levelOf(b)]
    return one === other ? 0 : one < other ? 1 : -1
  })

/** All on one scale, so that their lines can be compared. */
export function findingList(view: View, findings: readonly StoredRecord[]): Html {
  const reach = reachOf(findings.flatMap(({ body }) => measuredIn(body) ?? []))
  return html`<ul class="findings">
    ${byStrength(findings).map((finding) => findingLine(view, finding, reach))}
  </ul>`
}

/** What was measured and by which test: findings of one study may differ in this alone. */
export function measuredBy(view: View, { outcomeDomain, measure, originalLanguage }: StoredRecord['body']): Content {
  const told = [
    typeof outcomeDomain === 'string' && label(view, 'outcome-domains', outcomeDomain),
    typeof measure === 'string' && inLanguage(view, measure, originalLanguage),
  ].filter(Boolean)
  return told.length > 0 && joined(told, ' · ')
}

/** Which way, on what grounds and of how many. */
export function factsOf(view: View, { body }: Pick<StoredRecord, 'body'>): Html {
  const direction = typeof body.direction === 'string' ? body.direction : undefined
  return html`${direction && label(view, 'directions', direction)} ${qualifiedLevel(view, body.evidenceLevel, body)}
    ${typeof body.sampleSize === 'number' && html`<span>${view.t('effect.sample', { count: view.f.number(body.sampleSize) })}</span>`}
    ${body['sample'] !== undefined && html`<span class="small">${textOf(view, body['sample'] as Texts, body.originalLanguage)}</span>`}`
}

function findingLine(view: View, { id, body }: StoredRecord, reach: number): Html {
  const measured = measuredIn(body)
  return html`<li>
    <div>
      <a href="${view.href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a>
      ${measuredBy(view, body) && html`<p class="small">${measuredBy(view, body)}</p>`}
      <p class="facts">${factsOf(view, { body })}</p>
    </div>
    ${measured && html`<p class="measured">${effectLine(view, measured, reach)}<span>${effectWords(view, measured)}</span></p>`}
  </li>`
}
