/** From an activity of IATI to a record of funding. What is mended is noted; what would make a part of it wrong refuses it. */
import type { Activity } from '#codecs/iati/activity.ts'
import { worst, type Finding } from '#codecs/iati/rules.ts'
import { inOrder, known, refuse, rowOf, unique } from '#records/sources/row.ts'
import type { Note, Row } from '#records/sources/source.ts'
import { webAddress } from '#records/sources/web-address.ts'
import { termOf } from '#records/vocabularies/index.ts'
import { dayWritten, moneyIn, numberWritten, Unfit } from './money.ts'
import { activityUri, type Organisations } from './organisations.ts'
import { textsOf } from './narrative-texts.ts'

export type Judged = { activity: Activity; version: string; findings: readonly Finding[] }

export function fundingRow(place: string, judged: Judged, organisations: Organisations, url?: string): Row {
  const { identifier, title } = judged.activity
  if (!identifier || identifier.length > 300)
    return refuse(place, 'identifierUnfit', { value: identifier.slice(0, 100) })
  const notes: Note[] = []
  const texts = textsOf(title, 1_000, notes)
  const originalLanguage = Object.keys(texts)[0]
  if (originalLanguage === undefined) return refuse(place, 'titleMissing')
  try {
    const body = { title: texts, originalLanguage, ...bodyOf(judged, organisations, notes) }
    const kept = uniqueNotes(notes)
    return rowOf(place, { kind: 'funding', identifier: activityUri(identifier), ...(url && { url }), body }, kept)
  } catch (error) {
    if (!(error instanceof Unfit)) throw error
    return refuse(place, error.note.code, error.note.values)
  }
}

const uniqueNotes = (notes: readonly Note[]) => [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()]

function bodyOf({ activity, version, findings }: Judged, organisations: Organisations, notes: Note[]) {
  const ofRole = (role: string) =>
    unique(
      activity.participating
        .filter((one) => one.role === role)
        .flatMap((one) => organisations.idOf(one) ?? [])
        .slice(0, 200),
    )
  const { transactions, budgets, amount } = moneyIn(activity, organisations, notes)
  return known({
    description: activity.description && textsOf(activity.description, 20_000, notes),
    activityIdentifier: activity.identifier,
    amount,
    funders: ofRole('1'),
    accountableOrganisations: ofRole('2'),
    extendingOrganisations: ofRole('3'),
    recipients: ofRole('4'),
    reportedBy: organisations.idOf(activity.reporting),
    activityStatus: codeOf('activity-statuses', activity.status, notes),
    ...datesOf(activity, notes),
    ...placesOf(activity, notes),
    sectors: sectorsOf(activity, notes),
    policyMarkers: markersOf(activity, notes),
    budgets,
    transactions,
    documentLinks: documentsOf(activity, notes),
    fundingConditions: conditionsOf(activity, notes),
    areas: ['accountability'],
    validation: {
      severity: worst(findings),
      version,
      ...(findings.length > 0 && {
        findings: findings.slice(0, 50).map((one) => ({ ...one, message: one.message.slice(0, 1_000) })),
      }),
    },
  })
}

const passedOver = (notes: Note[], element: string, value = '') =>
  void notes.push({ code: 'codePassedOver', values: { element, value: value.slice(0, 100) } })

function codeOf(list: string, code: string | undefined, notes: Note[]): string | undefined {
  if (code === undefined || termOf(list, code)) return code
  passedOver(notes, list, code)
  return undefined
}

function datesOf({ dates }: Activity, notes: Note[]) {
  const day = (type: string) => {
    const text = dates.find((one) => one.type === type)?.date
    const read = dayWritten(text)
    if (text && !read) notes.push({ code: 'dateUnfit', values: { date: text.slice(0, 100) } })
    return read
  }
  const planned = inOrder(day('1'), day('3'), notes)
  const actual = inOrder(day('2'), day('4'), notes)
  return { plannedStart: planned.start, plannedEnd: planned.end, startsOn: actual.start, endsOn: actual.end }
}

function percentageOf(text: string | undefined, notes: Note[]): number | undefined {
  if (text === undefined) return undefined
  const value = numberWritten(text)
  if (value !== undefined && value >= 0 && value <= 100) return value
  passedOver(notes, 'percentage', text)
  return undefined
}

function placesOf({ countries, regions, transactions }: Activity, notes: Note[]) {
  const named = countries.filter(({ code }) => codeOf('countries', code, notes))
  const paid = unique(transactions.flatMap(({ country }) => (country && termOf('countries', country) ? [country] : [])))
  const regionsNamed = regions.filter(({ code }) => code !== '' && code.length <= 100).slice(0, 200)
  const shares = [...named, ...regionsNamed].flatMap(({ code: place, percentage: text }) => {
    const percentage = percentageOf(text, notes)
    return percentage === undefined ? [] : [{ place, percentage }]
  })
  const codes = unique(named.map(({ code }) => code))
  return {
    countries: (codes.length > 0 ? codes : paid).slice(0, 200),
    recipientRegions: regionsNamed.map(({ code, vocabulary }) => ({ code, vocabulary: vocabulary.slice(0, 10) })),
    // Two shares of one country would be added up by nobody.
    countryShares: [...new Map(shares.map((share) => [share.place, share])).values()],
  }
}

const sectorsOf = ({ sectors }: Activity, notes: Note[]) =>
  sectors
    .filter(({ code }) => code !== '' && code.length <= 100)
    .slice(0, 200)
    .map(({ code, vocabulary, percentage, name }) =>
      known({
        vocabulary: vocabulary.slice(0, 10),
        code,
        percentage: percentageOf(percentage, notes),
        name: name && textsOf(name, 500, notes),
      }),
    )

const markersOf = ({ policyMarkers }: Activity, notes: Note[]) =>
  policyMarkers
    .filter(({ vocabulary, code }) => vocabulary === '1' && codeOf('policy-markers', code, notes) !== undefined)
    .slice(0, 50)
    .map(({ code, significance }) =>
      known({ marker: code, significance: codeOf('policy-significances', significance, notes) }),
    )

const documentsOf = ({ documents }: Activity, notes: Note[]) =>
  documents.slice(0, 200).flatMap(({ url, title, format, category }) => {
    const address = webAddress(url)
    const texts = textsOf(title, 1_000, notes)
    if (address && Object.keys(texts).length > 0)
      return [known({ address, title: texts, mediaType: format?.slice(0, 100), category: category?.slice(0, 10) })]
    passedOver(notes, 'document-link', url)
    return []
  })

function conditionsOf({ conditions }: Activity, notes: Note[]): Record<string, string> | undefined {
  const texts: Record<string, string> = {}
  for (const { text } of conditions)
    for (const [tag, words] of Object.entries(textsOf(text, 5_000, notes)))
      texts[tag] = texts[tag] === undefined ? words : `${texts[tag]}\n\n${words}`.slice(0, 10_000)
  return Object.keys(texts).length > 0 ? texts : undefined
}
