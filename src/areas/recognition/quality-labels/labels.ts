/** Quality decisions are issued as signed credentials, which end with the decision. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { isLanguage } from '#kernel/i18n/languages.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, violation, noSuch } from '#kernel/problem.ts'
import { Id } from '#records/inputs.ts'
import { isOf } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { isDemonstration } from '#records/demonstration.ts'
import { records } from '#records/store.ts'
import { forAchievement } from '../batches/batch.ts'
import { qualityDecision } from '../decisions/quality-decision.ts'
import { counts, isPositive, validityOf } from '../decisions/vouching.ts'
import { expectMayIssueFor } from '../issuers/issuers.ts'
import { issue } from '../issuing/issue.ts'
import { endOf, labelFor, type Decision } from './label.ts'
import { statesOf } from './states.ts'
import { qualityLabels } from './store.ts'

const isDecision = isOf(qualityDecision)

/** @throws Problem recordNotFound where it is no decision that is published here */
async function expectDecision({ db }: Pick<Context, 'db'>, id: string): Promise<Decision> {
  const found: StoredRecord | undefined = await records(db).find(id)
  if (!found || !isDecision(found) || found.status !== 'published' || isDemonstration(found))
    throw new Problem('recordNotFound', { id })
  return found
}

/** @throws Problem invalid where a label would say more than the decision does today */
function expectCounting({ body }: Decision, today: string): void {
  if (!isPositive(body)) throw violation('decision', 'decisionNotMet')
  if (!counts(validityOf(body, today))) throw violation('decision', 'decisionNotCounting')
}

/** What it is on that is published here and has no label of it that counts. */
async function unlabelled(context: Pick<Context, 'db' | 'now'>, decision: Decision): Promise<StoredRecord[]> {
  const known = await statesOf(context, await qualityLabels(context.db).ofDecisions([decision.id]))
  const has = new Set(known.filter(({ state }) => state !== 'revoked').map(({ row }) => row.targetId))
  const found = await records(context.db).findMany(decision.body.decidesOn)
  return [...found.values()].filter(({ id, status }) => status === 'published' && !has.has(id))
}

export const issueQualityLabels = operation({
  name: 'quality-labels.issue',
  summary: 'Issue a quality decision as a signed credential for each of what it is on that has none yet',
  http: 'POST /quality-labels',
  input: Type.Object(
    {
      decision: Id,
      organisation: {
        ...forAchievement.organisation,
        description: 'The agency in whose name, if it is a verified issuer; empty: this site',
      },
      language: Type.String({ maxLength: 20, default: 'en' }),
    },
    closed,
  ),
  output: Type.Object({
    labels: Type.Array(Type.Object({ id: Type.String(), target: Type.String(), credential: Type.Unknown() })),
  }),
  allow: permission('draft.write'),
  changesPages: true,
  run: async (context, { decision: id, organisation, language }) => {
    const { db, now } = context
    const decision = await expectDecision(context, id)
    await expectMayIssueFor(context, organisation, 'quality-labels.issue')
    const agencies = decision.body.agencies ?? []
    if (organisation && !agencies.includes(organisation)) throw violation('organisation', 'notItsAgency')
    expectCounting(decision, now().toISOString().slice(0, 10))
    const targets = await unlabelled(context, decision)
    if (targets.length === 0) throw violation('decision', 'labelledAlready')
    const named = await records(db).findMany([...agencies, organisation].filter(Boolean))
    const said = {
      decision,
      organisation: named.get(organisation),
      agency: agencies.flatMap((one) => named.get(one) ?? [])[0],
      language: isLanguage(language) ? language : ('en' as const),
    }
    const labels = []
    for (const target of targets) {
      const credential = labelFor(context, { ...said, target })
      const issued = await issue(context, { credential, suite: 'eddsa-rdfc-2022' })
      await qualityLabels(db).add({
        credentialId: issued.id,
        decisionId: id,
        targetId: target.id,
        organisationId: organisation,
        credential: JSON.stringify(issued.credential),
        validUntil: endOf(decision),
        at: now().toISOString(),
      })
      labels.push({ id: issued.id, target: target.id, credential: issued.credential })
    }
    return { labels }
  },
})

const Line = Type.Object({
  id: Type.String({ description: 'By which it is read and revoked' }),
  target: Type.String({ description: 'What it is on' }),
  title: Type.Record(Type.String(), Type.String()),
  originalLanguage: Type.String(),
  organisation: Type.String({ description: 'In whose name; the site itself where it is empty' }),
  state: Type.Enum(['valid', 'ended', 'revoked', 'suspended'], { description: 'On the day on which it is asked' }),
  at: Type.String(),
  validUntil: Type.String({ description: 'Empty where it has no end' }),
})
export type QualityLabelLine = Static<typeof Line>

export const listQualityLabels = operation({
  name: 'quality-labels.of',
  summary: 'List the signed labels of a quality decision, and whether they count today',
  http: 'GET /quality-labels/of/:decision',
  input: Type.Object({ decision: Id }, closed),
  output: Type.Object({ labels: Type.Array(Line) }),
  allow: permission('published.read'),
  run: async (context, { decision }) => {
    const known = await statesOf(context, await qualityLabels(context.db).ofDecisions([decision]))
    const found = await records(context.db).findMany(known.map(({ row }) => row.targetId))
    return {
      labels: known.map(({ row: { credentialId, targetId, organisationId, at, validUntil }, state }) => {
        const body = found.get(targetId)?.body
        return {
          id: credentialId,
          target: targetId,
          title: body?.title ?? { en: targetId },
          originalLanguage: body?.originalLanguage ?? 'en',
          organisation: organisationId,
          state,
          at,
          validUntil,
        }
      }),
    }
  },
})

export const readQualityLabel = operation({
  name: 'quality-labels.read',
  summary: 'Read a signed quality label',
  http: 'GET /quality-labels/:id',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ id: Type.String() }, { additionalProperties: true }),
  allow: permission('published.read'),
  run: async ({ db }, { id }) => {
    const found = await qualityLabels(db).find(id)
    if (!found) throw noSuch('qualityLabel', id)
    return JSON.parse(found.credential) as { id: string }
  },
})

export const qualityLabelOperations = [issueQualityLabels, listQualityLabels, readQualityLabel]
