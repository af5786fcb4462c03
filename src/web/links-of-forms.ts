/** The records that the fields of a form lead to, so that people see more than their addresses. */
import type { Who } from '#core/web/server.ts'
import type { Step } from '#house/forms/plan.ts'
import type { Kind } from '#house/kind.ts'
import { read } from '#house/record/operations.ts'
import { fieldsOf } from '#house/record/plan.ts'
import type { Kept } from '#house/record/record.ts'
import type { Asking } from './records.ts'

const mostLinked = 20

/** By field of the step; what is not there, or no more, is left out. */
export async function linkedFrom(
  askAs: Asking['askAs'],
  who: Who,
  { kind, body }: { kind: Kind; body: unknown },
  step: Step,
): Promise<Map<string, Kept[]>> {
  const linked = new Map<string, Kept[]>()
  for (const { name, field, valuesIn } of fieldsOf(kind)) {
    const [place = ''] = name.split('.')
    if (!field.rel || !step.asked.some((one) => one.name === place)) continue
    const ids = [...new Set(valuesIn(body))].slice(0, mostLinked)
    const found = await Promise.all(ids.map((id) => askAs<Kept>(who, read, { id }).catch(() => undefined)))
    linked.set(place, [...(linked.get(place) ?? []), ...found.filter((one) => one !== undefined)])
  }
  return linked
}
