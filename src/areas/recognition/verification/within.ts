/** The credentials within a learner record: each is verified by itself, and told by itself (1EdTech CLR 2.0). */
import { isLearnerRecord } from './open-badges-form.ts'
import { failed, idOf, isObject, listOf, ok, unchecked } from './verification.ts'
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

const mostEndorsements = 10
type Verify = (given: string | Json) => Promise<Verification>

/** Endorsements of the credential, its achievement and its issuer, each with the identifier of what it stands at. */
function endorsementsIn(document: Json): { given: unknown; of: string | undefined }[] {
  const at = (value: unknown) =>
    isObject(value)
      ? [...listOf(value.endorsement), ...listOf(value.endorsementJwt)].map((given) => ({ given, of: idOf(value) }))
      : []
  const achievements = listOf(document.credentialSubject).flatMap((one) =>
    isObject(one) ? listOf(one.achievement) : [],
  )
  const creators = achievements.flatMap((one) => (isObject(one) ? listOf(one.creator) : []))
  return [document, document.issuer, ...achievements, ...creators].flatMap(at)
}

/**
 * The check `endorsements`: what others say counts only where it is signed, valid, and of that very thing. It never
 * makes a credential fail, since nothing in it depends on them.
 */
export async function checkEndorsements(document: Json, depth: number, verify: Verify): Promise<Found> {
  const found = endorsementsIn(document)
  if (found.length === 0) return { checks: [], within: [] }
  const of = String(found.length)
  if (depth > 0 || found.length > mostEndorsements)
    return { checks: [unchecked('endorsements', 'notLookedAt', { of })], within: [] }
  const within: Within[] = []
  let good = 0
  for (const one of found) {
    const { within: _, ...told } = await verify(isObject(one.given) ? one.given : String(one.given))
    within.push({ role: 'endorsement', ...told })
    const isOfIt = told.credential?.subjectId === one.of && told.credential?.types.includes('EndorsementCredential')
    if (told.isVerified && isOfIt) good++
  }
  if (good === found.length) return { checks: [ok('endorsements', 'ok', { of })], within }
  return { checks: [unchecked('endorsements', 'some', { count: String(found.length - good), of })], within }
}
