/** Where the annotated fields of a kind are, worked out once from its schema. */
import type { TSchema } from 'typebox'
import type { Kind } from './kind.ts'
import type { Field } from './fields.ts'

export type FieldAt = {
  /** `organisations.organisation`; lists leave no trace. */
  name: string
  field: Field
  /** Every value at that place of a body, in order. */
  valuesIn: (body: unknown) => unknown[]
}

type Shape = TSchema & { 'x-field'?: Field; properties?: Record<string, Shape>; items?: Shape }
/** How a value is reached: by a name, or as each item of a list. */
type Step = { key: string } | 'items'

const plans = new WeakMap<object, FieldAt[]>()

export function fieldsOf(kind: Pick<Kind, 'body'>): FieldAt[] {
  const known = plans.get(kind.body)
  if (known) return known
  const made = walk(kind.body as Shape, '', [])
  plans.set(kind.body, made)
  return made
}

function walk(shape: Shape, name: string, path: readonly Step[]): FieldAt[] {
  if (shape['x-field']) return [{ name, field: shape['x-field'], valuesIn: reaching(path) }]
  if (shape.items) return walk(shape.items, name, [...path, 'items'])
  return Object.entries(shape.properties ?? {}).flatMap(([key, inner]) =>
    walk(inner, name ? `${name}.${key}` : key, [...path, { key }]),
  )
}

function reaching(path: readonly Step[]): FieldAt['valuesIn'] {
  const [first, second, third] = path
  // Most fields stand in the body itself, or are a list there.
  if (typeof first === 'object' && (second === undefined || (second === 'items' && third === undefined))) {
    const { key } = first
    return (body) => {
      const value = (body as Record<string, unknown> | null | undefined)?.[key]
      if (value === undefined) return []
      if (second === undefined) return [value]
      return Array.isArray(value) ? value.filter((item) => item !== undefined) : []
    }
  }
  const gather = (value: unknown, at: number, found: unknown[]): void => {
    if (value === undefined) return
    const step = path[at]
    if (step === undefined) found.push(value)
    else if (step !== 'items') gather((value as Record<string, unknown> | null)?.[step.key], at + 1, found)
    else if (Array.isArray(value)) for (const item of value) gather(item, at + 1, found)
  }
  return (body) => {
    const found: unknown[] = []
    gather(body, 0, found)
    return found
  }
}
