/** Issuers say for which achievements learners can ask once they have completed what leads to them. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, violation } from '#kernel/problem.ts'
import { Done, done, Id } from '#records/inputs.ts'
import { isOf } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { achievement } from '../achievements/achievement.ts'
import type { Achievement } from '../achievements/badge.ts'
import { forAchievement } from '../batches/batch.ts'
import { offerOf } from '../batches/award.ts'
import { issuers } from '../issuers/store.ts'
import { offers } from './store.ts'
import { completable } from './steps.ts'
import type { CompletionOfferRow } from './tables.ts'

export const bases = ['confirmed', 'stated'] as const
export const settings = ['none', ...bases] as const
const isAchievement = isOf(achievement)
/** Of one course or pathway; more are not shown. */
const mostOffers = 50

type Reading = Pick<Context, 'db'>
/** What can be claimed: an achievement, and the courses and pathways of which each leads to it. */
export type Offered = { row: CompletionOfferRow; achievement: Achievement; organisation: StoredRecord | undefined }

/** Undefined where its issuer is verified no more, or the achievement names another or is published no more. */
async function standing({ db }: Reading, row: CompletionOfferRow): Promise<Offered | undefined> {
  const found: StoredRecord | undefined = await records(db).find(row.achievementId)
  if (!found || !isAchievement(found) || found.status !== 'published') return undefined
  const named = found.body.issuers ?? []
  if (row.organisationId === '')
    return named.length > 0 ? undefined : { row, achievement: found, organisation: undefined }
  const organisation = await records(db).find(row.organisationId)
  const isVerified = (await issuers(db).find(row.organisationId)) !== undefined
  return organisation && isVerified && named.includes(row.organisationId)
    ? { row, achievement: found, organisation }
    : undefined
}

/** @throws Problem invalid where nobody issues it to who completes this */
export async function expectOffered(context: Reading, achievementId: string, recordId: string): Promise<Offered> {
  const row = await offers(context.db).find(achievementId)
  const offered = row && (await standing(context, row))
  if (!offered?.achievement.body.closes?.includes(recordId)) throw violation('achievement', 'notOnCompletion')
  return offered
}

/** Of one course or pathway, in the order in which they were described. */
export async function offersOf(context: Reading, recordId: string): Promise<Offered[]> {
  const numbers = await records(context.db).linksTo([recordId], 'closedBy', mostOffers, achievement.name)
  const found: Offered[] = []
  for (const one of await records(context.db).byNumbers(numbers)) {
    const row = await offers(context.db).find(one.id)
    const offered = row && (await standing(context, row))
    if (offered) found.push(offered)
  }
  return found
}

/** @throws Problem recordNotFound where it is no course or pathway that is published here */
export async function expectCompletable({ db }: Reading, id: string): Promise<StoredRecord> {
  const found = await records(db).find(id)
  if (!found || found.status !== 'published' || !completable.has(found.kind))
    throw new Problem('recordNotFound', { id })
  return found
}

export const Titled = {
  title: Type.Record(Type.String(), Type.String()),
  originalLanguage: Type.String(),
}
const Line = Type.Object({
  achievement: Type.String(),
  ...Titled,
  organisation: Type.Union([Type.Object({ id: Type.String(), ...Titled }), Type.Null()], {
    description: 'In whose name it is issued; null for this site itself',
  }),
  basis: Type.Enum([...bases], {
    description: 'Whether somebody of the issuer confirms it, or the learner’s word is enough',
  }),
})
export type OfferLine = Static<typeof Line>

const titled = ({ body: { title, originalLanguage } }: StoredRecord) => ({ title, originalLanguage })

export const offerLine = ({ row, achievement: of, organisation }: Offered): OfferLine => ({
  achievement: of.id,
  ...titled(of),
  organisation: organisation ? { id: organisation.id, ...titled(organisation) } : null,
  basis: row.basis,
})

export const listOffers = operation({
  name: 'completions.of',
  summary: 'List the achievements that are issued to who completes a course or pathway',
  http: 'GET /completions/of/:id',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ achievements: Type.Array(Line) }),
  allow: permission('published.read'),
  run: async (context, { id }) => ({ achievements: (await offersOf(context, id)).map(offerLine) }),
})

export const readOffer = operation({
  name: 'completions.setting',
  summary: 'Read whether an achievement is issued on completion, and on which basis',
  http: 'GET /completions/settings/:achievement',
  input: Type.Object({ achievement: Id }, closed),
  output: Type.Object({ basis: Type.Enum([...settings]), organisation: Type.String() }),
  allow: permission('published.read'),
  run: async ({ db }, { achievement: id }) => {
    const row = await offers(db).find(id)
    return { basis: row?.basis ?? ('none' as const), organisation: row?.organisationId ?? '' }
  },
})

export const setOffer = operation({
  name: 'completions.set',
  summary: 'Say whether an achievement is issued to who completes what leads to it, and on which basis',
  http: 'POST /completions/settings/:achievement',
  input: Type.Object(
    {
      achievement: Id,
      organisation: forAchievement.organisation,
      basis: Type.Enum([...settings], {
        description:
          'none: it is not; confirmed: after somebody of the issuer has confirmed it; stated: at once, and the credential says that nobody checked it',
      }),
    },
    closed,
  ),
  output: Done,
  allow: permission('draft.write'),
  changesPages: true,
  run: async (context, { achievement: achievementId, organisation, basis }) => {
    const { achievement: found } = await offerOf(context, {
      achievementId,
      organisationId: organisation,
      language: 'en',
    })
    const setBy = context.actor.kind === 'person' ? context.actor.id : ''
    if (basis === 'none') await offers(context.db).drop(achievementId)
    else {
      if (!found.body.closes?.length) throw violation('basis', 'closesNothing')
      await offers(context.db).set({
        achievementId,
        organisationId: organisation,
        basis,
        setBy,
        setAt: context.now().toISOString(),
      })
    }
    return done
  },
})
