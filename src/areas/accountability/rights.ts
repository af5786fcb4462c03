/** Who may report on a commitment, and who may assess it: never the same people. */
import type { Kysely } from 'kysely'
import type { Context } from '#kernel/context.ts'
import { violation } from '#kernel/problem.ts'
import { people } from '#accounts/store.ts'
import { records } from '#records/store.ts'
import { members } from './store.ts'

type Promised = { countries?: readonly string[]; promisedBy?: readonly string[] }
const assessing = ['reviewer', 'curator', 'operator'] as const

/** The focal point of a country that promised, or somebody verified to speak for an organisation that did. */
export async function speaksFor(db: Kysely<unknown>, id: string, promised: Promised): Promise<boolean> {
  const account = await people(db).byId(id)
  if (account?.state !== 'active') return false
  const isFocalPoint = account.roles.includes('focal-point') && account.country !== null
  if (isFocalPoint && promised.countries?.includes(account.country!)) return true
  const own = await members(db).organisationsOf(id)
  return own.some(({ organisationId }) => promised.promisedBy?.includes(organisationId))
}

/** A reviewer or curator who does not speak for those who promised. */
export async function mayAssess(db: Kysely<unknown>, id: string, promised: Promised): Promise<boolean> {
  const account = await people(db).byId(id)
  return (
    account?.state === 'active' &&
    assessing.some((role) => account.roles.includes(role)) &&
    !(await speaksFor(db, id, promised))
  )
}

type Statement = { reportsOn?: string; assesses?: string; saidOn?: string }

/**
 * A report is signed by those who speak for who promised, an assessment by those who do not, and neither is of a day to come.
 * @throws Problem invalid, at the field that may not be filled in so
 */
export async function expectRightful(context: Context, body: object, authors: readonly string[]): Promise<void> {
  const { reportsOn, assesses, saidOn = '' } = body as Statement
  const of = reportsOn ?? assesses
  if (of === undefined || saidOn === '') return
  const about = await records(context.db).find(of)
  if (about?.kind !== 'commitment') return
  const [place, rule, may] =
    reportsOn === undefined
      ? (['assesses', 'notIndependent', mayAssess] as const)
      : (['reportsOn', 'notSpeaking', speaksFor] as const)
  const promised = about.body as Promised
  if (authors.length === 0) throw violation(place, rule)
  for (const author of authors) if (!(await may(context.db, author, promised))) throw violation(place, rule)
  if (saidOn > context.now().toISOString().slice(0, 10)) throw violation('saidOn', 'dayToCome')
}
