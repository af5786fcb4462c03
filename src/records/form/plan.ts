/** The form of a kind, derived from its schema: what is asked for, how, and in which steps. */
import type { TSchema } from 'typebox'
import type { Kind } from '../kind.ts'
import type { Field } from '../fields.ts'
import { codeList } from '../vocabularies/index.ts'

/**
 * How something is asked for. `lines`: several values, one a line. `boxes`: any of a few. `names`: one or several of a
 * long list, by name or code. `files`: groups that begin with a file.
 */
export type Control =
  | 'line'
  | 'text'
  | 'lines'
  | 'boxes'
  | 'radios'
  | 'select'
  | 'names'
  | 'flag'
  | 'number'
  | 'money'
  | 'place'
  | 'groups'
  | 'files'

export type FormField = {
  /** The property of the body, or of the group it stands in. */
  name: string
  control: Control
  field: Field
  isRequired: boolean
  isList: boolean
  max: number | undefined
  /** For groups: the fields of each. */
  members: readonly FormField[]
  /** What a value of it must fit. */
  schema: TSchema
}

export type Step = {
  name: string
  asked: readonly FormField[]
  /** It is enough to submit, together with the others of which this is said. */
  isSnapshot?: boolean
}

type Shape = TSchema & {
  'x-field'?: Field
  type?: string
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
  maxLength?: number
  additionalProperties?: Shape | boolean
  patternProperties?: Record<string, Shape>
}

/** What a few can be shown of at once. */
const mostBoxes = 24
const mostRadios = 7
/** A text that may be longer gets room for more than a line. */
const longestLine = 500

const noField: Field = { type: 'string' }

function controlOf(field: Field, isList: boolean, shape: Shape): Control {
  switch (field.type) {
    case 'text':
      return field.weight === 'title' || longest(shape) <= longestLine ? 'line' : 'text'
    case 'words':
      return 'lines'
    case 'choice':
      return choiceControl(field, isList)
    case 'language':
      return 'names'
    case 'link':
      return field.offersAll && !isList ? 'select' : isList ? 'lines' : 'line'
    case 'flag':
      return 'flag'
    case 'number':
    case 'year':
      return isList ? 'lines' : 'number'
    case 'money':
    case 'place':
      return field.type
    default:
      return isList ? 'lines' : 'line'
  }
}

function choiceControl({ vocabulary = '', offersAll }: Field, isList: boolean): Control {
  const size = Object.keys(codeList(vocabulary)?.terms ?? {}).length
  if (size === 0 || (size > mostBoxes && !offersAll)) return 'names'
  if (isList) return 'boxes'
  return size <= mostRadios ? 'radios' : 'select'
}

/** The length of one text of a language map. */
function longest(shape: Shape): number {
  const inner = shape.additionalProperties
  const [text] = Object.values(shape.patternProperties ?? {})
  return text?.maxLength ?? (typeof inner === 'object' ? inner.maxLength : undefined) ?? shape.maxLength ?? Infinity
}

function formFieldOf(name: string, shape: Shape, isRequired: boolean): FormField {
  const isList = shape.items !== undefined && shape['x-field'] === undefined
  const inner = isList ? shape.items! : shape
  const field = inner['x-field']
  if (!field && inner.properties)
    return {
      name,
      control: inner.properties.file?.['x-field']?.type === 'file' ? 'files' : 'groups',
      field: noField,
      isRequired,
      isList,
      max: undefined,
      members: membersOf(inner).map(asRowMember),
      schema: shape,
    }
  const known = field ?? noField
  const max = longest(inner)
  return {
    name,
    control: controlOf(known, isList, inner),
    field: known,
    isRequired,
    isList,
    max: Number.isFinite(max) ? max : undefined,
    members: [],
    schema: shape,
  }
}

const membersOf = ({ properties = {}, required = [] }: Shape): FormField[] =>
  Object.entries(properties).map(([name, shape]) => formFieldOf(name, shape, required.includes(name)))

/** In rows of fields that belong together, one of a few is chosen from a list: buttons would fill the screen. */
const asRowMember = (formField: FormField): FormField =>
  formField.control === 'radios' ? { ...formField, control: 'select' } : formField

/** A second page for a few fields more would only be one more to open. */
const fewFields = 4

/** What is needed or tells most of it, its name first; then the rest. */
function usualSteps(kind: Kind, all: readonly FormField[]): NonNullable<Kind['steps']> {
  const tells = ({ name, field, isRequired }: FormField) =>
    isRequired ||
    field.weight === 'heading' ||
    field.property === 'description' ||
    ['url', 'websites', 'countries', 'languages'].includes(name) ||
    kind.line.includes(name)
  const first = [...all].sort((a, b) => Number(b.name === 'title') - Number(a.name === 'title')).filter(tells)
  const files = all.filter(({ control }) => control === 'files')
  const rest = all.filter((one) => !first.includes(one) && !files.includes(one))
  const step = (name: string, fields: readonly FormField[]) => ({ name, fields: fields.map((one) => one.name) })
  const steps =
    rest.length <= fewFields
      ? [{ ...step('all', [...first, ...rest]), isSnapshot: true as const }]
      : [{ ...step('identity', first), isSnapshot: true as const }, step('more', rest)]
  return files.length > 0 ? [...steps, step('attachments', files)] : steps
}

const plans = new WeakMap<object, Step[]>()

/** All that a kind asks for, in its steps; the language it is written in is asked apart. */
export function stepsOf(kind: Kind): readonly Step[] {
  const known = plans.get(kind.body)
  if (known) return known
  const all = membersOf(kind.body as Shape).filter(({ name }) => name !== 'originalLanguage')
  const snapshot = new Set(kind.snapshot ?? [])
  const fieldsByName = new Map(
    all.map((one) => [one.name, { ...one, isRequired: one.isRequired || snapshot.has(one.name) }]),
  )
  const named = kind.steps ?? usualSteps(kind, [...fieldsByName.values()])
  const steps = named.map(({ name, fields, isSnapshot = false }) => ({
    name,
    asked: fields.map((field) => fieldsByName.get(field)!),
    isSnapshot,
  }))
  plans.set(kind.body, steps)
  return steps
}

export const stepNamed = (kind: Kind, name: string): Step | undefined =>
  stepsOf(kind).find((step) => step.name === name)

const partsOf: Partial<Record<Control, readonly string[]>> = {
  money: ['amount', 'currency'],
  place: ['latitude', 'longitude'],
}

/** The control of a step that a place in a body is filled in by: `reached.0.count.en` → `reached.0.count`. */
export function controlAt({ asked }: Step, place: string): string {
  const [top = '', ...rest] = place.split('.')
  const formField = asked.find(({ name }) => name === top)
  if (!formField) return top
  if (formField.members.length === 0)
    return partsOf[formField.control]?.includes(rest[0] ?? '') ? `${top}.${rest[0]}` : top
  const [row, member = ''] = formField.isList ? rest : ['', rest[0]]
  if (!formField.members.some(({ name }) => name === member)) return top
  return [top, row, member].filter(Boolean).join('.')
}

/** How much of a step is filled in, and what of it must be and is not; of what is withheld from the reader, neither. */
export function completenessOf(step: Step, body: Readonly<Record<string, unknown>>, withheld: readonly string[] = []) {
  const asked = step.asked.filter(({ name }) => !withheld.includes(name))
  const missing = asked.filter(({ name, isRequired }) => isRequired && body[name] === undefined)
  return {
    filled: asked.filter(({ name }) => body[name] !== undefined).length,
    of: asked.length,
    missing: missing.map(({ name }) => name),
  }
}
