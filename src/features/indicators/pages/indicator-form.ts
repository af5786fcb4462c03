/** What is chosen on the page of an indicator: a form, whose answer is an address. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { select } from '#ui/select.ts'
import type { View } from '#ui/view.ts'
import { isCountry } from '../areas.ts'
import { hasTotal, isOfAll, mostAreas, mostThresholds, partedBy, thresholdsIn, valuesOf } from '../choices.ts'
import type { Shown } from '../shown.ts'
import { areaName, breakdownValue, dimensionName } from './value-words.ts'

export function choiceForm(view: View, shown: Shown): Html {
  const { t, href } = view
  const { told, choices, query } = shown
  const isWide = isOfAll(choices)
  const path = href(`/indicators/${told.record.body.code}`)
  const asOf = query.get('asOf')
  return html`<form class="asking" action="${path}">
    ${choices.view !== 'chart' && html`<input type="hidden" name="view" value="${choices.view}" />`}
    ${asOf && html`<input type="hidden" name="asOf" value="${asOf}" />`} ${dimensionChoices(view, shown)}
    ${isWide ? yearChoices(view, shown) : html`${areaChoices(view, shown)}${periodChoices(view, shown)}`}
    ${choices.view === 'map' && thresholdChoice(view, shown)}
    <p class="go"><button>${t('indicators.show')}</button> <a href="${path}">${t('indicators.reset')}</a></p>
  </form>`
}

function dimensionChoices(view: View, { told, choices }: Shown): Content {
  const named = partedBy(told.breakdowns)
  const parts = named
    .filter((name) => choices.view !== 'breakdown' || name !== choices.by)
    .map((name) =>
      dimensionChoice(view, name, {
        values: valuesOf(told.breakdowns, name),
        chosen: choices.dimensions[name] ?? '',
        hasTotal: hasTotal(told.breakdowns, name),
      }),
    )
  const by =
    choices.view === 'breakdown' &&
    fixedChoice(view, 'by', view.t('indicators.by'), {
      options: named.map((name) => ({ value: name, name: dimensionName(view, name) })),
      chosen: choices.by ?? '',
    })
  return html`${by}${parts}`
}

const dimensionChoice = (
  view: View,
  name: string,
  { values, chosen, hasTotal: offersTotal }: { values: readonly string[]; chosen: string; hasTotal: boolean },
): Html =>
  fixedChoice(view, name, dimensionName(view, name), {
    options: [
      ...(offersTotal ? [{ value: '', name: totalWords(view, name) }] : []),
      ...values.map((value) => ({ value, name: breakdownValue(view, name, value) })),
    ],
    chosen,
  })

/** Of the source it is no total: what the publisher of the indicator says. */
export const totalWords = ({ t }: View, name: string): string =>
  name === 'source' ? t('indicators.international') : t('indicators.total')

/** Of these one is always chosen. */
function fixedChoice(
  _view: View,
  name: string,
  label: string,
  { options, chosen }: { options: readonly { value: string; name: string }[]; chosen: string },
): Html {
  return html`<p class="choice">
    <label for="c-${name}">${label}</label>
    <select id="c-${name}" name="${name}">
      ${options.map((one) => html`<option value="${one.value}"${one.value === chosen && html` selected`}>${one.name}</option>`)}
    </select>
  </p>`
}

/** Those that are shown can be taken out, another can be added. */
function areaChoices(view: View, { told, choices }: Shown): Html {
  const { t, f } = view
  const options = told.areas
    .filter((area) => !choices.areas.includes(area))
    .map((value) => ({ value, name: areaName(view, value), isCountry: isCountry(value) }))
    .sort((a, b) => Number(a.isCountry) - Number(b.isCountry) || f.compare(a.name, b.name))
  const chosen = choices.areas.map(
    (area) =>
      html`<label class="box"><input type="checkbox" name="area" value="${area}" checked /> <span>${areaName(view, area)}</span></label>`,
  )
  return html`${chosen.length > 0 && html`<fieldset class="picked"><legend>${t('indicators.picked')}</legend>${chosen}</fieldset>`}
  ${chosen.length < mostAreas && select(view, { name: 'area', label: t(chosen.length > 0 ? 'indicators.addArea' : 'indicators.pickArea'), none: t('indicators.noArea'), options, chosen: [] })}`
}

function periodChoices(view: View, { years, choices }: Shown): Content {
  if (years.length < 2) return nothing
  const options = years.map((year) => ({ value: String(year), name: String(year) }))
  const one = (name: 'from' | 'to', label: string, none: string) =>
    select(view, { name, label, none, options, chosen: choices[name] ? [String(choices[name])] : [] })
  return html`${one('from', view.t('indicators.from'), String(years[0]))}${one('to', view.t('indicators.to'), String(years.at(-1)))}`
}

function yearChoices(view: View, { years, choices }: Shown): Html {
  const options = years.toReversed().map((year) => ({ value: String(year), name: String(year) }))
  const one = (name: 'year' | 'since', label: string, none: string) =>
    select(view, { name, label, none, options, chosen: choices[name] ? [String(choices[name])] : [] })
  return html`${one('year', view.t('facet.year'), view.t('indicators.newest'))}${one('since', view.t('indicators.since'), view.t('indicators.noChange'))}`
}

/** Where the classes of the map part; what was typed and is none stays, with what is expected. */
function thresholdChoice(view: View, { query, choices }: Shown): Html {
  const { t } = view
  const typed = query.get('thresholds')?.trim() ?? ''
  const isWrong = thresholdsIn(typed) === undefined
  const error =
    isWrong &&
    html`<span class="error" id="e-thresholds">${t('indicators.thresholdsWrong', { most: mostThresholds })}</span>`
  return html`<p class="choice long">
    <label for="c-thresholds">${t('indicators.thresholds')}</label>
    <span class="small" id="h-thresholds">${t(choices.since === undefined ? 'indicators.thresholdsHint' : 'indicators.thresholdsHintSince', { most: mostThresholds })}</span>
    ${error}
    <input id="c-thresholds" name="thresholds" value="${typed.slice(0, 200)}" maxlength="100" dir="ltr" aria-describedby="h-thresholds${isWrong && ' e-thresholds'}"${isWrong && html` aria-invalid="true"`} />
  </p>`
}
