/** From which save of a draft each field of a form was filled, so that what others wrote since is not written over. */
import type { HttpRequest } from '#kernel/http/server.ts'
import type { Step } from '#records/form/plan.ts'
import { filledRows } from '#records/form/read.ts'
import type { PageContext } from '#ui/page-context.ts'
import type { DraftShape } from './drafts/shapes.ts'
import { readSave } from './drafts/write.ts'
import { fromName } from './pages/step.ts'

type Body = Readonly<Record<string, unknown>>

/**
 * What each field of the form was filled from: rows have no name but their place, and others may have moved them since.
 * A field shown again because somebody else changed it too names the save that its own rows came from.
 */
export async function bodyFilledFrom(
  { askForPart }: PageContext,
  request: HttpRequest,
  { draft, step, form }: { draft: DraftShape; step: Step; form: URLSearchParams },
): Promise<Body> {
  const saves = new Map<number, Body>([[draft.revision, draft.body]])
  for (const revision of new Set(step.asked.map(({ name }) => originOf(name, form).revision)))
    if (!saves.has(revision)) {
      const save = await askForPart(request.who, readSave, { id: draft.id, revision })
      saves.set(revision, (save?.body as Body | undefined) ?? draft.body)
    }
  return Object.fromEntries(
    step.asked.flatMap(({ name }) => {
      const { revision, rows } = originOf(name, form)
      const value = saves.get(revision)![name]
      if (value === undefined) return []
      return [[name, rows && Array.isArray(value) ? rows.map((row) => value[row] as unknown) : value]]
    }),
  )
}

/** The save that a field of the form was filled from; and, where its rows are fewer or stand otherwise, which of them they were. */
export function originOf(field: string, form: URLSearchParams): { revision: number; rows?: number[] } {
  const [, revision, rows] = /^(\d{1,9}):([\d,]{0,4000})$/.exec(form.get(fromName(field)) ?? '') ?? []
  if (rows === undefined) return { revision: Number(form.get('revision')) || 1 }
  return { revision: Number(revision) || 1, rows: rows.split(',').filter(Boolean).map(Number) }
}

/** A row that was in no save. */
const newRow = 1_000

/** The same for the form that is shown next, in which the rows that say something stand one after another. */
export function originAfter(field: string, form: URLSearchParams): string {
  const { revision, rows } = originOf(field, form)
  return `${revision}:${filledRows(field, form)
    .map((row) => (rows ? (rows[row] ?? newRow) : row))
    .join(',')}`
}
