/** From a record of funding to an activity of IATI 2.03. */
import type { Activity, Party, Transaction } from '#codecs/iati/activity.ts'
import type { StoredRecord } from '#records/record.ts'
import type { Funding } from '../money/flows.ts'
import { activityIdentifierOf, partyOf, type Known } from './reporting.ts'

const isDay = (date: string | undefined): date is string => /^\d{4}-\d{2}-\d{2}$/.test(date ?? '')
/** xsd:decimal knows no exponents. */
export const decimal = (value: number): string => (/e/.test(String(value)) ? value.toFixed(10) : String(value))
const codesOf: Readonly<Record<string, keyof Funding>> = {
  1: 'funders',
  2: 'accountableOrganisations',
  3: 'extendingOrganisations',
  4: 'recipients',
}

type Own = Pick<StoredRecord<Funding>, 'id' | 'changedAt' | 'body'>

/** Whether it passes the rules is for them to say: what the record does not tell is not made up. */
export function activityOf({ id, changedAt, body }: Own, reporting: Party & { ref: string }, known: Known): Activity {
  const { originalLanguage, countries = [], recipientRegions = [], sectors = [] } = body
  const isPlaced = countries.length + recipientRegions.length > 0
  const transactions = transactionsOf(body, known).map(({ country, sector, ...one }) => ({
    ...one,
    // The standard has both either of the activity or of each of its transactions.
    ...(!isPlaced && country && { country }),
    ...(sectors.length === 0 && sector && { sector }),
  }))
  const currency = transactions[0]?.currency ?? body.budgets?.[0]?.currency
  return {
    identifier: activityIdentifierOf(reporting.ref, body.activityIdentifier, id),
    ...(originalLanguage !== 'und' && { language: originalLanguage }),
    ...(currency && { currency }),
    lastUpdated: changedAt,
    reporting,
    title: body.title,
    ...(body.description && { description: body.description }),
    participating: Object.entries(codesOf).flatMap(([role, field]) =>
      ((body[field] ?? []) as string[]).flatMap((one) => {
        const party = partyOf(one, known)
        return party ? [{ ...party, role }] : []
      }),
    ),
    ...(body.activityStatus && { status: body.activityStatus }),
    dates: [body.plannedStart, body.startsOn, body.plannedEnd, body.endsOn].flatMap((date, at) =>
      isDay(date) ? [{ type: String(at + 1), date }] : [],
    ),
    ...placesOf(body),
    sectors: sectors.map(({ percentage, ...one }) => ({
      ...one,
      ...(percentage !== undefined && { percentage: decimal(percentage) }),
    })),
    policyMarkers: (body.policyMarkers ?? []).map(({ marker, significance }) => ({
      vocabulary: '1',
      code: marker,
      ...(significance && { significance }),
    })),
    budgets: (body.budgets ?? []).map(({ budgetType, budgetStatus, value, ...one }) => ({
      ...one,
      value: decimal(value),
      ...(budgetType && { type: budgetType }),
      ...(budgetStatus && { status: budgetStatus }),
    })),
    transactions,
    documents: (body.documentLinks ?? []).map(({ address, mediaType, category, title }) => ({
      url: address,
      title,
      format: mediaType ?? 'application/octet-stream',
      category: category ?? 'A12',
    })),
    conditions: [body.fundingConditions, body.dataSharing, body.exitTerms].flatMap((text) =>
      text ? [{ type: '1', text }] : [],
    ),
  }
}

function placesOf({ countries = [], recipientRegions = [], countryShares = [] }: Funding) {
  const shares = new Map(countryShares.map(({ place, percentage }) => [place, decimal(percentage)]))
  const shareOf = (code: string) => (shares.has(code) ? { percentage: shares.get(code)! } : {})
  return {
    countries: countries.map((code) => ({ code, ...shareOf(code) })),
    regions: recipientRegions.map((one) => ({ ...one, ...shareOf(one.code) })),
  }
}

/** An amount without transactions is a commitment of the day on which the activity began. */
function transactionsOf(body: Funding, known: Known): Transaction[] {
  const { transactions = [], amount, startsOn, plannedStart } = body
  const began = [startsOn, plannedStart].find(isDay)
  if (transactions.length === 0 && amount && began)
    return [{ type: '2', date: began, value: decimal(amount.amount), currency: amount.currency, valueDate: began }]
  return transactions.map((one) => {
    const [provider, receiver] = [one.provider, one.receiver].map((id) => id && partyOf(id, known))
    return {
      type: one.transactionType,
      date: one.date,
      value: decimal(one.value),
      currency: one.currency,
      valueDate: one.valueDate,
      ...(provider && { provider }),
      ...(receiver && { receiver }),
      ...(one.note && { description: one.note }),
      ...(one.country && { country: one.country }),
      ...(one.sector && { sector: one.sector }),
    }
  })
}
