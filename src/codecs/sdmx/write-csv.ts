/** SDMX-CSV 1.0 (for SDMX 2.1) and 2.0 (for SDMX 3.0), data messages: one row an observation. */
import {
  layoutOf,
  shortNameOf,
  textIn,
  type Action,
  type DataHead,
  type DataWriter,
  type Header,
  type Section,
} from './model.ts'

export type CsvOptions = {
  version: '1.0.0' | '2.0.0'
  labels?: 'id' | 'name' | 'both'
  keys?: 'none' | 'obs' | 'series' | 'both'
  /** Years as they are, or as the first day of the year. */
  timeFormat?: 'original' | 'normalized'
}

const needsQuotes = /[",\r\n]|^\s|\s$/
const cell = (text: string): string => (needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const actions: Readonly<Record<Action, string>> = { Information: 'I', Replace: 'R', Delete: 'D' }

/** Columns of all heads are joined: dimensions first, then time, measure and attributes. */
const joined = (lists: readonly (readonly { id: string }[])[]): string[] => [
  ...new Set(lists.flatMap((list) => list.map(({ id }) => id))),
]

export function csvWriter({ language }: Header, heads: readonly DataHead[], options: CsvOptions): DataWriter {
  const { version, labels = 'id', keys = 'none', timeFormat = 'original' } = options
  const isOld = version === '1.0.0'
  const [first] = heads
  const time = first?.structure.time.id ?? 'TIME_PERIOD'
  const measure = first?.structure.measure.id ?? 'OBS_VALUE'
  const dimensions = joined(heads.map(({ structure }) => structure.dimensions))
  const attributes = joined(heads.map((head) => head.attributes))
  const columns = [...dimensions, time, ...(heads.some((one) => one.hasMeasure) ? [measure] : []), ...attributes]
  const words = wordsOf(heads, language)
  const when = (year: string) => (timeFormat === 'normalized' && /^\d{4}$/.test(year) ? `${year}-01-01` : year)
  const told = (component: string, value: string): string[] => {
    if (labels === 'id' || value === '') return labels === 'name' ? ['', ''] : [cell(value)]
    const name = words.code(component, value)
    if (labels === 'name') return [cell(value), cell(name ?? '')]
    return [cell(name === undefined ? value : `${value}: ${name}`)]
  }
  const heading = (id: string): string[] => {
    const name = words.component(id)
    return labels === 'both' ? [cell(`${id}: ${name}`)] : labels === 'name' ? [id, cell(name)] : [id]
  }
  const keyColumns = [
    ...(keys === 'series' || keys === 'both' ? ['SERIES_KEY'] : []),
    ...(keys === 'obs' || keys === 'both' ? ['OBS_KEY'] : []),
  ]

  let head: DataHead
  let start = ''
  let line: (cells: ReadonlyMap<string, string>, series: string, observation: string) => string
  let layout: ReturnType<typeof layoutOf>
  let quickly: ((section: Section) => string) | undefined
  return {
    begin: () => {
      const named = labels === 'name' ? ['STRUCTURE_NAME'] : []
      const fixed = isOld ? ['DATAFLOW', ...named] : ['STRUCTURE', 'STRUCTURE_ID', ...named, 'ACTION']
      return `${[...fixed, ...keyColumns, ...columns.flatMap(heading)].join(',')}\r\n`
    },
    beginDataSet: ({ head: at, action }) => {
      head = heads[at]!
      const id = shortNameOf(head.flow)
      const name = textIn(head.flow.names, language)
      const named = labels === 'both' ? [cell(`${id}: ${name}`)] : labels === 'name' ? [id, cell(name)] : [id]
      start = (isOld ? named : ['dataflow', ...named, actions[action]]).join(',')
      line = (cells, series, observation) => {
        const ofKeys = keyColumns.map((column) => (column === 'SERIES_KEY' ? series : observation))
        const values = columns.flatMap((id) =>
          told(id, id === time ? when(cells.get(id) ?? '') : (cells.get(id) ?? '')),
        )
        return `${[start, ...ofKeys, ...values].join(',')}\r\n`
      }
      layout = layoutOf(head)
      // The usual table, a row an observation of a time series, is the one that must be fast.
      const isUsual = labels === 'id' && keyColumns.length === 0 && timeFormat === 'original' && layout.at.id === time
      quickly = isUsual && head.hasObservations ? quickWriter(head, start, { dimensions, attributes }) : undefined
      return ''
    },
    section: (section) => {
      if (quickly) return quickly(section)
      const { key, observations } = section
      const cells = new Map(layout.series.map(({ id }, at) => [id, key[at] ?? '']))
      for (const [id, value] of head.flowAttributes) cells.set(id, value)
      const series = layout.series.map(({ id }) => cells.get(id)!).join('.')
      if (!head.hasObservations) return line(cells, series, '')
      return observations
        .map(({ at, value, attributes: own }) => {
          cells.set(layout.at.id, at)
          if (head.hasMeasure) cells.set(measure, value === null ? '' : String(value))
          head.attributes.forEach(({ id, level }, place) => {
            if (level === 'observation') cells.set(id, own[place] ?? '')
          })
          return line(cells, series, layout.all.map(({ id }) => cells.get(id)!).join('.'))
        })
        .join('')
    },
    endDataSet: () => '',
    end: () => '',
  }
}

type Columns = { dimensions: readonly string[]; attributes: readonly string[] }

/** Rows of time series whose cells are identifiers alone: what rows have in common is made once. */
function quickWriter(head: DataHead, start: string, { dimensions, attributes }: Columns) {
  const places = dimensions.map((id) => layoutOf(head).series.findIndex((one) => one.id === id))
  const own = attributes.map((id) => head.attributes.findIndex((one) => one.id === id && one.level === 'observation'))
  const fixed = attributes.map((id) => cell(head.flowAttributes.get(id) ?? ''))
  const endOf = (told: readonly string[]): string =>
    `${own.map((place, column) => `,${place < 0 ? fixed[column] : cell(told[place]!)}`).join('')}\r\n`
  const measure = head.hasMeasure ? ',' : ''
  // Observations that say the same of themselves share one list, and most say what the one before them said.
  let last: readonly string[] | undefined
  let end = ''
  return ({ key, observations }: Section): string => {
    let prefix = `${start},`
    for (const place of places) prefix += `${cell(key[place] ?? '')},`
    let text = ''
    for (const one of observations) {
      if (one.attributes !== last) end = endOf((last = one.attributes))
      const value = one.value === null || !head.hasMeasure ? '' : one.value
      text += `${prefix}${one.at}${measure}${value}${end}`
    }
    return text
  }
}

function wordsOf(heads: readonly DataHead[], language: string) {
  const components = new Map(
    heads.flatMap(({ structure }) =>
      [...structure.dimensions, structure.time, structure.measure, ...structure.attributes].map(({ id, names }) => [
        id,
        textIn(names, language),
      ]),
    ),
  )
  const known = new Map<string, string | undefined>()
  return {
    component: (id: string): string => components.get(id) ?? id,
    code: (component: string, code: string): string | undefined => {
      const key = `${component} ${code}`
      if (!known.has(key)) {
        const names = heads.map(({ nameOf }) => nameOf(component, code)).find(Boolean)
        known.set(key, names && textIn(names, language))
      }
      return known.get(key)
    },
  }
}
