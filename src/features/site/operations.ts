/** Reading and changing how this node presents itself. */
import { Type, type Static } from 'typebox'
import { hasRole, type Context } from '#kernel/context.ts'
import { closed, operation, type AnyOperation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { checkBody } from '#records/check.ts'
import { StoredRecord, type Body } from '#records/record.ts'
import { records } from '#records/store.ts'
import { add, change, expectRevision } from '#records/write.ts'
import { siteId, siteProfile } from './site.ts'

const mostVersions = 20
const Revision = Type.Integer({
  minimum: 0,
  maximum: 2_147_483_647,
  description: 'The version that was changed; 0: none',
})
const isOperator: (actor: Context['actor']) => boolean = (actor) => hasRole(actor, 'operator')

export const readSite = operation({
  name: 'site.read',
  summary: 'Read how this node presents itself, and its earlier versions',
  http: 'GET /site',
  input: Type.Object({}, closed),
  output: Type.Object({
    site: Type.Union([StoredRecord, Type.Null()]),
    earlier: Type.Array(StoredRecord, { description: 'The latest first' }),
  }),
  allow: () => true,
  run: async ({ db, actor }) => {
    const found = (await records(db).find(siteId)) ?? null
    const earlier = found && isOperator(actor) ? (await records(db).versions(found.number)).slice(0, mostVersions) : []
    return { site: found && withoutDigest(found), earlier }
  },
})

const withoutDigest = ({ digest: _, ...record }: Static<typeof StoredRecord> & { digest?: unknown }): StoredRecord =>
  record as StoredRecord

export const saveSite = operation({
  name: 'site.save',
  summary: 'Change how this node presents itself: name, logo, colours, footer, contact, privacy notice',
  http: 'PUT /site',
  changesPages: true,
  input: Type.Object({ revision: Revision, body: siteProfile.body }, closed),
  output: StoredRecord,
  allow: isOperator,
  run: async (context, { revision, body: input }) => {
    const body = checkBody(siteProfile, input)
    const authors = context.actor.kind === 'person' ? [context.actor.id] : []
    await context.services.hooks.proposed(context, body, authors)
    return put(context, revision, body)
  },
})

async function put(context: Context, revision: number, body: Body): Promise<StoredRecord> {
  const before = await records(context.db).find(siteId)
  if (!before) {
    const [kept] = await add(context, [{ id: siteId, kind: siteProfile, body, origin: null }])
    return kept!
  }
  expectRevision(before, revision)
  return change(context, siteProfile, before, 'revise', { body })
}

export const bringBackSite = operation({
  name: 'site.bringBack',
  summary: 'Make an earlier version of how this node presents itself the present one',
  http: 'POST /site/versions/:version',
  changesPages: true,
  input: Type.Object({ revision: Revision, version: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) }, closed),
  output: StoredRecord,
  allow: isOperator,
  run: async (context, { revision, version }) => {
    const before = await records(context.db).find(siteId)
    const earlier = before && (await records(context.db).version(before.number, version))
    if (!earlier) throw new Problem('versionNotFound', { id: siteId, revision: version })
    return put(context, revision, checkBody(siteProfile, earlier.body))
  },
})

export const siteOperations: AnyOperation[] = [readSite, saveSite, bringBackSite]
