/** What quality agencies decided on a record, with whether it still counts. */
import { Type, type Static } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { Id } from '#records/inputs.ts'
import { isOf, keptOf } from '#records/kind.ts'
import { LinkedName, linkedNames } from '#records/linked-names.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { statesOf } from '../quality-labels/states.ts'
import { qualityLabels } from '../quality-labels/store.ts'
import { qualityDecision } from './quality-decision.ts'
import { recognitionDecision } from './recognition-decision.ts'
import { validities, validityOn } from './validity.ts'

const most = 5_000
const isQuality = isOf(qualityDecision)
const isRecognition = isOf(recognitionDecision)

/** From when and until when a decision counts, and where that is told if not here. */
function datesOf(record: StoredRecord): {
  validFrom?: string | undefined
  validUntil?: string | undefined
  register?: string | undefined
} {
  if (isRecognition(record)) return { validFrom: record.body.validFrom, validUntil: record.body.validUntil }
  if (!isQuality(record)) return {}
  const { decidedOn: validFrom, validUntil, register } = record.body
  return { validFrom, validUntil, register }
}

const Line = Type.Object({
  decision: keptOf(qualityDecision),
  validity: Type.Enum([...validities], { description: 'On the day on which it is asked, in UTC' }),
  agencies: Type.Array(LinkedName),
  label: Type.String({
    description: 'The signed label of it for this record that counts today; empty where there is none',
  }),
})
export type QualityLine = Static<typeof Line>

export const qualityOf = operation({
  name: 'quality.of',
  summary:
    'List what quality agencies decided on a course, institution or platform, the newest first, and whether it still counts',
  http: 'GET /quality/:id',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ decisions: Type.Array(Line) }),
  allow: () => true,
  run: async (context, { id }) => {
    const { db, now } = context
    const today = now().toISOString().slice(0, 10)
    const store = records(db)
    const linking = await store.linksTo([id], ['qualityDecisionOn', 'decidesOnQuality'], most, qualityDecision.name)
    const all = (await store.byNumbers(linking))
      .filter(isQuality)
      .toSorted((a, b) => ((a.body.decidedOn ?? '') < (b.body.decidedOn ?? '') ? 1 : -1))
    const names = await linkedNames(
      db,
      qualityDecision,
      all.map(({ body }) => body),
    )
    const labels = all.length > 0 ? await qualityLabels(db).ofDecisions(all.map((one) => one.id)) : []
    const counting = (await statesOf(context, labels)).filter(({ state }) => state === 'valid')
    const labelOf = (decision: string) =>
      counting.find(({ row }) => row.decisionId === decision && row.targetId === id)?.row.credentialId ?? ''
    return {
      decisions: all.map((decision) => ({
        decision,
        label: labelOf(decision.id),
        validity: validityOn(datesOf(decision), today),
        agencies: names.filter(({ id: one }) => decision.body.agencies?.includes(one)),
      })),
    }
  },
})

export const decisionValidity = operation({
  name: 'recognition.validity',
  summary: 'Read whether a decision on quality or recognition counts today',
  http: 'GET /recognition/:id/validity',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    validity: Type.Enum([...validities]),
    validFrom: Type.Optional(Type.String()),
    validUntil: Type.Optional(Type.String()),
    register: Type.Optional(Type.String({ description: 'The register of the agency, which says whether it counts' })),
  }),
  allow: () => true,
  run: async ({ db, now }, { id }) => {
    const record = await records(db).find(id)
    if (record?.status !== 'published' || !(isQuality(record) || isRecognition(record)))
      throw new Problem('recordNotFound', { id })
    const { validFrom, validUntil, register } = datesOf(record)
    return {
      validity: validityOn({ validFrom, validUntil, register }, now().toISOString().slice(0, 10)),
      ...(validFrom && { validFrom }),
      ...(validUntil && { validUntil }),
      ...(register && { register }),
    }
  },
})
