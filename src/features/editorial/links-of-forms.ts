/** The records that the fields of a form lead to or may lead to, so that people see more than their addresses. */
import type { Static } from 'typebox'
import type { Who } from '#kernel/http/server.ts'
import type { Step } from '#records/form/plan.ts'
import type { Kind } from '#records/kind.ts'
import type { FormLinks } from '#ui/controls.ts'
import { kindOperations } from '#records/kind-operations.ts'
import { read } from '#records/operations.ts'
import { fieldsOf } from '#records/field-plan.ts'
import type { StoredRecord } from '#records/record.ts'
import type { PageContext } from '#ui/page-context.ts'

const mostLinked = 20
const mostLinkedInAll = 100
const atOnce = 500
const mostOffered = 2_000

/** By field of the step; what is not there, or no more, is left out. */
async function chosenIn(
  { askAs }: PageContext,
  who: Who,
  { kind, body }: { kind: Kind; body: unknown },
  step: Step,
): Promise<Map<string, StoredRecord[]>> {
  const linked = new Map<string, StoredRecord[]>()
  for (const { name, field, valuesIn } of fieldsOf(kind)) {
    const [place = ''] = name.split('.')
    if (!field.rel || !step.asked.some((one) => one.name === place)) continue
    const ids = [...new Set(valuesIn(body))].slice(0, mostLinked)
    const found = await Promise.all(ids.map((id) => askAs(who, read, { id }).catch(() => undefined)))
    linked.set(place, [...(linked.get(place) ?? []), ...found.filter((one) => one !== undefined)])
  }
  return linked
}

/** All records that a body leads to; what is not there, or no more, is left out. */
export async function linkedFrom({ askAs }: PageContext, who: Who, kind: Kind, body: unknown): Promise<StoredRecord[]> {
  const ids = fieldsOf(kind).flatMap(({ field, valuesIn }) => (field.rel ? (valuesIn(body) as string[]) : []))
  const some = [...new Set(ids)].slice(0, mostLinkedInAll)
  const found = await Promise.all(some.map((id) => askAs(who, read, { id }).catch(() => undefined)))
  return found.filter((one) => one !== undefined)
}

async function allOf({ askAs, kinds }: PageContext, who: Who, kind: string): Promise<StoredRecord[]> {
  const { list } = kindOperations(kinds.get(kind)!)
  const found: StoredRecord[] = []
  for (let after: number | null = 0; after !== null && found.length < mostOffered;) {
    const page: Static<typeof list.output> = await askAs(who, list, { after, limit: atOnce })
    found.push(...page.records)
    after = page.next
  }
  return found
}

/** What is chosen comes first where it is not among those that are offered. */
export async function linksFrom(
  pageContext: PageContext,
  who: Who,
  draft: { kind: Kind; body: unknown },
  step: Step,
): Promise<FormLinks> {
  const chosen = await chosenIn(pageContext, who, draft, step)
  const offered = new Map<string, StoredRecord[]>()
  for (const { name, field, control } of step.asked) {
    if (field.type !== 'link' || control !== 'select') continue
    const all = (await Promise.all((field.to ?? []).map((kind) => allOf(pageContext, who, kind)))).flat()
    const beside = (chosen.get(name) ?? []).filter(({ id }) => !all.some((one) => one.id === id))
    offered.set(name, [...beside, ...all])
  }
  return { chosen, offered }
}
