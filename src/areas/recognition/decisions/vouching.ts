/** What trust lists and quality decisions of this site say of whom a credential names. */
import type { Kysely } from 'kysely'
import { isDemonstration } from '#records/demonstration.ts'
import { isOf, type BodyOf } from '#records/kind.ts'
import { records } from '#records/store.ts'
import { copiedFrom, unreachedNodes } from '#features/federation/copied-from.ts'
import { signedLists } from '../trust/store.ts'
import { qualityDecision } from './quality-decision.ts'
import { trustList } from './trust-list.ts'
import { validityOn, type Validity } from './validity.ts'

const most = 5_000
const isTrustList = isOf(trustList)
const isQuality = isOf(qualityDecision)
/** Whether somebody may rely on it on that day. */
export const counts = (validity: Validity) => validity === 'valid' || validity === 'ending'

type Titled = { body: { title: Record<string, string>; originalLanguage: string } }
const titleOf = ({ body: { title, originalLanguage } }: Titled): string => nameIn(title, originalLanguage)
const nameIn = (texts: Record<string, string>, language = 'en'): string =>
  texts[language] ?? Object.values(texts)[0] ?? ''

export type Vouched = { code: string; values: Record<string, string> }

type Entry = { name: string; identifier: string; validFrom?: string | undefined; validUntil?: string | undefined }
/** A list that counts, with how it is told that it names somebody. */
type Counting = { vouchedFor: readonly Entry[]; validUntil?: string | undefined; told: Vouched }

/** Lists of this node first, then those of nodes that it follows, then those that others sign. */
async function countingLists(db: Kysely<unknown>): Promise<Counting[]> {
  const kept = (await records(db).list(trustList.name, { after: 0, limit: most })).filter(isTrustList)
  const copies = await copiedFrom(
    db,
    kept.map(({ id }) => id),
  )
  const ofRecords = kept.flatMap((record): Counting[] => {
    if (isDemonstration(record)) return []
    const { vouchedFor = [], validUntil } = record.body
    const from = copies.get(record.id)
    // A list that came by way of others was chosen by nobody here.
    if (from && !from.isFollowed) return []
    const told = from
      ? elsewhere(titleOf(record), nameIn(from.name), from)
      : { code: 'listed', values: { list: titleOf(record) } }
    return [{ vouchedFor, validUntil, told }]
  })
  const ofOthers = (await signedLists(db).all()).map(({ list, issuer, ...read }) => ({
    vouchedFor: list.vouchedFor,
    validUntil: list.validUntil,
    told: elsewhere(nameIn(list.titles, list.originalLanguage), issuer, read),
  }))
  const isOurs = ({ told }: Counting) => told.code === 'listed'
  return [...ofRecords.filter(isOurs), ...ofRecords.filter((one) => !isOurs(one)), ...ofOthers]
}

const elsewhere = (
  list: string,
  by: string,
  { readAt, fingerprint }: { readAt: string; fingerprint: string },
): Vouched => ({ code: 'listedBy', values: { list, by, day: readAt.slice(0, 10), fingerprint } })

/**
 * The first trust list that names the issuer on that day. Where none does, but some could not be read the last time, it
 * says which; undefined where none does.
 */
export async function vouchedBy(
  db: Kysely<unknown>,
  issuer: string,
  today: string,
): Promise<(Vouched & { isListed: boolean }) | undefined> {
  for (const { vouchedFor, validUntil, told } of await countingLists(db)) {
    const entry = vouchedFor.find((one) => one.identifier === issuer && counts(validityOn(one, today)))
    if (entry && counts(validityOn({ validUntil }, today)))
      return { code: told.code, values: { what: entry.name, ...told.values }, isListed: true }
  }
  const unreached = [
    ...(await unreachedNodes(db)).map(({ name }) => nameIn(name)),
    ...(await signedLists(db).all())
      .filter(({ failed }) => failed !== '')
      .map(({ list }) => nameIn(list.titles, list.originalLanguage)),
  ]
  if (unreached.length === 0) return undefined
  return { code: 'noneUnreached', values: { what: unreached.join(', ') }, isListed: false }
}

const positive: ReadonlySet<string> = new Set(['met', 'met-with-conditions'])
type DecisionBody = BodyOf<typeof qualityDecision>
export const isPositive = ({ qualityResult }: Pick<DecisionBody, 'qualityResult'>): boolean =>
  positive.has(qualityResult ?? '')
export const validityOf = ({ decidedOn, validUntil, register }: DecisionBody, today: string) =>
  validityOn({ validFrom: decidedOn, validUntil, register }, today)

/** A decision on what has one of these identifiers: the newest that counts, or else that one did. */
export async function qualityBehind(
  db: Kysely<unknown>,
  identifiers: readonly string[],
  today: string,
): Promise<(Vouched & { counts: boolean }) | undefined> {
  const found = (await records(db).list(qualityDecision.name, { after: 0, limit: most }))
    .filter(isQuality)
    .filter((one) => !isDemonstration(one))
    .filter(({ body }) => body.identifiers?.some((one) => identifiers.includes(one)))
    .toSorted((a, b) => ((a.body.decidedOn ?? '') < (b.body.decidedOn ?? '') ? 1 : -1))
    .map((one) => ({
      one,
      isGood: isPositive(one.body),
      validity: validityOf(one.body, today),
    }))
  const good = found.find(({ isGood, validity }) => isGood && counts(validity))
  const told = good ?? found[0]
  if (!told) return undefined
  const isOpen = told.isGood && told.validity === 'unknown'
  const code = good ? 'decided' : isOpen ? 'inRegister' : 'ended'
  return { code, values: { what: titleOf(told.one) }, counts: good !== undefined }
}
