/** What a draft holds that would tell who wrote it: taken out for those to whom its authors stay unnamed. */
import type { TSchema } from 'typebox'
import type { Actor } from '#kernel/context.ts'
import type { Kind } from '#records/kind.ts'
import type { Field } from '#records/fields.ts'
import type { Seen } from './access.ts'
import { isUnnamedTo } from './naming.ts'
import type { Values } from './store.ts'

type Shape = TSchema & {
  'x-field'?: Field
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
}

/** Itself, or, in a group, something without which there would be no group. */
const isTelling = (shape: Shape): boolean =>
  shape['x-field']?.tellsWho === true ||
  (shape.items !== undefined && isTelling(shape.items)) ||
  (shape.required ?? []).some((name) => isTelling(shape.properties![name]!))

/** The fields of a kind that are not told at all. */
export const tellingFields = ({ body }: Pick<Kind, 'body'>): string[] =>
  Object.entries(body.properties as Record<string, Shape>)
    .filter(([, shape]) => isTelling(shape))
    .map(([name]) => name)

function without(shape: Shape | undefined, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => without(shape?.items, one))
  if (!shape?.properties || typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const within = shape.properties![name]
      return within && isTelling(within) ? [] : [[name, without(within, inner)]]
    }),
  )
}

export type Told = { body: Values; unread: Record<string, string>; withheld: string[] }

/** What is filled in, as far as the requester may see it, and which fields they may not. */
export function toldOf(seen: Seen, actor: Actor): Told {
  const { body, unread } = seen.draft
  if (!seen.authors.some((id) => isUnnamedTo(seen, actor, id))) return { body, unread, withheld: [] }
  const withheld = tellingFields(seen.kind)
  return {
    body: without(seen.kind.body as Shape, body) as Values,
    unread: Object.fromEntries(Object.entries(unread).filter(([name]) => !withheld.includes(name))),
    withheld,
  }
}
