import type { Violation } from '#kernel/problem.ts'
import { kind } from '#records/kind.ts'
import {
  choice,
  date,
  group,
  identifier,
  inOrder,
  line,
  link,
  many,
  maybe,
  money,
  number,
  text,
  url,
} from '#records/fields.ts'

/** More than nearly all activities have; a longer list is refused rather than cut (decision 146). */
export const mostTransactions = 5_000
/** Beyond any sum of money that one activity moves: a larger number is a fault of whoever wrote it. */
export const largestValue = 1e15

const apart = { shownApart: true }
const currency = () => line({ max: 3, ...apart })
const value = () => number({ minimum: -largestValue, maximum: largestValue, ...apart })
const percentage = () => maybe(number({ minimum: 0, maximum: 100, ...apart }))

/**
 * Money given for a purpose, or something given in its place: who gave, who received, how much, for what, under which
 * terms. Fields follow the IATI Activity Standard 2.03; codes are those of its code lists.
 */
export const funding = kind({
  name: 'funding',
  plural: 'fundings',
  prominence: 0.6,
  area: 'accountability',
  schemaType: 'MonetaryGrant',
  citationType: 'report',
  isPublishedHere: true,
  describedAt: 170,
  line: ['amount', 'startsOn', 'recipients'],
  columns: [
    'amount',
    'funders',
    'recipients',
    'countries',
    { name: 'recipientCountries', rel: 'recipient', of: 'organisation', field: 'countries' },
    'activityStatus',
    'startsOn',
    'endsOn',
  ],
  totals: ['amount'],
  notAsked: ['validation'],
  steps: [
    {
      name: 'identity',
      isSnapshot: true,
      fields: ['title', 'description', 'fundingSource', 'amount', 'inKind', 'funders', 'recipients', 'startsOn'],
    },
    {
      name: 'purpose',
      fields: [
        'practices',
        'commitments',
        'areas',
        'countries',
        'recipientRegions',
        'countryShares',
        'sectors',
        'policyMarkers',
      ],
    },
    {
      name: 'schedule',
      fields: ['activityStatus', 'plannedStart', 'plannedEnd', 'endsOn', 'budgets', 'transactions'],
    },
    { name: 'terms', fields: ['fundingConditions', 'dataSharing', 'exitTerms'] },
    {
      name: 'sources',
      fields: [
        'activityIdentifier',
        'reportedBy',
        'accountableOrganisations',
        'extendingOrganisations',
        'url',
        'documentLinks',
      ],
    },
  ],
  body: {
    description: maybe(text({ property: 'description' })),
    activityIdentifier: maybe(identifier()),
    fundingSource: maybe(choice('funding-sources')),
    amount: maybe(money({ property: 'amount' })),
    inKind: maybe(text({ max: 5_000 })),
    /** Participating organisations, by role: 1 funding, 2 accountable, 3 extending, 4 implementing. */
    funders: maybe(many(link('funder', ['organisation'], { property: 'funder' }))),
    accountableOrganisations: maybe(many(link('accountableFor', ['organisation']))),
    extendingOrganisations: maybe(many(link('extends', ['organisation']))),
    recipients: maybe(many(link('recipient', ['organisation'], { property: 'fundedItem' }))),
    reportedBy: maybe(link('reportsFunding', ['organisation'])),
    activityStatus: maybe(choice('activity-statuses')),
    plannedStart: maybe(date({ endsIn: 'plannedEnd' })),
    startsOn: maybe(date({ facet: 'year', property: 'startDate', endsIn: 'endsOn' })),
    plannedEnd: maybe(date()),
    endsOn: maybe(date({ property: 'endDate' })),
    countries: maybe(many(choice('countries', { facet: 'country' }))),
    /** A region by its code and the vocabulary that the code is of: 1 OECD DAC, 2 UN M49, 99 the publisher's own. */
    recipientRegions: maybe(
      many(group({ code: line({ max: 100, ...apart }), vocabulary: line({ max: 10, ...apart }) })),
    ),
    /** How much of the money went to each country or region, where the publisher says so; `place` is its code. */
    countryShares: maybe(
      many(
        group({ place: line({ max: 100, ...apart }), percentage: number({ minimum: 0, maximum: 100, ...apart }) }),
        300,
      ),
    ),
    /** `vocabulary` as in the code list SectorVocabulary: 1 DAC purpose codes, 2 DAC categories, 7 goals of the SDGs. */
    sectors: maybe(
      many(
        group({
          vocabulary: line({ max: 10, ...apart }),
          code: line({ max: 100, ...apart }),
          percentage: percentage(),
          name: maybe(text({ max: 500, ...apart })),
        }),
      ),
    ),
    policyMarkers: maybe(
      many(
        group({
          marker: choice('policy-markers', apart),
          significance: maybe(choice('policy-significances', apart)),
        }),
        50,
      ),
    ),
    budgets: maybe(
      inOrder(
        group({
          budgetType: maybe(choice('budget-types', apart)),
          budgetStatus: maybe(choice('budget-statuses', apart)),
          from: date({ ...apart, endsIn: 'to' }),
          to: date(apart),
          value: value(),
          currency: currency(),
          valueDate: date(apart),
        }),
        500,
      ),
    ),
    transactions: maybe(
      inOrder(
        group({
          transactionType: choice('transaction-types', apart),
          date: date(apart),
          value: value(),
          currency: currency(),
          valueDate: date(apart),
          provider: maybe(link('provides', ['organisation'], apart)),
          receiver: maybe(link('receives', ['organisation'], apart)),
          note: maybe(text({ max: 5_000, ...apart })),
          country: maybe(choice('countries', apart)),
          sector: maybe(line({ max: 100, ...apart })),
        }),
        mostTransactions,
      ),
    ),
    documentLinks: maybe(
      many(
        group({
          address: url(),
          title: text({ max: 1_000 }),
          mediaType: maybe(line({ max: 100, ...apart })),
          category: maybe(line({ max: 10, ...apart })),
        }),
      ),
    ),
    fundingConditions: maybe(text({ max: 10_000 })),
    dataSharing: maybe(text({ max: 10_000 })),
    exitTerms: maybe(text({ max: 10_000 })),
    url: maybe(url({ property: 'url' })),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
    practices: maybe(many(link('paysForPractice', ['practice'], { property: 'subjectOf' }))),
    commitments: maybe(many(link('paysForCommitment', ['commitment']))),
    /** What the published schema and rules say of the file that it came from, as it was read. */
    validation: maybe(
      group({
        severity: choice('validation-severities', apart),
        /** The version of the standard that the publisher states. */
        version: line({ max: 10, ...apart }),
        findings: maybe(
          inOrder(
            group({
              rule: line({ max: 50, ...apart }),
              severity: choice('validation-severities', apart),
              message: line({ max: 1_000, ...apart }),
              count: number({ minimum: 1, isCount: true, ...apart }),
            }),
            50,
          ),
        ),
      }),
    ),
  },
  check: (body) => [...currencyFaults(body), ...shareFaults(body)],
})

type Priced = { currency: string }

const currencyFaults = ({ transactions = [], budgets = [] }: { transactions?: Priced[]; budgets?: Priced[] }) =>
  [
    ...transactions.map((one, at) => ({ place: `transactions.${at}.currency`, ...one })),
    ...budgets.map((one, at) => ({ place: `budgets.${at}.currency`, ...one })),
  ].flatMap(({ place, currency: code }): Violation[] =>
    /^[A-Z]{3}$/.test(code) ? [] : [{ place, rule: 'currency', values: {} }],
  )

type Placed = {
  countries?: string[]
  recipientRegions?: { code: string }[]
  countryShares?: { place: string }[]
}

/** A share is of a country or region that the record names. */
function shareFaults({ countries = [], recipientRegions = [], countryShares = [] }: Placed): Violation[] {
  const named = new Set([...countries, ...recipientRegions.map(({ code }) => code)])
  const at = countryShares.findIndex(({ place }) => !named.has(place))
  return at === -1 ? [] : [{ place: `countryShares.${at}.place`, rule: 'placeNotNamed', values: {} }]
}
