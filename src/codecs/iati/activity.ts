/**
 * An activity of the IATI Activity Standard 2.03, read from its element and written as one: what a clearing house keeps of it.
 * Contacts, results, locations, tags and the elements that are for single donors (crs-add, fss) are left out.
 */
import { oneLine, type XmlElement } from '../xml/read-xml.ts'
import { elementOf } from '../xml/element.ts'

/** By BCP 47 tag; `und` where neither narrative nor activity says a language. */
export type Narrative = Readonly<Record<string, string>>
export type Party = { ref?: string; type?: string; name?: Narrative }
export type Value = { value: string; currency?: string; valueDate?: string }
export type Transaction = Value & {
  type?: string
  date?: string
  provider?: Party
  receiver?: Party
  description?: Narrative
  country?: string
  sector?: string
}
export type Budget = Value & { type?: string; status?: string; from?: string; to?: string }
export type Activity = {
  identifier: string
  language?: string
  currency?: string
  lastUpdated?: string
  reporting: Party & { isSecondary?: boolean }
  title: Narrative
  description?: Narrative
  participating: readonly (Party & { role: string })[]
  status?: string
  /** Code list ActivityDateType: 1 planned start, 2 actual start, 3 planned end, 4 actual end. */
  dates: readonly { type: string; date: string }[]
  countries: readonly { code: string; percentage?: string }[]
  regions: readonly { code: string; vocabulary: string; percentage?: string }[]
  sectors: readonly { code: string; vocabulary: string; percentage?: string; name?: Narrative }[]
  policyMarkers: readonly { code: string; vocabulary: string; significance?: string }[]
  budgets: readonly Budget[]
  transactions: readonly Transaction[]
  documents: readonly { url: string; format?: string; title: Narrative; category?: string }[]
  conditions: readonly { type?: string; text: Narrative }[]
}

/** Empty attributes and elements say nothing. */
const orNothing = (text: string | undefined): string | undefined => text?.trim() || undefined
const defined = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Value

const all = (from: XmlElement | undefined, name: string): XmlElement[] =>
  from?.children.filter((child) => child.name === name) ?? []
const first = (from: XmlElement | undefined, name: string): XmlElement | undefined => all(from, name)[0]
const attribute = (from: XmlElement | undefined, name: string) => orNothing(from?.attributes[name])

/** Of two narratives in one language the first stands. */
function narrativeOf(from: XmlElement | undefined, language: string | undefined): Narrative {
  const texts: Record<string, string> = {}
  for (const one of all(from, 'narrative')) {
    const text = one.text.trim()
    const tag = attribute(one, 'xml:lang') ?? language ?? 'und'
    if (text && !Object.hasOwn(texts, tag)) texts[tag] = text
  }
  return texts
}

function partyOf(from: XmlElement, language: string | undefined): Party {
  const name = narrativeOf(from, language)
  return defined({
    ref: attribute(from, 'ref'),
    type: attribute(from, 'type'),
    name: Object.keys(name).length > 0 ? name : undefined,
  })
}

function valueOf(from: XmlElement | undefined, currency: string | undefined): Value {
  return defined({
    value: oneLine(from?.text ?? ''),
    currency: attribute(from, 'currency') ?? currency,
    valueDate: attribute(from, 'value-date'),
  })
}

/** What is there, as it is there: whether it can be kept is for others to say. */
export function readActivity(from: XmlElement): Activity {
  const language = attribute(from, 'xml:lang')
  const currency = attribute(from, 'default-currency')
  const party = (one: XmlElement | undefined) => one && partyOf(one, language)
  const reporting = first(from, 'reporting-org')
  const percentage = (one: XmlElement) => attribute(one, 'percentage')
  const code = (one: XmlElement | undefined) => attribute(one, 'code')
  const description = narrativeOf(generalDescription(from), language)
  return defined({
    identifier: oneLine(first(from, 'iati-identifier')?.text ?? ''),
    language,
    currency,
    lastUpdated: attribute(from, 'last-updated-datetime'),
    reporting: defined({
      ...party(reporting),
      isSecondary: ['1', 'true'].includes(attribute(reporting, 'secondary-reporter') ?? '') || undefined,
    }),
    title: narrativeOf(first(from, 'title'), language),
    description: Object.keys(description).length > 0 ? description : undefined,
    participating: all(from, 'participating-org').map((one) => ({
      ...partyOf(one, language),
      role: attribute(one, 'role') ?? '',
    })),
    status: code(first(from, 'activity-status')),
    dates: all(from, 'activity-date').map((one) => ({
      type: attribute(one, 'type') ?? '',
      date: attribute(one, 'iso-date') ?? '',
    })),
    countries: all(from, 'recipient-country').map((one) =>
      defined({ code: code(one) ?? '', percentage: percentage(one) }),
    ),
    regions: all(from, 'recipient-region').map((one) =>
      defined({ code: code(one) ?? '', vocabulary: attribute(one, 'vocabulary') ?? '1', percentage: percentage(one) }),
    ),
    sectors: all(from, 'sector').map((one) => {
      const name = narrativeOf(one, language)
      return defined({
        code: code(one) ?? '',
        vocabulary: attribute(one, 'vocabulary') ?? '1',
        percentage: percentage(one),
        name: Object.keys(name).length > 0 ? name : undefined,
      })
    }),
    policyMarkers: all(from, 'policy-marker').map((one) =>
      defined({
        code: code(one) ?? '',
        vocabulary: attribute(one, 'vocabulary') ?? '1',
        significance: attribute(one, 'significance'),
      }),
    ),
    budgets: all(from, 'budget').map((one) =>
      defined({
        type: attribute(one, 'type'),
        status: attribute(one, 'status'),
        from: attribute(first(one, 'period-start'), 'iso-date'),
        to: attribute(first(one, 'period-end'), 'iso-date'),
        ...valueOf(first(one, 'value'), currency),
      }),
    ),
    transactions: all(from, 'transaction').map((one) => {
      const text = narrativeOf(first(one, 'description'), language)
      return defined({
        type: code(first(one, 'transaction-type')),
        date: attribute(first(one, 'transaction-date'), 'iso-date'),
        ...valueOf(first(one, 'value'), currency),
        provider: party(first(one, 'provider-org')),
        receiver: party(first(one, 'receiver-org')),
        description: Object.keys(text).length > 0 ? text : undefined,
        country: code(first(one, 'recipient-country')),
        sector: code(all(one, 'sector').find(({ attributes }) => ['1', '2'].includes(attributes['vocabulary'] ?? '1'))),
      })
    }),
    documents: all(from, 'document-link').map((one) =>
      defined({
        url: attribute(one, 'url') ?? '',
        format: attribute(one, 'format'),
        title: narrativeOf(first(one, 'title'), language),
        category: code(first(one, 'category')),
      }),
    ),
    conditions: all(first(from, 'conditions'), 'condition').map((one) =>
      defined({ type: attribute(one, 'type'), text: narrativeOf(one, language) }),
    ),
  })
}

/** Code list DescriptionType: 1 general, which is meant where nothing is said. */
const generalDescription = (from: XmlElement): XmlElement | undefined =>
  all(from, 'description').find(({ attributes }) => (attributes['type'] ?? '1') === '1') ?? first(from, 'description')

type Inside = readonly (XmlElement | undefined)[]
const narratives = (texts: Narrative | undefined, language?: string): XmlElement[] =>
  Object.entries(texts ?? {}).map(([tag, text]) =>
    elementOf('narrative', { 'xml:lang': tag === language || tag === 'und' ? undefined : tag }, text),
  )
const party = (name: string, one: Party | undefined, language: string | undefined, more: Record<string, string> = {}) =>
  one && elementOf(name, { ...more, ref: one.ref, type: one.type }, narratives(one.name, language))

/** The element of an activity, its children in the order of the schema; its dates and codes are taken as they are. */
export function activityElement(activity: Activity): XmlElement {
  const { language, currency } = activity
  const value = (one: Value) =>
    elementOf(
      'value',
      { currency: one.currency === currency ? undefined : one.currency, 'value-date': one.valueDate },
      one.value,
    )
  const reporting = { ...(activity.reporting.isSecondary && { 'secondary-reporter': '1' }) }
  const inside: Inside = [
    elementOf('iati-identifier', {}, activity.identifier),
    party('reporting-org', activity.reporting, language, reporting),
    elementOf('title', {}, narratives(activity.title, language)),
    activity.description && elementOf('description', { type: '1' }, narratives(activity.description, language)),
    ...activity.participating.map((one) => party('participating-org', one, language, { role: one.role })),
    activity.status === undefined ? undefined : elementOf('activity-status', { code: activity.status }),
    ...activity.dates.map(({ type, date }) => elementOf('activity-date', { type, 'iso-date': date })),
    ...activity.countries.map(({ code, percentage }) => elementOf('recipient-country', { code, percentage })),
    ...activity.regions.map((one) => elementOf('recipient-region', { ...one })),
    ...activity.sectors.map(({ name, ...one }) => elementOf('sector', { ...one }, narratives(name, language))),
    ...activity.policyMarkers.map((one) => elementOf('policy-marker', { ...one })),
    ...activity.budgets.map((one) =>
      elementOf('budget', { type: one.type, status: one.status }, [
        elementOf('period-start', { 'iso-date': one.from }),
        elementOf('period-end', { 'iso-date': one.to }),
        value(one),
      ]),
    ),
    ...activity.transactions.map((one) => transactionElement(one, value(one), language)),
    ...activity.documents.map((one) =>
      elementOf('document-link', { format: one.format, url: one.url }, [
        elementOf('title', {}, narratives(one.title, language)),
        one.category === undefined ? undefined : elementOf('category', { code: one.category }),
      ]),
    ),
    activity.conditions.length === 0
      ? undefined
      : elementOf(
          'conditions',
          { attached: '1' },
          activity.conditions.map(({ type, text }) => elementOf('condition', { type }, narratives(text, language))),
        ),
  ]
  return elementOf(
    'iati-activity',
    { 'last-updated-datetime': activity.lastUpdated, 'xml:lang': language, 'default-currency': currency },
    inside,
  )
}

function transactionElement(one: Transaction, value: XmlElement, language: string | undefined): XmlElement {
  return elementOf('transaction', {}, [
    one.type === undefined ? undefined : elementOf('transaction-type', { code: one.type }),
    one.date === undefined ? undefined : elementOf('transaction-date', { 'iso-date': one.date }),
    value,
    one.description && elementOf('description', {}, narratives(one.description, language)),
    party('provider-org', one.provider, language),
    party('receiver-org', one.receiver, language),
    one.sector === undefined ? undefined : elementOf('sector', { vocabulary: '1', code: one.sector }),
    one.country === undefined ? undefined : elementOf('recipient-country', { code: one.country }),
  ])
}
