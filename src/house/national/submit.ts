/** The official focal point of a country submits a record in its name, and can take that back. */
import { Type } from 'typebox'
import { languages } from '#core/languages/languages.ts'
import { messagesIn } from '#core/languages/messages.ts'
import type { Context } from '#core/context.ts'
import { closed, operation } from '#core/operation.ts'
import { misfit, Problem } from '#core/problem.ts'
import { permission } from '#core/permission.ts'
import { personIn } from '../people/sessions.ts'
import { people } from '../people/store.ts'
import { checkBody } from '../record/check.ts'
import { languageTag, type Field } from '../record/fields.ts'
import { newId } from '../record/identifier.ts'
import { Id } from '../record/inputs.ts'
import { add, change } from '../record/keep.ts'
import { Kept } from '../record/record.ts'
import { records, type Stored } from '../record/store.ts'
import { labelOf } from '../vocabularies/index.ts'
import { nationalSubmission } from './national-submission.ts'

const rel = 'submitsNationally'
const mostOfOne = 250

/** Why a record cannot be submitted for a country; nothing where it can. */
export type Hindrance = 'kind' | 'country' | 'done'

const submittableKinds = (nationalSubmission.body.properties.submits as unknown as { 'x-field': Field })['x-field'].to!

/** The country that the one who asks speaks for. @throws Problem forbidden */
async function ownCountry(context: Context): Promise<string> {
  const account = await people(context.db).byId(personIn(context))
  if (!account?.country) throw new Problem('forbidden', { operation: 'records.submitNationally' })
  return account.country
}

async function publishedRecord({ db }: Context, id: string): Promise<Stored> {
  const record = await records(db).find(id)
  if (!record) throw new Problem('recordNotFound', { id })
  if (record.status === 'withdrawn')
    throw new Problem('withdrawn', { id, reason: record.note ?? '', at: record.changedAt })
  return record
}

/** The submissions of a record that stand. */
async function submissionsOf({ db }: Pick<Context, 'db'>, id: string): Promise<Kept[]> {
  const store = records(db)
  const found = await store.byNumbers(await store.linksTo([id], rel, mostOfOne))
  return (found as Kept[]).filter(({ status }) => status === 'published')
}

const hindranceOf = ({ kind, body }: Stored, country: string, standing: readonly Kept[]): Hindrance | null => {
  if (!submittableKinds.includes(kind)) return 'kind'
  if (standing.some((one) => one.body.country === country)) return 'done'
  return ((body.countries ?? []) as string[]).includes(country) ? null : 'country'
}

export const offerNationally = operation({
  name: 'records.offerNationally',
  summary: 'Tell the focal point of a country whether a record can be submitted in its name',
  http: 'GET /records/:id/national-submission',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    country: Type.String(),
    hindrance: Type.Union([Type.Enum(['kind', 'country', 'done']), Type.Null()], { description: 'Why it cannot be' }),
    submission: Type.Union([Type.String(), Type.Null()], { description: 'That of this country, where it is done' }),
  }),
  allow: permission('record.submitNationally'),
  run: async (context, { id }) => {
    const country = await ownCountry(context)
    const standing = await submissionsOf(context, id)
    const hindrance = hindranceOf(await publishedRecord(context, id), country, standing)
    return { country, hindrance, submission: standing.find((one) => one.body.country === country)?.id ?? null }
  },
})

export const submitNationally = operation({
  name: 'records.submitNationally',
  summary: 'Submit a record in the name of the country whose focal point one is',
  http: 'POST /records/:id/national-submission',
  input: Type.Object(
    {
      id: Id,
      statement: Type.Optional(Type.String({ maxLength: 5_000, pattern: '\\S' })),
      language: Type.String({ pattern: languageTag, maxLength: 35, default: 'en' }),
    },
    closed,
  ),
  output: Kept,
  allow: permission('record.submitNationally'),
  run: async (context, { id, statement, language }) => {
    const country = await ownCountry(context)
    const hindrance = hindranceOf(await publishedRecord(context, id), country, await submissionsOf(context, id))
    if (hindrance) throw misfit('id', `national.${hindrance}`)
    const body = checkBody(nationalSubmission, {
      title: titlesFor(country),
      originalLanguage: 'en',
      submits: id,
      country,
      submittedOn: context.now().toISOString().slice(0, 10),
      ...(statement && { statement: { [language]: statement.trim() } }),
    })
    const [kept] = await add(context, [{ id: newId(context.random), kind: nationalSubmission, body, origin: null }])
    return kept!
  },
})

/** “Submitted by Kenya”, in the languages of the house. */
const titlesFor = (country: string): Record<string, string> =>
  Object.fromEntries(
    languages.map((language) => [
      language,
      messagesIn(language)('national.by', { country: labelOf('countries', country, language)?.text ?? country }),
    ]),
  )

export const retractNationally = operation({
  name: 'records.retractNationally',
  summary: 'Take back what was submitted in the name of the country whose focal point one is',
  http: 'POST /records/:id/national-submission/retraction',
  input: Type.Object({ id: Id, reason: Type.String({ minLength: 1, maxLength: 2_000, pattern: '\\S' }) }, closed),
  output: Kept,
  allow: permission('record.submitNationally'),
  run: async (context, { id, reason }) => {
    const country = await ownCountry(context)
    const own = (await submissionsOf(context, id)).find(({ body }) => body.country === country)
    const stored = own && (await records(context.db).find(own.id))
    if (!stored) throw new Problem('notFound', { what: `${country} ${id}` })
    return change(context, nationalSubmission, stored, 'withdraw', { status: 'withdrawn', note: reason.trim() })
  },
})
