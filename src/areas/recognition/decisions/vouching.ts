/** What trust lists and quality decisions of this site say of whom a credential names. */
import type { Kysely } from 'kysely'
import { isOf } from '#records/kind.ts'
import { records } from '#records/store.ts'
import { qualityDecision } from './quality-decision.ts'
import { trustList } from './trust-list.ts'
import { validityOn, type Validity } from './validity.ts'

const most = 5_000
const isTrustList = isOf(trustList)
const isQuality = isOf(qualityDecision)
const counts = (validity: Validity) => validity === 'valid' || validity === 'ending'

type Titled = { body: { title: Record<string, string>; originalLanguage: string } }
const titleOf = ({ body: { title, originalLanguage } }: Titled): string =>
  title[originalLanguage] ?? Object.values(title)[0] ?? ''

export type Vouched = { code: string; values: Record<string, string> }

/** The first published trust list that names the issuer on that day; undefined where none does. */
export async function vouchedBy(db: Kysely<unknown>, issuer: string, today: string): Promise<Vouched | undefined> {
  const lists = (await records(db).list(trustList.name, { after: 0, limit: most })).filter(isTrustList)
  for (const list of lists) {
    const entry = list.body.vouchedFor?.find((one) => one.identifier === issuer && counts(validityOn(one, today)))
    if (entry && counts(validityOn({ validUntil: list.body.validUntil }, today)))
      return { code: 'listed', values: { what: entry.name, list: titleOf(list) } }
  }
  return undefined
}

/** A decision on what has one of these identifiers: the newest that counts, or else that one did. */
export async function qualityBehind(
  db: Kysely<unknown>,
  identifiers: readonly string[],
  today: string,
): Promise<(Vouched & { counts: boolean }) | undefined> {
  const found = (await records(db).list(qualityDecision.name, { after: 0, limit: most }))
    .filter(isQuality)
    .filter(({ body }) => body.identifiers?.some((one) => identifiers.includes(one)))
    .toSorted((a, b) => ((a.body.decidedOn ?? '') < (b.body.decidedOn ?? '') ? 1 : -1))
  const isGood = ({ body }: (typeof found)[number]) =>
    (body.qualityResult === 'met' || body.qualityResult === 'met-with-conditions') &&
    counts(validityOn({ validFrom: body.decidedOn, validUntil: body.validUntil }, today))
  const good = found.find(isGood)
  const told = good ?? found[0]
  return told && { code: good ? 'decided' : 'ended', values: { what: titleOf(told) }, counts: good !== undefined }
}
