/** On the page of a search that names countries: their newest figures of the indicators found first. */
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { textOf, type View } from '#ui/view.ts'
import type { Indicator } from '../indicator.ts'
import type { NewestValue } from '../newest.ts'
import { areaName, breakdownWords, inOneDirection, valueWords } from './value-words.ts'

export function foundFigures(
  view: View,
  indicators: readonly StoredRecord<Indicator>[],
  values: readonly NewestValue[],
): Content {
  if (values.length === 0) return nothing
  const { t } = view
  const told = indicators.flatMap((record) => {
    const own = values.filter(({ code }) => code === record.body.code)
    return own.length > 0 ? [{ record, own }] : []
  })
  return html`<section class="facts-box" aria-labelledby="figures">
    <h2 id="figures">${t('indicators.foundFigures')}</h2>
    <ul>
      ${told.map(
        ({ record: { id, body }, own }) =>
          html`<li>
            <a href="${view.href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a>${breakdownOf(view, own)}
            <br />${joined(
              own.map((one) => figure(view, body, one)),
              ' · ',
            )}
          </li>`,
      )}
    </ul>
  </section>`
}

const breakdownOf = (view: View, [first]: readonly NewestValue[]): Content => {
  const words = breakdownWords(view, first!.dimensions)
  return words && html` <span class="small">${words}</span>`
}

/** `Kenya: 63% (2016)`, with the way to all years. */
const figure = (view: View, { unit }: Indicator, { code, area, period, value }: NewestValue): Html =>
  html`<a href="${view.href(`/indicators/${code}?area=${area}`)}">${areaName(view, area)}</a
    >${view.f.colon}<strong>${inOneDirection(view, valueWords(view, unit, value))}</strong> (${String(period)})`
