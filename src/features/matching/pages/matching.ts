/** “Places like mine”: the form that describes a place, its statistics, and the practices that fit, with reasons. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { describedBy } from '#features/indicators/sources/catalogue.ts'
import { publisherIn } from '#features/indicators/publishers.ts'
import { indicatorCode, sources, type CountryContext, type StatisticsSource } from '../countries.ts'
import type { FitInput, Fitting } from '../match.ts'
import { verdicts, type Grade, type Verdict } from '../grade.ts'
import type { Condition, Criterion, Reason } from '../measure.ts'
import type { Kind } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { card } from '#ui/cards.ts'
import { chooser, compareForm } from '#ui/chooser.ts'
import { rowsTable } from '#ui/rows-table.ts'
import { placeForm } from './matching-form.ts'
import { crumbs, page } from '#ui/layout.ts'
import { inBrackets, languageNamed, plainLabel, textOf, type View } from '#ui/view.ts'

export type FitPage = {
  asked: Partial<FitInput>
  context: CountryContext | undefined
  /** Absent until the place was described. */
  fitting: Fitting | undefined
  kind: Kind
}

export function fitPage(view: View, data: FitPage): HttpResponse {
  const { t } = view
  const { asked, context, fitting } = data
  return page(view, {
    title: t('fit.title'),
    description: t('fit.lead'),
    unlisted: fitting !== undefined,
    main: html`${crumbs(view, [{ name: t('kind.practice.many'), path: '/search?kind=practice' }])}
      <h1>${t('fit.title')}</h1>
      <p class="lead">${t('fit.lead')}</p>
      ${placeForm(view, asked)} ${context && countryBox(view, context)} ${fitting && results(view, data, fitting)}
      <section class="prose">
        <h2>${t('fit.how')}</h2>
        <p>${t('fit.how1')}</p>
        <p>${t('fit.how2')}</p>
        <p>${t('fit.how4')}</p>
        <p>${t('fit.how3')}</p>
      </section>`,
  })
}

/** Who says so, since when and under which licence, in the reader’s words. */
export function sourceLink(view: View, { name, licence, address, asOf, through }: StatisticsSource): Html {
  const { f, language } = view
  const told = [publisherIn(language, name), asOf && f.day(asOf), through && publisherIn(language, through)]
  return html`<a href="${address}" rel="external">${told.filter(Boolean).join(f.comma)}</a>${f.comma}${licence}`
}

/** As its own page calls it. */
export const indicatorTitle = (view: View, code: string): Html => textOf(view, describedBy(code)!.title, 'en')

/** Real figures, each with its year and source, and the warning that a country is not a school. */
function countryBox(view: View, { country, level: asked, indicators, missing, suggested }: CountryContext): Html {
  const { t, f } = view
  const rows = indicators.map(({ code, level, value, year, source }) => [
    html`<a href="${view.href(`/indicators/${code}`)}">${indicatorTitle(view, code)}</a>${level && html` <span class="small">${plainLabel(view, 'levels', level)}</span>`}`,
    f.percent(value / 100),
    String(year),
    html`<span class="small">${sourceLink(view, sources[source])}</span>`,
  ])
  const lacking = missing
    .filter((name) => asked !== undefined && name !== 'internetUsers')
    .map((name) => [
      html`${indicatorTitle(view, indicatorCode(name))} <span class="small">${plainLabel(view, 'levels', asked!)}</span>`,
      html`<span class="unsaid">${t('fit.noFigure')}</span>`,
      '–',
      '–',
    ])
  const name = plainLabel(view, 'countries', country)
  const group =
    suggested.incomeGroup &&
    html`<p>
      ${t('criterion.incomeGroup')}${view.f.colon}${plainLabel(view, 'income-groups', suggested.incomeGroup)}
      <span class="small">${inBrackets(view, sourceLink(view, sources.worldBank))}</span>
    </p>`
  const spoken =
    suggested.language &&
    html`<p>
      ${t('criterion.language')}${view.f.colon}${suggested.language.map((tag) => languageNamed(view, tag)).join(f.comma)}
      <span class="small">${inBrackets(view, sourceLink(view, sources.cldr))}</span>
    </p>`
  return html`<section class="facts-box" aria-labelledby="country-context">
    <h2 id="country-context">${t('fit.countryTitle', { country: name })}</h2>
    ${
      rows.length + lacking.length > 0
        ? rowsTable({
            of: { headingId: 'country-context' },
            role: 'group',
            heads: [
              { name: t('fit.indicator') },
              { name: t('fit.value'), isAmount: true },
              { name: t('fit.year'), isAmount: true },
              { name: t('fit.source') },
            ],
            rows: [...rows, ...lacking],
          })
        : html`<p>${t('fit.noFigures')}</p>`
    }
    ${group} ${spoken}
    <p class="small">${t('fit.average')}</p>
  </section>`
}

function results(view: View, { asked, kind }: FitPage, { total, results: found, said, next }: Fitting): Html {
  const { t, f, href } = view
  const from = asked.from ?? 0
  const silence = Object.entries(said).flatMap(([criterion, count]) =>
    count > 0
      ? [
          html`<li>${t(`criterion.${criterion}`)}${f.colon}${t('fit.said', { count: f.number(count), total: f.number(total) })}</li>`,
        ]
      : [],
  )
  const unsaid = Object.keys(said).filter((criterion) => said[criterion] === 0)
  const isUnknown = ({ grade }: Fitting['results'][number]) => grade === 'unknown'
  const judged = found.filter((one) => !isUnknown(one))
  const unknown = found.filter(isUnknown)
  const at = (start: number) => href(`/fit?${placeQuery({ ...asked, from: start })}`)
  return html`<section aria-labelledby="fitting">
    <h2 id="fitting">${t('fit.results', { count: total })}</h2>
    <div class="notice">
      <p>${t('fit.honest')}</p>
      <ul>
        ${silence}
      </ul>
      ${unsaid.length > 0 && html`<p>${t('fit.saidByNone', { criteria: unsaid.map((one) => t(`criterion.${one}`)).join(f.comma) })}</p>`}
      ${said['budget'] !== undefined && html`<p>${t('fit.costKnown', { count: f.number(said['budget']), total })}</p>`}
    </div>
    <ol class="cards" start="${from + 1}">
      ${judged.map((one) => card(view, kind, one.record, 3, html`${why(view, one)}${chooser(view, one.record)}`, true))}
    </ol>
    ${unknown.length > 0 && unknownPart(view, { kind, records: unknown.map(({ record }) => record), start: from + judged.length + 1 })}
    ${found.length > 1 && compareForm(view)}
    <nav class="pages" aria-label="${t('search.pages')}">
      ${from > 0 && html`<a href="${at(0)}" rel="nofollow">${t('search.first')}</a>`}
      ${next !== null && html`<a class="button" href="${at(next)}" rel="next nofollow">${t('search.next')}</a>`}
    </nav>
  </section>`
}

/** What the address says: empty values and what is usual are left out. */
export function placeQuery(asked: Partial<FitInput>): URLSearchParams {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(asked)) {
    if (name === 'limit' || (name === 'from' && value === 0) || (name === 'currency' && asked.budget === undefined))
      continue
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== '') query.append(name, String(one))
  }
  return query
}

/** Those that say nothing of what was asked: neither fit nor unfit, so no word is said of either. */
const unknownPart = (
  view: View,
  { kind, records, start }: { kind: Kind; records: readonly StoredRecord[]; start: number },
): Html =>
  html`<h2 id="not-known">${view.t('fit.notKnown')}</h2>
    <p>${view.t('fit.notKnownAbout')}</p>
    <ol class="cards" start="${start}" aria-labelledby="not-known">
      ${records.map((record) => card(view, kind, record, 3, chooser(view, record), true))}
    </ol>`

function why(view: View, { record, reasons, grade, isDoneHere }: Fitting['results'][number]): Html {
  const { t } = view
  const known = reasons.filter(({ verdict }) => verdict !== 'unknown' && verdict !== 'brought')
  const fits = known.filter(({ verdict }) => verdict === 'met' || verdict === 'likely').length
  // What was done in the country needs no word for its fit, but where something that was told speaks against it.
  const rated = html`<p>
    <strong>${t(`fit.grade.${grade}`)}</strong>
    <span class="small">${t('fit.counts', { met: fits, known: known.length })}${!isDoneHere && endedBadly(view, record)}</span>
  </p>`
  return html`<div class="fit">
    ${isDoneHere && doneHere(view, record)} ${(!isDoneHere || doubtful.includes(grade)) && rated}
    ${reasonList(view, reasons)}
  </div>`
}

const doubtful: readonly Grade[] = ['partly', 'little', 'not']
const badEnds = ['stopped', 'did-not-work']

/** A good fit is no advice where the same ended badly: that is said in one line with it. */
function endedBadly(view: View, { body: { outcome } }: StoredRecord): Content {
  if (!badEnds.includes(String(outcome))) return nothing
  return html` · ${view.t('practice.outcome')}${view.f.colon}<strong>${plainLabel(view, 'outcomes', String(outcome))}</strong>`
}

/** When it was done in the place itself, and how it ended. */
export function doneHere(view: View, { body }: StoredRecord): Html {
  const { t, f } = view
  const yearOf = (date: unknown) => (date === undefined ? '' : String(date).slice(0, 4))
  const [from, to] = [yearOf(body['startedOn']), yearOf(body['endedOn'])]
  const years = from && to && from !== to ? `${from}–${to}` : from ? t('fit.started', { year: from }) : to
  const outcome =
    body.outcome && `${t('practice.outcome')}${f.colon}${plainLabel(view, 'outcomes', String(body.outcome))}`
  return html`<p><strong class="fit-met">${t('fit.doneHere')}</strong> ${[years, outcome].filter(Boolean).join(' · ')}</p>`
}

/** Looks of verdicts that stand between: what is likely is not certain. */
const looks: Partial<Record<Verdict, string>> = { likely: 'near', brought: 'unknown', unlikely: 'not' }

/** What speaks for a practice, what against, and in one line what is not known. */
export function reasonList(view: View, reasons: readonly Reason[]): Content {
  const { t, f } = view
  const groups = verdicts.flatMap((verdict) => {
    const some = reasons.filter((reason) => reason.verdict === verdict)
    if (some.length === 0) return []
    const shown =
      verdict === 'unknown'
        ? html`<dd>${some.map(({ criterion }) => t(`criterion.${criterion}`)).join(f.comma)}</dd>`
        : some.map((reason) => html`<dd>${reasonText(view, reason)}</dd>`)
    return [
      html`<dt class="fit-${looks[verdict] ?? verdict}">${t(`fit.${verdict}`)}</dt>
        ${shown}`,
    ]
  })
  return groups.length > 0 && html`<dl>${groups}</dl>`
}

const lists: Partial<Record<Criterion, string>> = {
  level: 'levels',
  connectivity: 'conditions',
  electricity: 'electricity',
  devices: 'device-access',
  setting: 'settings',
  incomeGroup: 'income-groups',
  country: 'countries',
}

/** A value of the place or of the practice, in words. */
function named(view: View, criterion: Criterion, value: string): string {
  if (criterion === 'language') return languageNamed(view, value)
  if (criterion === 'budget') {
    const [amount, currency] = value.split(' ')
    return view.f.money(Number(amount), currency!)
  }
  return plainLabel(view, lists[criterion]!, value)
}

function reasonText(view: View, { criterion, verdict, here, there, share, region }: Reason): string {
  const { t, f } = view
  const words = (values: readonly string[]) => values.map((value) => named(view, criterion, value)).join(f.comma)
  const told = { criterion: t(`criterion.${criterion}`), there: words(there) }
  if (verdict === 'met' || verdict === 'brought') return t('fit.reasonMet', told)
  if (share) {
    const of = [
      share.level && plainLabel(view, 'levels', share.level),
      share.year,
      publisherIn(view.language, share.source),
    ]
    const figure = { share: f.percent(share.value / 100), of: of.filter(Boolean).join(f.comma) }
    return t('fit.reasonShare', { ...told, figure: t(`fit.share.${criterion as Condition}`, figure) })
  }
  if (region) return t('fit.reasonRegion', { ...told, region: plainLabel(view, 'regions', region) })
  return t('fit.reasonOther', { ...told, here: words(here) })
}
