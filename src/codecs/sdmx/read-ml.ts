/** SDMX-ML data messages as rows: generic and structure-specific, 2.1 and 3.0, read as they come and never held. */
import { SaxesParser } from 'saxes'
import { Problem } from '#kernel/problem.ts'
import type { Bytes, Row } from './read-rows.ts'

export const mlLimits = { depth: 24, attributes: 500, characters: 1024 * 1024 }

const roots = /^(?:Generic|StructureSpecific)(?:TimeSeries)?Data$/
const local = (name: string) => name.slice(name.indexOf(':') + 1)

type Reference = { flow: string; atObservation: string }
type State = {
  path: string[]
  text: string
  prepared: string
  /** By the id that data sets name them by. */
  references: Map<string, Reference>
  structureId: string
  dataSet: { reference: Reference; action: string; attributes: Map<string, string> }
  series: Map<string, string>
  observation: Map<string, string> | undefined
  /** The dimensions that a generic message names. */
  dimensions: Set<string> | undefined
  rows: Row[]
}

export type MlMessage = { rows: AsyncGenerator<Row>; prepared: () => string }

/** @throws (from `rows`) Problem doctypeRefused, tooDeep, tooLarge, malformedXml with line and column, notUtf8 */
export function readSdmxMl(bytes: Bytes): MlMessage {
  const usual = { flow: '', atObservation: 'TIME_PERIOD' }
  const state: State = {
    path: [],
    text: '',
    prepared: '',
    references: new Map(),
    structureId: '',
    dataSet: { reference: usual, action: 'Information', attributes: new Map() },
    series: new Map(),
    observation: undefined,
    dimensions: undefined,
    rows: [],
  }
  return { rows: rowsOf(bytes, state), prepared: () => state.prepared }
}

async function* rowsOf(bytes: Bytes, state: State): AsyncGenerator<Row> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decoded = (chunk?: Uint8Array) => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
    } catch (cause) {
      throw new Problem('notUtf8', {}, { cause })
    }
  }
  let sinceTag = 0
  const parser = parserInto(state, () => {
    sinceTag = 0
  })
  for await (const chunk of bytes) {
    const text = decoded(chunk)
    sinceTag += text.length
    parser.write(text)
    // What never ends, such as an attribute of a gigabyte, is not held until it does.
    if (sinceTag > mlLimits.characters + text.length)
      throw new Problem('tooLarge', { limit: mlLimits.characters, size: sinceTag })
    yield* state.rows.splice(0)
  }
  parser.write(decoded()).close()
  yield* state.rows.splice(0)
}

function parserInto(state: State, atTag: () => void): SaxesParser {
  const parser = new SaxesParser()
  const place = () => ({ line: parser.line, column: parser.column })
  let attributes = 0
  parser.on('doctype', () => {
    throw new Problem('doctypeRefused', place())
  })
  parser.on('error', (cause) => {
    throw new Problem('malformedXml', place(), { cause })
  })
  parser.on('attribute', () => {
    if (++attributes > mlLimits.attributes) throw new Problem('tooLarge', { limit: mlLimits.attributes, ...place() })
  })
  parser.on('text', (text) => {
    if (state.text.length < 2_000) state.text += text
  })
  parser.on('opentag', ({ name, attributes: given }) => {
    atTag()
    attributes = 0
    state.text = ''
    const element = local(name)
    if (state.path.length === 0 && !roots.test(element)) throw new Problem('malformedXml', place())
    state.path.push(element)
    if (state.path.length > mlLimits.depth) throw new Problem('tooDeep', { limit: mlLimits.depth, ...place() })
    opened(state, element, given as Record<string, string>)
  })
  parser.on('closetag', ({ name }) => {
    atTag()
    closed(state, local(name), parser.line)
    state.path.pop()
    state.text = ''
  })
  return parser
}

const ownOf = (attributes: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(attributes).filter(([name]) => !name.includes(':') && name !== 'xmlns' && name !== 'type')

function opened(state: State, element: string, attributes: Readonly<Record<string, string>>): void {
  const parent = state.path.at(-2) ?? ''
  switch (element) {
    case 'Structure':
      if (attributes['structureID'] === undefined) return
      state.structureId = attributes['structureID']
      state.references.set(state.structureId, {
        flow: '',
        atObservation: attributes['dimensionAtObservation'] ?? 'TIME_PERIOD',
      })
      return
    case 'Ref':
      if (state.path.includes('Header')) flowNamed(state, attributes['id'] ?? '')
      return
    case 'DataSet': {
      const named = attributes['structureRef'] ?? attributes['ss:structureRef'] ?? attributes['data:structureRef'] ?? ''
      const [first] = state.references.values()
      const reference = state.references.get(named) ?? first ?? { flow: named, atObservation: 'TIME_PERIOD' }
      const action = attributes['action'] ?? attributes['ss:action'] ?? 'Information'
      const own = ownOf(attributes).filter(([name]) => /^[A-Z]/.test(name))
      state.dataSet = { reference, action, attributes: new Map(own) }
      return
    }
    case 'Series':
      state.series = new Map(ownOf(attributes))
      return
    case 'Obs':
      state.observation = new Map([...(state.path.includes('Series') ? state.series : []), ...ownOf(attributes)])
      return
    case 'SeriesKey':
    case 'ObsKey':
      state.dimensions ??= new Set()
      return
    case 'Value':
      valueNamed(state, parent, attributes)
      return
    case 'ObsDimension':
      state.observation?.set(attributes['id'] ?? state.dataSet.reference.atObservation, attributes['value'] ?? '')
      return
    case 'ObsValue':
      state.observation?.set('OBS_VALUE', attributes['value'] ?? '')
  }
}

/** Of a generic message: the value of a dimension or attribute, of the series, the observation or the data set. */
function valueNamed(state: State, parent: string, { id = '', value = '' }: Readonly<Record<string, string>>): void {
  const holder = state.observation ?? (state.path.includes('Series') ? state.series : state.dataSet.attributes)
  if (parent === 'SeriesKey' || parent === 'ObsKey') {
    state.dimensions?.add(id)
    holder.set(id, value)
  } else if (parent === 'Attributes') holder.set(id, value)
}

/** `urn:…Dataflow=AGENCY:ID(1.0)`, or the id alone. */
function flowNamed(state: State, written: string): void {
  const reference = state.references.get(state.structureId)
  const id = /=[^:]+:([^(]+)\(/.exec(written)?.[1] ?? written.trim()
  if (reference && id && !reference.flow) reference.flow = id
}

function closed(state: State, element: string, line: number): void {
  if (element === 'Prepared' && state.path.includes('Header')) state.prepared = state.text.trim()
  else if (state.path.includes('Header') && state.text.includes('urn:sdmx:')) flowNamed(state, state.text)
  else if (element === 'Obs' && state.observation) {
    const cells = new Map([...state.dataSet.attributes, ...state.observation])
    const { reference, action } = state.dataSet
    const known = state.dimensions && new Set([...state.dimensions, reference.atObservation])
    state.rows.push({ line, flow: reference.flow, action: action.slice(0, 1), cells, dimensions: known })
    state.observation = undefined
  }
}
