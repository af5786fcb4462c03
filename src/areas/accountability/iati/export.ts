/** This site's own activities as IATI 2.03, a page at a time; and which are left out, with what they lack. */
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import { closed, operation } from '#kernel/operation.ts'
import { activityElement } from '#codecs/iati/activity.ts'
import { brokenRules } from '#codecs/iati/rules.ts'
import { elementOf, writeElement } from '#codecs/xml/element.ts'
import { isOf, type BodyOf } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { funding } from '../funding.ts'
import { activityOf } from './from-record.ts'
import { identifierIn, partyOf, typeCodeOf, type Known } from './reporting.ts'

const atOnce = 100
const isFunding = isOf(funding)
type Own = StoredRecord<BodyOf<typeof funding>>

const LeftOut = Type.Object({
  id: Type.String(),
  reasons: Type.Array(Type.String(), {
    description: 'Fields that it lacks, or rules that it breaks, by number and words',
  }),
})
const Page = Type.Object({
  activities: Type.Array(Type.String({ description: 'An element iati-activity' })),
  leftOut: Type.Array(LeftOut),
  next: Type.Union([Type.Integer(), Type.Null()]),
})
const From = Type.Object({ after: Type.Integer({ minimum: 0, default: 0 }) }, closed)

export const iatiActivities = operation({
  name: 'fundings.iatiActivities',
  summary:
    'List the activities that were described on this site as IATI 2.03, and those that are left out, with the reasons',
  http: 'GET /fundings/iati-activities',
  input: From,
  output: Page,
  allow: () => true,
  run: async ({ db, now }, { after }) => {
    const { own, next } = await ownFrom(db, after)
    const known = await organisationsOf(db, own)
    const today = now().toISOString().slice(0, 10)
    const page: Static<typeof Page> = { activities: [], leftOut: [], next }
    for (const record of own) {
      const made = elementFor(record, known, today)
      if ('reasons' in made) page.leftOut.push({ id: record.id, reasons: made.reasons })
      else page.activities.push(made.xml)
    }
    return page
  },
})

/** Those that people described here: what was imported is published by others already. */
async function ownFrom(db: Kysely<unknown>, after: number): Promise<{ own: Own[]; next: number | null }> {
  const page = await records(db).list(funding.name, { after, limit: atOnce })
  return {
    own: page.filter(isFunding).filter(({ origin }) => origin === null),
    next: page.length < atOnce ? null : page.at(-1)!.number,
  }
}

async function organisationsOf(db: Kysely<unknown>, own: readonly Own[]): Promise<Known> {
  const ids = own.flatMap(({ body }) => [
    body.reportedBy ?? [],
    body.funders ?? [],
    body.accountableOrganisations ?? [],
    body.extendingOrganisations ?? [],
    body.recipients ?? [],
    ...(body.transactions ?? []).map(({ provider, receiver }) => [provider ?? [], receiver ?? []].flat()),
  ])
  const found = await records(db).findMany([...new Set(ids.flat())])
  return new Map([...found].filter(([, { status }]) => status === 'published').map(([id, { body }]) => [id, body]))
}

/** The schema needs these, and the rules need the rest. */
const needed = ['description', 'activityStatus'] as const

function elementFor(record: Own, known: Known, today: string): { xml: string } | { reasons: string[] } {
  const { body } = record
  const reporter = body.reportedBy === undefined ? undefined : known.get(body.reportedBy)
  const ref = reporter && identifierIn(reporter)
  if (!reporter || !ref) return { reasons: ['reportedBy'] }
  const party = { ref, type: typeCodeOf(reporter) ?? '90', name: reporter.title }
  const activity = activityOf(record, party, known)
  const missing = needed.filter((field) => body[field] === undefined)
  const reasons: string[] = activity.participating.length === 0 ? [...missing, 'funders'] : missing
  const element = activityElement(activity)
  for (const { rule, severity, message } of brokenRules(element, { today }))
    if (severity === 'error') reasons.push(`${rule} ${message}`)
  return reasons.length > 0 ? { reasons } : { xml: writeElement(element) }
}

export const iatiOrganisations = operation({
  name: 'fundings.iatiOrganisations',
  summary: 'List the organisations that report activities on this site as IATI 2.03',
  http: 'GET /fundings/iati-organisations',
  input: From,
  output: Type.Object({ organisations: Type.Array(Type.String()), next: Type.Union([Type.Integer(), Type.Null()]) }),
  allow: () => true,
  run: async ({ db }, { after }) => {
    const { own, next } = await ownFrom(db, after)
    const ids = [...new Set(own.flatMap(({ body }) => body.reportedBy ?? []))]
    const found = await records(db).findMany(ids)
    const organisations = [...found.values()].flatMap(({ body, changedAt, status }) => {
      const ref = status === 'published' ? identifierIn(body) : undefined
      if (!ref) return []
      const { title, originalLanguage } = body
      const isStated = originalLanguage !== 'und'
      const names = () =>
        Object.entries(title).map(([tag, text]) =>
          elementOf('narrative', { 'xml:lang': tag === originalLanguage || tag === 'und' ? undefined : tag }, text),
        )
      const { type = '90' } = partyOf('it', new Map([['it', body]])) ?? {}
      return writeElement(
        elementOf(
          'iati-organisation',
          { 'last-updated-datetime': changedAt, 'xml:lang': isStated ? originalLanguage : 'en' },
          [
            elementOf('organisation-identifier', {}, ref),
            elementOf('name', {}, names()),
            elementOf('reporting-org', { ref, type }, names()),
          ],
        ),
      )
    })
    return { organisations, next }
  },
})
