/** People ask for a credential of what they contributed, and take it back. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { isLanguage, type Language } from '#kernel/i18n/languages.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, noSuch } from '#kernel/problem.ts'
import { countTry, isLetPass } from '#accounts/rate-limit.ts'
import { newSecret } from '#accounts/secret.ts'
import { siteIn } from '#accounts/mail-text.ts'
import { Done, done, Id } from '#records/inputs.ts'
import { claims } from '../batches/store.ts'
import { claimPath, keptDays, linkDays, openClaim, rowFor, type Kept } from '../claims/claim.ts'
import { issue } from '../issuing/issue.ts'
import { changeState } from '../issuing/status.ts'
import { issuing } from '../issuing/store.ts'
import { contributionsOf, credentialFor, type Contribution } from './contribution.ts'
import { contributionCredentials } from './store.ts'

const dayMs = 24 * 60 * 60_000

const Line = Type.Object({
  record: Type.String(),
  title: Type.Record(Type.String(), Type.String()),
  originalLanguage: Type.String(),
  role: Type.Enum(['author', 'reviewer']),
  isUnnamed: Type.Boolean(),
  name: Type.String({ description: 'How the record names the person; empty where it does not' }),
  day: Type.String({ description: 'When it was published; empty where it is published no more' }),
  credential: Type.String({ description: 'That the person asked for; empty where they have none' }),
  state: Type.Enum(['none', 'valid', 'revoked', 'suspended']),
  path: Type.String({ description: 'Where they get it; empty where it is kept here no more' }),
})
export type ContributionLine = Static<typeof Line>

function accountOf({ actor }: Pick<Context, 'actor'>): string {
  if (actor.kind !== 'person') throw new Problem('forbidden', { operation: 'contributions.list' })
  return actor.id
}

/** Of what is published no more: its credential can still be taken back. */
const gone = { role: 'author', isUnnamed: false, name: '', day: '', originalLanguage: 'en' } as const

export const listContributions = operation({
  name: 'contributions.list',
  summary: 'List what one published and reviewed here, and the credentials that one asked for of it',
  http: 'GET /account/contributions',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({ contributions: Type.Array(Line) }),
  allow: permission('draft.write'),
  run: async (context) => {
    const accountId = accountOf(context)
    const rows = new Map((await contributionCredentials(context.db).of(accountId)).map((row) => [row.recordId, row]))
    const contributions: ContributionLine[] = []
    for (const { record, ...told } of await contributionsOf(context.db, accountId)) {
      const { title, originalLanguage } = record.body
      const { of } = await credentialOf(context, rows.get(record.id)?.credentialId)
      contributions.push({ record: record.id, title, originalLanguage, ...told, ...of })
      rows.delete(record.id)
    }
    for (const { recordId, credentialId } of rows.values()) {
      const { of, title } = await credentialOf(context, credentialId)
      contributions.push({ record: recordId, title: { en: title || recordId }, ...gone, ...of })
    }
    return { contributions }
  },
})

type Of = Pick<ContributionLine, 'credential' | 'state' | 'path'>

/** What became of a credential, and where its person gets it while this site keeps it. */
async function credentialOf(context: Context, id: string | undefined): Promise<{ of: Of; title: string }> {
  const issued = id === undefined ? undefined : await issuing(context.db).find(id)
  if (!issued) return { of: { credential: '', state: 'none', path: '' }, title: '' }
  const [row] = await claims(context.db).ofCredentials([issued.id])
  const kept = row && (await openClaim(context, row))
  const path = kept && row.expiresAt >= context.now().toISOString() ? claimPath(kept.secret) : ''
  return { of: { credential: issued.id, state: issued.state, path }, title: kept?.title ?? '' }
}

export const askContributionCredential = operation({
  name: 'contributions.ask',
  summary:
    'Issue a credential of what one published or reviewed here; one that there is already is told, not issued again',
  http: 'POST /account/contributions',
  isForPages: true,
  input: Type.Object(
    {
      record: Id,
      isNamed: Type.Boolean({ default: false, description: 'With the name by which the record names the person' }),
      language: Type.String({ maxLength: 20, default: 'en' }),
    },
    closed,
  ),
  output: Type.Object({ path: Type.String({ description: 'Where the person gets it' }) }),
  allow: permission('draft.write'),
  run: async (context, { record, isNamed, language }) => {
    const accountId = accountOf(context)
    const { db, now } = context
    const told = (await contributionsOf(db, accountId)).find((one) => one.record.id === record)
    if (!told) throw noSuch('record', record)
    const known = (await contributionCredentials(db).of(accountId)).find(({ recordId }) => recordId === record)
    if (known) return { path: (await credentialOf(context, known.credentialId)).of.path || '/account' }
    if (!(await isLetPass(db, 'contributionCredentialsBy', accountId, now()))) throw new Problem('tooManyTries')
    await countTry(db, 'contributionCredentialsBy', accountId, now())
    return { path: await issueFor(context, accountId, told, isNamed, isLanguage(language) ? language : 'en') }
  },
})

/** Issued, and kept closed for its person as credentials of learners are. */
async function issueFor(context: Context, accountId: string, told: Contribution, isNamed: boolean, language: Language) {
  const { db, now, random, services } = context
  const { title, credential } = credentialFor(context, told, isNamed, language)
  const issued = await issue(context, { credential, suite: 'eddsa-rdfc-2022' })
  const inDays = (days: number) => new Date(now().getTime() + days * dayMs).toISOString()
  const kept: Kept = {
    secret: newSecret(random),
    shown: newSecret(random),
    email: '',
    name: isNamed ? told.name : '',
    language,
    title,
    issuer: siteIn(services.site, language).name,
    expiresAt: inDays(linkDays),
    credential: issued.credential,
  }
  await claims(db).addMany([await rowFor(context, issued.id, kept, inDays(keptDays))])
  await contributionCredentials(db).add({ credentialId: issued.id, accountId, recordId: told.record.id })
  return claimPath(kept.secret)
}

export const takeBackContributionCredential = operation({
  name: 'contributions.takeBack',
  summary: 'Revoke a credential that one asked for of a contribution, and delete what this site keeps of it',
  http: 'POST /account/contributions/take-back',
  isForPages: true,
  forgets: true,
  changesPages: true,
  input: Type.Object({ credential: Id }, closed),
  output: Done,
  allow: permission('draft.write'),
  run: async (context, { credential }) => {
    const mine = await contributionCredentials(context.db).of(accountOf(context))
    const issued = mine.some(({ credentialId }) => credentialId === credential)
      ? await issuing(context.db).find(credential)
      : undefined
    if (!issued) throw noSuch('credential', credential)
    // A curator may have revoked it before.
    if (issued.state !== 'revoked') await changeState(context, issued, 'revoked', '')
    await forgetCredential(context, credential)
    return done
  },
})

/** What this site keeps of whose it is. */
async function forgetCredential({ db }: Pick<Context, 'db'>, credentialId: string): Promise<void> {
  await claims(db).drop(credentialId)
  await contributionCredentials(db).drop(credentialId)
}

/** When a person leaves; what they saved stays valid. */
export async function forgetContributor(context: Pick<Context, 'db'>, accountId: string): Promise<void> {
  for (const { credentialId } of await contributionCredentials(context.db).of(accountId))
    await forgetCredential(context, credentialId)
}

export const contributionOperations = [listContributions, askContributionCredential, takeBackContributionCredential]
