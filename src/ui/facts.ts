/** The values of a record as facts: one value as it is, several as a list, what belongs together side by side. */
import { html, joined, type Content, type Html } from '#kernel/html/html.ts'
import type { Field } from '#records/fields.ts'
import type { LinkedName } from '#records/linked-names.ts'
import { leaf, recordPath } from './cards.ts'
import { textOf, type View } from './view.ts'

export type Shape = { 'x-field'?: Field; properties?: Record<string, Shape>; items?: Shape }

/** A value of any shape as a reader sees it; nothing where all of it leads to records that are not here. */
export function factOf(
  view: View,
  shape: Shape,
  value: unknown,
  titles: ReadonlyMap<string, LinkedName>,
  isInList = false,
): Html | undefined {
  const field = shape['x-field']
  if (field?.type === 'link') {
    const target = titles.get(String(value))
    return (
      target &&
      html`<a href="${view.href(recordPath(target.id))}">${textOf(view, target.title, target.originalLanguage)}</a>`
    )
  }
  if (field?.type === 'words')
    return html`${Object.entries(value as Record<string, string[]>).map(([tag, all]) => html`<span lang="${tag}">${all.join(', ')}</span> `)}`
  if (field) return leaf(view, field, value)
  if (shape.items) {
    const items = (value as unknown[]).flatMap((one) => factOf(view, shape.items!, one, titles, true) ?? [])
    const missing = (value as unknown[]).length - items.length
    const all =
      missing > 0 ? [...items, html`<span class="small">${view.t('record.notHere', { count: missing })}</span>`] : items
    return all.length ? listOf(view, all) : undefined
  }
  const isLost = ([name, inner]: [string, Shape]) => {
    const target = (value as Record<string, unknown>)[name]
    return inner['x-field']?.type === 'link' && target !== undefined && !titles.has(String(target))
  }
  if (Object.entries(shape.properties ?? {}).some(isLost)) return undefined
  const parts = Object.entries(shape.properties ?? {}).flatMap(([name, inner]) => {
    const one = (value as Record<string, unknown>)[name]
    if (one === undefined || inner['x-field']?.shownApart) return []
    const shown = factOf(view, inner, one, titles)
    return shown ? [isUnclearAlone(inner, isInList) ? labelled(view, name, shown) : shown] : []
  })
  return parts.length ? joined(parts, ' · ') : undefined
}

const longList = 12
const firstOfLong = 4

/** One value as it is, several as a list, very many behind their beginning. */
function listOf(view: View, items: readonly Html[]): Html {
  if (items.length === 1) return items[0]!
  if (items.length <= longList)
    return html`<ul>
      ${items.map((item) => html`<li>${item}</li>`)}
    </ul>`
  const { comma, number } = view.f
  return html`<details>
    <summary>${joined(items.slice(0, firstOfLong), comma)} +${number(items.length - firstOfLong)}</summary>
    ${joined(items.slice(firstOfLong), comma)}
  </details>`
}

/** A number or a yes says nothing without its name; in a row of one alone, nothing does. */
const isUnclearAlone = ({ 'x-field': field }: Shape, isInList: boolean): boolean =>
  !isInList || field?.type === 'flag' || field?.type === 'number' || field?.vocabulary === 'answers'

const labelled = (view: View, name: string, value: Html): Html =>
  html`<span class="soft">${view.t(`field.${name}`)}:</span> ${value}`

/** Values beside one another: those that look alike and are not are shown whole, as an address is with its beginning. */
export function toldApart(shown: readonly Content[], values: readonly unknown[]): Content[] {
  const looks = shown.map((one) => String(one).replaceAll(/<[^>]*>/g, ''))
  return shown.map((one, at) => {
    const value = JSON.stringify(values[at])
    const isTwin = values.some((other, i) => i !== at && looks[i] === looks[at] && JSON.stringify(other) !== value)
    return isTwin ? whole(values[at]) : one
  })
}

const whole = (value: unknown): Content =>
  Array.isArray(value)
    ? html`<ul>
        ${value.map((one) => html`<li>${whole(one)}</li>`)}
      </ul>`
    : html`<bdi class="long">${typeof value === 'string' ? value : JSON.stringify(value)}</bdi>`
