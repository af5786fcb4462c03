/** Periods of a body that end before they begin: no schema can say so, since each of both dates is sound. */
import type { TSchema } from 'typebox'
import type { Violation } from '#kernel/problem.ts'
import type { Field } from './fields.ts'
import type { Kind } from './kind.ts'

type Shape = TSchema & { 'x-field'?: Field; properties?: Record<string, Shape>; items?: Shape }

/** What is no date is told as that alone. */
const isDate = (value: unknown): value is string => typeof value === 'string' && /^\d{4}(?:-\d\d){0,2}$/.test(value)

/** Dates are as exact as they are known: 2021 does not end before March 2021. */
const isBefore = (end: string, start: string): boolean => {
  const known = Math.min(end.length, start.length)
  return end.slice(0, known) < start.slice(0, known)
}

function within(shape: Shape, value: unknown, place: string): Violation[] {
  if (typeof value !== 'object' || value === null) return []
  if (shape.items)
    return Array.isArray(value) ? value.flatMap((item, at) => within(shape.items!, item, `${place}${at}.`)) : []
  const values = value as Record<string, unknown>
  return Object.entries(shape.properties ?? {}).flatMap(([name, inner]) => {
    const endsIn = inner['x-field']?.endsIn
    if (endsIn === undefined) return within(inner, values[name], `${place}${name}.`)
    const [start, end] = [values[name], values[endsIn]]
    return isDate(start) && isDate(end) && isBefore(end, start)
      ? [{ place: `${place}${endsIn}`, rule: 'endsFirst', values: { start, end } }]
      : []
  })
}

/** Told at the field of the end, for every field of which its kind says in which other one its period ends. */
export const violationsOfPeriods = ({ body: schema }: Pick<Kind, 'body'>, body: unknown): Violation[] =>
  within(schema as Shape, body, '')
