/** What studies of an approach found: those with an effect size in one picture, the others in words. */
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { countriesOf } from '#features/clearing-house/pages/practice-tile.ts'
import { recordPath } from '#ui/cards.ts'
import { effectChart } from '#ui/charts.ts'
import { effectWords, levelQualifiers, levelsLegend, qualifiedLevel } from '#ui/effect-line.ts'
import { textOf, type View } from '#ui/view.ts'
import { least, type Summary } from '../shapes.ts'
import { directionName } from './approach-figures.ts'

type StudyLine = Summary['effects']['studies'][number]

/** So many weigh no more than a slow line brings; the others follow in a line each. */
const drawn = 20
const told = 8

export function studiesFound(view: View, { effects }: Summary): Content {
  const { t } = view
  const { studies } = effects
  if (studies.length === 0) return html`<p class="unsaid">${t('approach.unknown.noStudy')}</p>`
  const withFigure = studies.filter(({ effect }) => effect !== undefined)
  const others = studies.filter(({ effect }) => effect === undefined)
  const rest = others.slice(told)
  return html`${withFigure.length > 0 ? picture(view, effects, withFigure) : nothing}
    ${withFigure.length > 0 && others.length > 0 && html`<h3>${t('approach.noFigure', { count: others.length })}</h3>`}
    <ol class="findings one">${others.slice(0, told).map((study) => studyLine(view, study))}</ol>
    ${rest.length > 0 && more(view, rest)} ${studies.some(({ evidenceLevel }) => evidenceLevel) && levelsLegend(view)}`
}

function picture(view: View, { median, withEffect }: Summary['effects'], studies: readonly StudyLine[]): Html {
  const { t } = view
  const rows = studies.slice(0, drawn).map((study) => ({
    name: textOf(view, study.title, 'en'),
    href: view.href(recordPath(study.id)),
    below: facts(view, study),
    effect: study.effect!,
    low: study.interval?.low,
    high: study.interval?.high,
    sample: study.sampleSize,
  }))
  const rest = studies.slice(drawn)
  const across =
    median === undefined ? undefined : { name: t('approach.medianOf', { count: withEffect }), effect: median }
  const words = { id: 'effects', title: t('approach.forest'), of: t('kind.study.one') }
  return html`${effectChart(view, words, rows, { across, legend: legend(view, studies, median) })}
  ${rest.length > 0 && more(view, rest)}`
}

/** How to read it, and what it cannot tell: without an interval nobody knows how exact a figure is. */
function legend(view: View, studies: readonly StudyLine[], median: number | undefined): Content {
  const { t, f } = view
  const open = studies.filter(({ interval }) => interval === undefined).length
  return joined(
    [
      t('approach.foundHow'),
      open < studies.length ? t('approach.foundBar') : '',
      open > 0 ? t('approach.noInterval', { count: f.number(open), total: studies.length }) : '',
      median === undefined ? t('approach.noMedian', { least: least.effects }) : t('approach.medianHow'),
    ].filter(Boolean),
    ' ',
  )
}

const facts = (view: View, study: StudyLine): Html => {
  const { t, f } = view
  const { direction } = study
  return html`<span class="facts">
    <span><bdi>${[countriesOf(view, study), study.year ?? ''].filter(Boolean).join(' ')}</bdi></span>
    ${qualifiedLevel(view, study.evidenceLevel, study, true)} ${direction && html`<span>${directionName(view, direction)}</span>`}
    ${study.sampleSize !== undefined && html`<span>${t('effect.sample', { count: f.number(study.sampleSize) })}</span>`}
  </span>`
}

const studyLine = (view: View, study: StudyLine): Html =>
  html`<li>
    <a href="${view.href(recordPath(study.id))}">${textOf(view, study.title, 'en')}</a>
    ${facts(view, study)}
  </li>`

const more = (view: View, rest: readonly StudyLine[]): Html =>
  html`<details>
    <summary>${view.t('approach.moreStudies', { count: rest.length })}</summary>
    <ul class="links">${rest.map((study) => briefLine(view, study))}</ul>
  </details>`

/** In a line, so that sixty studies weigh no more than a slow line brings. */
function briefLine(view: View, study: StudyLine): Html {
  const { effect, interval, direction } = study
  const found =
    effect !== undefined
      ? effectWords(view, { effect, low: interval?.low, high: interval?.high })
      : direction && directionName(view, direction)
  const parts = [countriesOf(view, study), study.year ?? '', found ?? '', study.evidenceLevel ?? '']
  return html`<li><a href="${view.href(recordPath(study.id))}">${textOf(view, study.title, 'en')}</a> <span class="small">${joined(parts.filter(Boolean), ' · ')}</span></li>`
}

/** What holds of all studies with the strongest evidence: of a level at the top nobody asks which study it is of. */
export function strongestWords(view: View, { studies, levels }: Summary['effects']): Content {
  const strongest = levels[0]?.value
  const of = studies.filter(({ evidenceLevel }) => evidenceLevel === strongest)
  const [first, ...others] = of.map((study) => levelQualifiers(view, study))
  const shared = (first ?? []).filter((one) => others.every((all) => all.includes(one)))
  return shared.length > 0 && html`<div class="small">${joined(shared, ' · ')}</div>`
}
