/** A proof of who somebody is, before what a page does in their name. */
import { Problem, violation } from '#kernel/problem.ts'
import type { HttpRequest } from '#kernel/http/server.ts'
import type { PageContext } from '#ui/page-context.ts'
import { proveIdentity } from './proof.ts'
import { isSignedIn, proofIn } from './signed-in.ts'

/**
 * For pages that let others judge: a session that was left open appoints nobody. Programs need none: their key was made with one.
 * @throws Problem invalid, at the field of the password, where it is not right; unauthenticated without a session
 */
export const provingBy =
  ({ askAs }: Pick<PageContext, 'askAs'>) =>
  async (request: HttpRequest, form: URLSearchParams, field: string): Promise<void> => {
    if (!isSignedIn(request)) throw new Problem('unauthenticated', { operation: proveIdentity.name })
    const answer = await askAs(request.who, proveIdentity, proofIn(request, form, field))
    if ('refused' in answer) throw violation(field, `proof.${answer.refused}`)
  }
