/** What a step of a form tells beside its fields: what does not fit, and what others wrote meanwhile. */
import { isDeepStrictEqual } from 'node:util'
import type { Violation } from '#kernel/problem.ts'
import { placesOfFiles } from '#features/attachments/routes.ts'
import { controlAt, type Step } from '#records/form/plan.ts'
import { violationsOfValue } from '#records/form/read.ts'
import type { Kind } from '#records/kind.ts'
import { violationsOfPeriods } from '#records/periods.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import type { View } from '#ui/view.ts'

type Body = Readonly<Record<string, unknown>>

/** Periods that end before they begin, whose end this step asks for; of those that the record had before, none. */
export function periodsOf(kind: Kind, step: Step, values: Body, before: Body = {}): Violation[] {
  const known = violationsOfPeriods(kind, before)
  return violationsOfPeriods(kind, values).filter(
    (one) =>
      step.asked.some(({ name }) => name === one.place.split('.')[0]) &&
      !known.some((other) => isDeepStrictEqual(other, one)),
  )
}

/** What of these values does not fit; of those that the record had before, nothing. */
export const misfits = (asked: Step['asked'], values: Body, before: Body | undefined) =>
  asked
    .filter(({ name }) => !isDeepStrictEqual(values[name], before?.[name]))
    .flatMap((formField) => violationsOfValue(formField, values[formField.name]))

export const wordsFor = (view: View, step: Step, violations: readonly Violation[]): Errors =>
  errorsOf(view, violations, [
    ...step.asked.map(({ name }) => name),
    ...violations.map(({ place }) => controlAt(step, place)),
    ...placesOfFiles(step, violations),
  ])

export const toldValue = (value: unknown): string =>
  value === null || value === undefined
    ? '—'
    : typeof value === 'object'
      ? Object.values(value)
          .flat()
          .map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one)))
          .join('; ')
      : String(value)
