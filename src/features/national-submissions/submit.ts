/** The official focal point of a country submits a record in its name, and can take that back. */
import { Type } from 'typebox'
import { languages } from '#kernel/i18n/languages.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { violation, Problem, noSuch } from '#kernel/problem.ts'
import { permission } from '#kernel/permission.ts'
import { personIn } from '#accounts/sessions.ts'
import { people } from '#accounts/store.ts'
import { checkBody } from '#records/check.ts'
import { languageTag, type Field } from '#records/fields.ts'
import { newId } from '#records/identifier.ts'
import { Id } from '#records/inputs.ts'
import { add, change } from '#records/write.ts'
import { StoredRecord } from '#records/record.ts'
import { records, type StoredRow } from '#records/store.ts'
import { labelOf } from '#records/vocabularies/index.ts'
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

async function publishedRecord({ db }: Context, id: string): Promise<StoredRow> {
  const record = await records(db).find(id)
  if (!record) throw new Problem('recordNotFound', { id })
  if (record.status === 'withdrawn')
    throw new Problem('withdrawn', { id, reason: record.note ?? '', at: record.changedAt })
  return record
}

/** The submissions of a record that stand. */
async function submissionsOf({ db }: Pick<Context, 'db'>, id: string): Promise<StoredRecord[]> {
  const store = records(db)
  const found = await store.byNumbers(await store.linksTo([id], rel, mostOfOne))
  return (found as StoredRecord[]).filter(({ status }) => status === 'published')
}

const hindranceOf = (
  { kind, body }: StoredRow,
  country: string,
  standing: readonly StoredRecord[],
): Hindrance | null => {
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
  summary: 'Submit a record on behalf of the country that you are the focal point of',
  http: 'POST /records/:id/national-submission',
  input: Type.Object(
    {
      id: Id,
      statement: Type.Optional(Type.String({ maxLength: 5_000, pattern: '\\S' })),
      language: Type.String({ pattern: languageTag, maxLength: 35, default: 'en' }),
    },
    closed,
  ),
  output: StoredRecord,
  makes: ({ id }) => `/records/${id}`,
  allow: permission('record.submitNationally'),
  run: async (context, { id, statement, language }) => {
    const country = await ownCountry(context)
    const hindrance = hindranceOf(await publishedRecord(context, id), country, await submissionsOf(context, id))
    if (hindrance) throw violation('id', `national.${hindrance}`)
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

/** “Submitted by Kenya”, in the languages of the node. */
const titlesFor = (country: string): Record<string, string> =>
  Object.fromEntries(
    languages.map((language) => [
      language,
      messagesIn(language)('national.by', { country: labelOf('countries', country, language)?.text ?? country }),
    ]),
  )

export const retractNationally = operation({
  name: 'records.retractNationally',
  summary: 'Withdraw a submission on behalf of the country that you are the focal point of',
  http: 'POST /records/:id/national-submission/retraction',
  input: Type.Object({ id: Id, reason: Type.String({ minLength: 1, maxLength: 2_000, pattern: '\\S' }) }, closed),
  output: StoredRecord,
  allow: permission('record.submitNationally'),
  run: async (context, { id, reason }) => {
    const country = await ownCountry(context)
    const own = (await submissionsOf(context, id)).find(({ body }) => body.country === country)
    const stored = own && (await records(context.db).find(own.id))
    if (!stored) throw noSuch('nationalSubmission', id)
    return change(context, nationalSubmission, stored, 'withdraw', { status: 'withdrawn', note: reason.trim() })
  },
})
