/** The network of expertise: who can help whom with what, found by what they chose to show. */
import { codesDoubted } from '#records/known-codes.ts'
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, noSuch } from '#kernel/problem.ts'
import { noteEvent } from '#accounts/audit.ts'
import { personIn } from '#accounts/sessions.ts'
import { people } from '#accounts/store.ts'
import { unknownCodes, unknownLanguages } from '#records/check.ts'
import { newId } from '#records/identifier.ts'
import { Done, Id, done } from '#records/inputs.ts'
import { ExpertProfile } from './expert-profile.ts'
import { experts } from './store.ts'
import type { ExpertRow } from './tables.ts'

const most = 5_000

const Expert = Type.Object({
  id: Type.String({ description: 'Of the entry, not of the account' }),
  name: Type.String(),
  profile: ExpertProfile,
})
export type Expert = Static<typeof Expert>

const described = { body: ExpertProfile }
const profileIn = ({ profile }: ExpertRow) => JSON.parse(profile) as ExpertProfile

async function named(db: Context['db'], rows: readonly ExpertRow[]): Promise<Expert[]> {
  const accounts = await people(db).byIds(rows.map(({ accountId }) => accountId))
  return rows.flatMap((row) => {
    const account = accounts.get(row.accountId)
    return account?.state === 'active' ? [{ id: row.id, name: account.name, profile: profileIn(row) }] : []
  })
}

const Code = (description: string) => Type.Optional(Type.String({ maxLength: 50, description }))
const fits = (asked: string | undefined, values: readonly string[] | undefined) =>
  asked === undefined || !values?.length || values.includes(asked)
const speaks = (asked: string, values: readonly string[]) =>
  values.some((one) => one === asked || one.startsWith(`${asked}-`))

export const listExperts = operation({
  name: 'experts.list',
  summary: 'List people who chose to be found for their expertise',
  http: 'GET /experts',
  input: Type.Object(
    {
      skill: Code('What they can help with'),
      language: Code('A language they work in, as a BCP 47 tag'),
      country: Code('ISO 3166-1 alpha-2; who names no country helps in all'),
      area: Code('An area of the Qingdao Declaration; who names none helps in all'),
      level: Code('An education level (ISCED); who names none helps at all'),
      after: Type.Integer({ minimum: 0, maximum: most, default: 0, description: '`next` of the page before' }),
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
    },
    closed,
  ),
  output: Type.Object({
    experts: Type.Array(Expert),
    total: Type.Integer(),
    next: Type.Union([Type.Integer(), Type.Null()]),
  }),
  allow: () => true,
  doubts: codesDoubted({
    skill: 'expert-help',
    language: 'languages',
    country: 'countries',
    area: 'areas',
    level: 'levels',
  }),
  run: async ({ db }, { skill, language, country, area, level, after, limit }) => {
    const all = (await named(db, await experts(db).all(most))).filter(
      ({ profile }) =>
        (skill === undefined || profile.expertHelp.includes(skill)) &&
        (language === undefined || speaks(language, profile.workingLanguages)) &&
        fits(country, profile.countries) &&
        fits(area, profile.areas) &&
        fits(level, profile.levels),
    )
    return {
      experts: all.slice(after, after + limit),
      total: all.length,
      next: after + limit < all.length ? after + limit : null,
    }
  },
})

/** @throws Problem notFound where there is none, or none that is shown */
export async function shownExpert(db: Context['db'], id: string): Promise<{ row: ExpertRow; expert: Expert }> {
  const row = await experts(db).byId(id)
  const [expert] = row && row.hiddenAt === null ? await named(db, [row]) : []
  if (!row || !expert) throw noSuch('expert', id)
  return { row, expert }
}

export const readExpert = operation({
  name: 'experts.read',
  summary: 'Read what somebody in the network of expertise shows',
  http: 'GET /experts/:id',
  input: Type.Object({ id: Id }, closed),
  output: Expert,
  allow: () => true,
  run: async ({ db }, { id }) => (await shownExpert(db, id)).expert,
})

const isPerson = permission('draft.write')

export const ownExpert = operation({
  name: 'experts.own',
  summary: 'Read one’s own entry in the network of expertise',
  http: 'GET /account/expertise',
  input: Type.Object({}, closed),
  output: Type.Object({
    id: Type.Union([Type.String(), Type.Null()]),
    profile: Type.Union([ExpertProfile, Type.Null()]),
    isHidden: Type.Boolean({ description: 'A curator has hidden it' }),
  }),
  allow: isPerson,
  run: async (context) => {
    const row = await experts(context.db).ofAccount(personIn(context))
    return { id: row?.id ?? null, profile: row ? profileIn(row) : null, isHidden: (row?.hiddenAt ?? null) !== null }
  },
})

export const saveExpert = operation({
  name: 'experts.save',
  summary: 'Show oneself in the network of expertise, or change what is shown',
  http: 'PUT /account/expertise',
  changesPages: true,
  input: ExpertProfile,
  output: Type.Object({ id: Type.String() }),
  allow: isPerson,
  run: async (context, profile) => {
    const { db, now, random } = context
    const violations = [...unknownCodes(described, profile), ...unknownLanguages(described, profile)]
    if (violations.length > 0) throw new Problem('invalid', { count: violations.length }, { violations })
    const accountId = personIn(context)
    const id = (await experts(db).ofAccount(accountId))?.id ?? newId(random)
    const changedAt = now().toISOString()
    await experts(db).save({ id, accountId, profile: JSON.stringify(profile), changedAt, hiddenAt: null })
    return { id }
  },
})

export const removeExpert = operation({
  name: 'experts.remove',
  summary: 'Leave the network of expertise',
  http: 'DELETE /account/expertise',
  changesPages: true,
  input: Type.Object({}, closed),
  output: Done,
  allow: isPerson,
  run: async (context) => {
    await experts(context.db).drop(personIn(context))
    return done
  },
})

export const hideExpert = operation({
  name: 'experts.hide',
  summary: 'Hide an entry in the network of expertise, or show it again',
  http: 'POST /experts/:id/hidden',
  changesPages: true,
  input: Type.Object({ id: Id, hidden: Type.Boolean() }, closed),
  output: Done,
  allow: permission('record.publish'),
  run: async (context, { id, hidden }) => {
    const row = await experts(context.db).byId(id)
    if (!row) throw noSuch('expert', id)
    await experts(context.db).hide(id, hidden ? context.now().toISOString() : null)
    await noteEvent(context, hidden ? 'expert.hidden' : 'expert.shown', row.accountId)
    return done
  },
})
