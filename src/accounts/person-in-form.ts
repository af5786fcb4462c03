/** Reads the field by which a person is found, and finds who may be meant where that is not one person. */
import type { Who } from '#kernel/http/server.ts'
import type { PageContext } from '#ui/page-context.ts'
import { findPeople, type PersonFound } from './find-people.ts'

/** What an operation takes: the person who was chosen, unless something else was typed since. */
export function personIn(form: URLSearchParams): { account: string } | { email: string } {
  const [account, email] = [form.get('account'), (form.get('email') ?? '').trim()]
  return account && email === (form.get('accountFor') ?? '').trim() ? { account } : { email }
}

/** Nobody for a whole address: that is somebody’s, or nobody’s. */
export async function foundFor(
  { askForPart }: Pick<PageContext, 'askForPart'>,
  who: Who,
  form: { get: (name: string) => string | null | undefined },
): Promise<readonly PersonFound[]> {
  const q = (form.get('email') ?? '').trim().slice(0, 254)
  if (q.includes('@')) return []
  return (await askForPart(who, findPeople, { q }))?.people ?? []
}
