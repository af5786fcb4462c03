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
type Reach = (value: unknown) => unknown[]

const plans = new WeakMap<object, FieldAt[]>()

export function fieldsOf(kind: Pick<Kind, 'body'>): FieldAt[] {
  const known = plans.get(kind.body)
  if (known) return known
  const made = walk(kind.body as Shape, '', (value) => [value])
  plans.set(kind.body, made)
  return made
}

function walk(shape: Shape, name: string, reach: Reach): FieldAt[] {
  if (shape['x-field'])
    return [{ name, field: shape['x-field'], valuesIn: (body) => reach(body).filter((value) => value !== undefined) }]
  if (shape.items)
    return walk(shape.items, name, (body) => reach(body).flatMap((value) => (Array.isArray(value) ? value : [])))
  return Object.entries(shape.properties ?? {}).flatMap(([key, inner]) =>
    walk(inner, name ? `${name}.${key}` : key, (body) =>
      reach(body).map((value) => (value as Record<string, unknown> | undefined)?.[key]),
    ),
  )
}
