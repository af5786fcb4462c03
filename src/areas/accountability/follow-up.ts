/** What became of commitments: reports and assessments, and the state that silence puts them in. */
import { codesDoubted } from '#records/known-codes.ts'
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import { closed, operation } from '#kernel/operation.ts'
import { may } from '#kernel/permission.ts'
import { Problem } from '#kernel/problem.ts'
import { Id } from '#records/inputs.ts'
import { isOf, keptOf, type BodyOf } from '#records/kind.ts'
import { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { countriesNamed, CountriesNamed } from './countries-named.ts'
import { commitment } from './commitment.ts'
import { commitmentAssessment } from './commitment-assessment.ts'
import { commitmentReport } from './commitment-report.ts'
import { mayAssess, speaksFor } from './rights.ts'
import { silenceOf, silenceRule, silenceStates } from './silence.ts'

const most = 2_000
const mostOfOne = 100

const isCommitment = isOf(commitment)
type Commitment = StoredRecord<BodyOf<typeof commitment>>
type Report = StoredRecord<BodyOf<typeof commitmentReport>>
type Assessment = StoredRecord<BodyOf<typeof commitmentAssessment>>

const Silence = {
  state: Type.Enum([...silenceStates], { description: 'By the rule of silence, on the day on which it is asked' }),
  silentSince: Type.String({ description: 'Day of the last report, else of the commitment' }),
  reportDue: Type.String({ description: 'Day after which silence is late' }),
}
const Rule = Type.Object({
  version: Type.String(),
  months: Type.Object({ late: Type.Integer(), overdue: Type.Integer(), inactive: Type.Integer() }),
})

const Line = Type.Object({
  record: StoredRecord,
  ...Silence,
  reported: Type.Union([Type.String(), Type.Null()], { description: 'Completion as the newest report has it' }),
  assessed: Type.Union([Type.String(), Type.Null()], { description: 'Completion as the newest assessment has it' }),
})
export type CommitmentLine = Static<typeof Line>

const newestFirst = <Of extends Report | Assessment>(all: readonly Of[]): Of[] =>
  all.toSorted((a, b) => (a.body.saidOn < b.body.saidOn ? 1 : a.body.saidOn > b.body.saidOn ? -1 : b.number - a.number))

/** What others said of these commitments, by the identifier of the commitment, the newest first. */
async function statementsOn(db: Kysely<unknown>, ids: readonly string[]) {
  const store = records(db)
  const linked = async (rel: string): Promise<StoredRecord[]> =>
    // PostgreSQL knows no empty list.
    ids.length === 0 ? [] : store.byNumbers([...new Set(await store.linksTo(ids, rel, ids.length * mostOfOne))])
  const reports = (await linked('reportsOn')).filter(isOf(commitmentReport))
  const assessments = (await linked('assesses')).filter(isOf(commitmentAssessment))
  return {
    reports: Map.groupBy(newestFirst(reports), ({ body }) => body.reportsOn),
    assessments: Map.groupBy(newestFirst(assessments), ({ body }) => body.assesses),
  }
}

const stateOf = (
  { body, createdAt }: Commitment,
  reports: readonly Report[],
  assessments: readonly Assessment[],
  now: Date,
) =>
  silenceOf(
    {
      promisedOn: body.promisedOn,
      recordedOn: createdAt.slice(0, 10),
      reportedOn: reports.map((one) => one.body.saidOn),
      completion: assessments[0]?.body.completion,
    },
    now.toISOString().slice(0, 10),
  )

const Code = (description: string) => Type.Optional(Type.String({ maxLength: 50, description }))

export const commitmentOverview = operation({
  name: 'commitments.overview',
  summary: 'List commitments with their state: what was reported and assessed, and how long nobody has reported',
  http: 'GET /commitments/overview',
  input: Type.Object(
    {
      country: Code('ISO 3166-1 alpha-2'),
      area: Code('An area of the Qingdao Declaration'),
      stakeholder: Code('A type of organisation'),
      state: Type.Optional(Type.Enum([...silenceStates])),
    },
    closed,
  ),
  output: Type.Object({
    commitments: Type.Array(Line),
    counts: Type.Record(Type.String(), Type.Integer(), { description: 'How many of these are in each state' }),
    countries: CountriesNamed,
    rule: Rule,
  }),
  allow: () => true,
  doubts: codesDoubted({ country: 'countries', area: 'areas', stakeholder: 'organisation-types' }),
  run: async ({ db, now }, { country, area, stakeholder, state }) => {
    const kept = (await records(db).list(commitment.name, { after: 0, limit: most })).filter(isCommitment)
    const ofAll = kept.filter(
      ({ body }) =>
        (area === undefined || body.areas?.includes(area)) &&
        (stakeholder === undefined || body.stakeholder === stakeholder),
    )
    const chosen = ofAll.filter(({ body }) => country === undefined || body.countries?.includes(country))
    const said = await statementsOn(
      db,
      chosen.map(({ id }) => id),
    )
    const lines = chosen.map((record) => {
      const [reports, assessments] = [said.reports.get(record.id) ?? [], said.assessments.get(record.id) ?? []]
      return {
        record: record as StoredRecord,
        ...stateOf(record, reports, assessments, now()),
        reported: reports[0]?.body.completion ?? null,
        assessed: assessments[0]?.body.completion ?? null,
      }
    })
    const counts = Object.fromEntries(
      silenceStates.map((one) => [one, lines.filter((line) => line.state === one).length]),
    )
    const shown = lines.filter((line) => state === undefined || line.state === state)
    return { commitments: shown.toReversed(), counts, countries: countriesNamed(ofAll), rule: silenceRule }
  },
})

export const commitmentFollowUp = operation({
  name: 'commitments.followUp',
  summary: 'Read what became of a commitment: reports, independent assessments, and its state by the rule of silence',
  http: 'GET /commitments/:id/follow-up',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    ...Silence,
    rule: Rule,
    today: Type.String(),
    reports: Type.Array(keptOf(commitmentReport)),
    assessments: Type.Array(keptOf(commitmentAssessment)),
    mayReport: Type.Boolean(),
    mayAssess: Type.Boolean(),
  }),
  allow: () => true,
  run: async ({ db, now, actor }, { id }) => {
    const record: StoredRecord | undefined = await records(db).find(id)
    if (record?.status !== 'published' || !isCommitment(record)) throw new Problem('recordNotFound', { id })
    const said = await statementsOn(db, [id])
    const [reports, assessments] = [said.reports.get(id) ?? [], said.assessments.get(id) ?? []]
    const self = actor.kind === 'person' && may(actor, 'draft.write') ? actor.id : undefined
    return {
      ...stateOf(record, reports, assessments, now()),
      rule: silenceRule,
      today: now().toISOString().slice(0, 10),
      reports,
      assessments,
      mayReport: self !== undefined && (await speaksFor(db, self, record.body)),
      mayAssess: self !== undefined && (await mayAssess(db, self, record.body)),
    }
  },
})
