/** From a record to the parts of its money: by year, giver, receiver, purpose and place. Nothing is guessed. */
import type { BodyOf } from '#records/kind.ts'
import type { funding } from '../funding.ts'
import type { FlowRow, LabelRow, Measure } from './tables.ts'

export type Funding = BodyOf<typeof funding>
type Transaction = NonNullable<Funding['transactions']>[number]
type Part = { key: string; share: number }

export const several = '+'
export const unsaid = ''

/** Code list TransactionType: 2 outgoing commitment; 3 disbursement, 4 expenditure. */
const measureOf: Readonly<Record<string, Measure>> = { 2: 'committed', 3: 'spent', 4: 'spent' }

const one = (ids: readonly string[] = []): string => (ids.length > 1 ? several : (ids[0] ?? unsaid))

/** Shares as the record states them; what is missing to the whole is not said; more than the whole says nothing. */
function parts(stated: readonly { key: string; percentage?: number | undefined }[]): Part[] {
  if (stated.length === 0) return [{ key: unsaid, share: 1 }]
  if (stated.length === 1 && stated[0]!.percentage === undefined) return [{ key: stated[0]!.key, share: 1 }]
  const sum = stated.reduce((total, { percentage = Number.NaN }) => total + percentage, 0)
  // Percentages of publishers are rounded: 33.33 three times is the whole.
  if (!(sum > 0 && sum < 100.1)) return [{ key: several, share: 1 }]
  const whole = Math.abs(sum - 100) < 0.1 ? sum : 100
  const shares = new Map<string, number>()
  for (const { key, percentage = 0 } of stated) shares.set(key, (shares.get(key) ?? 0) + percentage / whole)
  if (whole !== sum) shares.set(unsaid, (shares.get(unsaid) ?? 0) + 1 - sum / 100)
  return [...shares].map(([key, share]) => ({ key, share })).filter(({ share }) => share > 0)
}

/** Purpose codes begin with their category, and those of education with 11. */
const purposeOf = (code: string): string => (/^11[1-4]/.test(code) ? `sector:${code.slice(0, 3)}` : 'sector:other')

export function purposes({ sectors = [], areas = [] }: Pick<Funding, 'sectors' | 'areas'>, code?: string): Part[] {
  if (code) return [{ key: purposeOf(code), share: 1 }]
  // One and the same money is told in several vocabularies: that of the DAC is the one that all have in common.
  const said = ['1', '2'].map((vocabulary) => sectors.filter((sector) => sector.vocabulary === vocabulary))
  const chosen = said.find((list) => list.length > 0)
  if (chosen) return parts(chosen.map(({ code: of, percentage }) => ({ key: purposeOf(of), percentage })))
  const purpose = areas.filter((area) => area !== 'accountability')
  return [{ key: purpose.length === 1 ? `area:${purpose[0]}` : one(purpose), share: 1 }]
}

type Placed = Pick<Funding, 'countries' | 'recipientRegions' | 'countryShares'>

export function places({ countries = [], recipientRegions = [], countryShares = [] }: Placed): Part[] {
  const percentages = new Map(countryShares.map(({ place, percentage }) => [place, percentage]))
  const codes = [...countries, ...recipientRegions.map(({ code, vocabulary }) => `region:${vocabulary}:${code}`)]
  return parts(codes.map((key) => ({ key, percentage: percentages.get(key.split(':').at(-1)!) })))
}

type Paid = { year: number; currency: string; measure: Measure; value: number; transaction?: Transaction }

function paid({ transactions = [], amount, startsOn, plannedStart }: Funding): Paid[] {
  const found = transactions.flatMap((transaction): Paid[] => {
    const measure = measureOf[transaction.transactionType]
    const { currency, value, date } = transaction
    return measure ? [{ year: yearOf(date), currency, measure, value, transaction }] : []
  })
  if (!amount || found.some(({ measure }) => measure === 'committed')) return found
  const year = yearOf(startsOn ?? plannedStart)
  return [...found, { year, currency: amount.currency, measure: 'committed', value: amount.amount }]
}

export const yearOf = (date: string | undefined): number => Number(date?.slice(0, 4) ?? 0)

type Flow = Omit<FlowRow, 'recordId'>

/** The parts of a record's money; what differs in nothing but its value is one. Values keep all their digits. */
export function flowsOf(body: Funding): Flow[] {
  const flows = new Map<string, Flow>()
  const stated = places(body)
  const saysPlace = stated[0]?.key !== unsaid
  for (const { transaction, value, ...known } of paid(body)) {
    const giver = transaction?.provider ?? one(body.funders)
    const receiver = transaction?.receiver ?? one(body.recipients)
    const where = transaction?.country ? [{ key: transaction.country, share: 1 }] : stated
    const placeOfReceiver = saysPlace || transaction?.country ? 0 : 1
    for (const what of purposes(body, transaction?.sector))
      for (const place of where) {
        const flow = { ...known, giver, receiver, what: what.key, place: place.key, placeOfReceiver }
        const key = JSON.stringify(flow)
        const before = flows.get(key)?.value ?? 0
        flows.set(key, { ...flow, value: before + value * what.share * place.share })
      }
  }
  return [...flows.values()]
}

/** The organisations that take part in any role, and the areas. */
export function labelsOf(recordId: string, body: Funding): LabelRow[] {
  const organisations = new Set([
    ...(body.funders ?? []),
    ...(body.accountableOrganisations ?? []),
    ...(body.extendingOrganisations ?? []),
    ...(body.recipients ?? []),
    ...(body.transactions ?? []).flatMap(({ provider, receiver }) => [provider ?? [], receiver ?? []].flat()),
  ])
  return [
    ...(body.areas ?? []).map((value) => ({ recordId, label: 'area' as const, value })),
    ...[...organisations].map((value) => ({ recordId, label: 'organisation' as const, value })),
  ]
}
