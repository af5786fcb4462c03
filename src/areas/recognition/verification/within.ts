/** The credentials within a learner record: each is verified by itself, and told by itself (1EdTech CLR 2.0). */
import { isLearnerRecord } from './open-badges-form.ts'
import { failed, isObject, listOf, ok, unchecked } from './verification.ts'
import type { Check, Json, Verification, Within } from './verification.ts'

/** In all, and how deep one may stand within another: who nests more means harm. */
export const mostWithin = 50
const deepest = 2

type Found = { checks: Check[]; within: Within[] }

/**
 * The check `within`: it passes where each passes, and hides none that could not be checked. Nothing where the document
 * is no learner record.
 */
export async function checkWithin(
  document: Json,
  depth: number,
  verify: (given: string | Json) => Promise<Verification>,
): Promise<Found> {
  if (!isLearnerRecord(document)) return { checks: [], within: [] }
  const inside = listOf(document.credentialSubject).flatMap((one) =>
    isObject(one) ? listOf(one.verifiableCredential) : [],
  )
  if (inside.length === 0) return { checks: [failed('within', 'none')], within: [] }
  if (depth >= deepest) return { checks: [unchecked('within', 'tooDeep')], within: [] }
  if (inside.length > mostWithin)
    return { checks: [unchecked('within', 'tooMany', { count: String(mostWithin) })], within: [] }
  const within: Within[] = []
  for (const one of inside) {
    if (within.length >= mostWithin)
      return { checks: [unchecked('within', 'tooMany', { count: String(mostWithin) })], within }
    const { within: deeper, ...told } = await verify(isObject(one) ? one : String(one))
    within.push({ role: 'credential', ...told }, ...deeper)
    // Who wrote one that takes too long wrote more of them.
    if (told.checks.some(({ code }) => code === 'tooComplex'))
      return { checks: [failed('within', 'failed', { count: '1', of: String(inside.length) })], within }
  }
  return { checks: [checkOfAll(within)], within }
}

function checkOfAll(within: readonly Within[]): Check {
  const values = (some: readonly Within[]) => ({ count: String(some.length), of: String(within.length) })
  const wrong = within.filter((one) => one.failed > 0)
  if (wrong.length > 0) return failed('within', 'failed', values(wrong))
  const unsure = within.filter((one) => !one.isVerified)
  if (unsure.length > 0) return unchecked('within', 'unchecked', values(unsure))
  return ok('within', 'ok', values(within))
}
