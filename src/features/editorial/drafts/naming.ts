/** Who sees whose name: names that a collection withholds are removed here, before anything is sent. */
import type { Actor, Context } from '#kernel/context.ts'
import { policyOf } from '../collections/policy.ts'
import { people } from '#accounts/store.ts'
import { isAuthor, mayDecide, type Seen } from './access.ts'

/** Whether this person of a draft is anonymous to the requester. */
export function isUnnamedTo(seen: Seen, actor: Actor, accountId: string): boolean {
  const { blindness } = policyOf(seen)
  if (blindness === 'open' || (actor.kind === 'person' && actor.id === accountId)) return false
  const isOfAuthors = seen.authors.includes(accountId)
  // Only those who decide see the names of both sides. An author is never one of them, whatever their role.
  if (isAuthor(seen, actor)) return !isOfAuthors
  if (mayDecide(seen, actor)) return false
  return blindness === 'both-unnamed' && isOfAuthors && seen.draft.state !== 'published'
}

/** Names and identifiers as the one who asks may have them; empty where they may not. */
export async function namingFor(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  seen: Seen,
  ids: readonly string[],
): Promise<{ nameOf: (id: string) => string; idOf: (id: string) => string }> {
  const known = await people(db).byIds([...new Set(ids)])
  return {
    nameOf: (id) => (isUnnamedTo(seen, actor, id) ? '' : (known.get(id)?.name ?? '')),
    idOf: (id) => (isUnnamedTo(seen, actor, id) ? '' : id),
  }
}
