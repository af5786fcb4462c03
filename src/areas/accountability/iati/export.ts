/** This site's own activities as IATI 2.03, a page at a time; and which are left out, with what they lack. */
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import { hasRole, type Context } from '#kernel/context.ts'
import type { Changed, WrittenRecord } from '#kernel/hooks.ts'
import { closed, operation } from '#kernel/operation.ts'
import { activityElement } from '#codecs/iati/activity.ts'
import { brokenRules } from '#codecs/iati/rules.ts'
import { elementOf, writeElement } from '#codecs/xml/element.ts'
import { isOf, type BodyOf } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { originals } from '#records/originals.ts'
import { records } from '#records/store.ts'
import { funding } from '../funding.ts'
import { checks, type Checked, type Made, type Ref } from './checks.ts'
import { activityOf } from './from-record.ts'
import { identifierIn, partyOf, typeCodeOf, type Known } from './reporting.ts'

const atOnce = 200
const checkedAtOnce = 1_000
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
    const today = now().toISOString().slice(0, 10)
    const refs = await originals(db, funding.name, { after, limit: atOnce })
    const kept = await checks(db).holding(refs, today)
    const others = await checked(db, without(refs, kept), today)
    const made = new Map(others.map((one) => [one.ref.number, one.made]))
    const page: Static<typeof Page> = {
      activities: [],
      leftOut: [],
      next: refs.length < atOnce ? null : refs.at(-1)!.number,
    }
    for (const { number, id } of refs) {
      const one = kept.get(number) ?? made.get(number)
      if (!one) continue
      if ('reasons' in one) page.leftOut.push({ id, reasons: one.reasons })
      else page.activities.push(one.xml)
    }
    return page
  },
})

const without = (refs: readonly Ref[], kept: ReadonlyMap<number, Made>): number[] =>
  refs.flatMap(({ number }) => (kept.has(number) ? [] : number))

/** Asks the rules of each of these records. */
async function checked(db: Kysely<unknown>, numbers: readonly number[], today: string): Promise<Checked[]> {
  if (numbers.length === 0) return []
  const own = (await records(db).byNumbers(numbers)).filter(isFunding)
  const known = await organisationsOf(db, own)
  return own.map((record) => ({
    ref: { number: record.number, revision: record.revision },
    organisations: [...new Set(organisationsIn(record))].toSorted(),
    made: elementFor(record, known, today),
  }))
}

export const checkIatiActivities = operation({
  name: 'fundings.checkIatiActivities',
  summary:
    'Check the activities that were described on this site by the rules of IATI, where that was not yet done, and keep what was found: up to 1,000 after a number',
  http: 'POST /fundings/check-iati-activities',
  input: From,
  output: Type.Object({
    checked: Type.Integer(),
    next: Type.Union([Type.Integer(), Type.Null()], { description: 'To be asked for next, where there are more' }),
  }),
  allow: (actor) => hasRole(actor, 'operator'),
  run: async ({ db, now }, { after }) => {
    const today = now().toISOString().slice(0, 10)
    const refs = await originals(db, funding.name, { after, limit: checkedAtOnce })
    const found = await checked(db, without(refs, await checks(db).holding(refs, today)), today)
    await checks(db).keep(found, today)
    return { checked: found.length, next: refs.length < checkedAtOnce ? null : refs.at(-1)!.number }
  },
})

const dropOf = ({ db }: Context, changed: readonly WrittenRecord[]): Promise<void> =>
  checks(db).drop(changed.flatMap(({ kind, number }) => (kind === funding.name ? number : [])))

/** The hooks: of a record that says something else or is withdrawn no copy stays. */
export const forgetWritten = dropOf
export const forgetChanged = (context: Context, { after }: Changed): Promise<void> => dropOf(context, [after])

/** Those that people described here: what was imported is published by others already. */
async function ownFrom(db: Kysely<unknown>, after: number): Promise<{ own: Own[]; next: number | null }> {
  const page = await records(db).list(funding.name, { after, limit: atOnce })
  return {
    own: page.filter(isFunding).filter(({ origin }) => origin === null),
    next: page.length < atOnce ? null : page.at(-1)!.number,
  }
}

const organisationsIn = ({ body }: Own): string[] =>
  [
    body.reportedBy ?? [],
    body.funders ?? [],
    body.accountableOrganisations ?? [],
    body.extendingOrganisations ?? [],
    body.recipients ?? [],
    ...(body.transactions ?? []).flatMap(({ provider, receiver }) => [provider ?? [], receiver ?? []]),
  ].flat()

async function organisationsOf(db: Kysely<unknown>, own: readonly Own[]): Promise<Known> {
  const ids = own.flatMap(organisationsIn)
  const found = await records(db).findMany([...new Set(ids)])
  return new Map([...found].filter(([, { status }]) => status === 'published').map(([id, { body }]) => [id, body]))
}

/** The schema needs these, and the rules need the rest. */
const needed = ['description', 'activityStatus'] as const

function elementFor(record: Own, known: Known, today: string): Made {
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
