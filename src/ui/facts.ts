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
    const missing = (value as unknown[]).filter((one) => isLost(shape.items!, one, titles)).length
    const all =
      missing > 0 ? [...items, html`<span class="small">${view.t('record.notHere', { count: missing })}</span>`] : items
    return all.length ? listOf(view, all) : undefined
  }
  if (isLost(shape, value, titles)) return undefined
  const members = Object.entries(shape.properties ?? {})
  // Where all of it is shown apart, whoever asks for it here has no such part: a draft that is checked, what differs.
  const isAllApart = members.every(([, inner]) => inner['x-field']?.shownApart)
  if (members.some(([name]) => name === 'given')) return personOf(view, value as Record<string, string | undefined>)
  const parts = members.flatMap(([name, inner]) => {
    const one = (value as Record<string, unknown>)[name]
    if (one === undefined || inner['x-field']?.type === 'file' || (inner['x-field']?.shownApart && !isAllApart))
      return []
    const shown = factOf(view, inner, one, titles)
    return shown ? [isUnclearAlone(inner, isInList) || isBareNumber(one) ? labelled(view, name, shown) : shown] : []
  })
  return parts.length ? joined(parts, ' · ') : undefined
}

/** It leads, or one of its parts does, to a record that is not here. */
function isLost(shape: Shape, value: unknown, titles: ReadonlyMap<string, LinkedName>): boolean {
  if (shape['x-field']) return shape['x-field'].type === 'link' && !titles.has(String(value))
  return Object.entries(shape.properties ?? {}).some(([name, inner]) => {
    const one = (value as Record<string, unknown>)[name]
    return one !== undefined && inner['x-field'] !== undefined && isLost(inner, one, titles)
  })
}

/** Somebody by name, who has no record here: the given name first, a number of theirs behind it. */
const personOf = (view: View, { given, name, orcid }: Record<string, string | undefined>): Html =>
  html`<bdi>${[given, name].filter(Boolean).join(' ')}</bdi>${orcid && html` <bdi class="small">${view.t('field.orcid')} ${orcid}</bdi>`}`

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

/** Digits in a line of text, such as a version. A year speaks for itself. */
const isBareNumber = (value: unknown): boolean =>
  typeof value === 'string' && /^\d[\d.]*$/.test(value) && !/^[12]\d{3}$/.test(value)

const labelled = (view: View, name: string, value: Html): Html =>
  html`<span class="soft">${view.t(`field.${name}`)}${view.f.colon}</span>${value}`

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
