/** Trust lists that others sign: read from an address or a file, verified, kept with their key and date, and read anew. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation, preparedOperation, type Preparing } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, violation, noSuch } from '#kernel/problem.ts'
import { noteEvent } from '#accounts/audit.ts'
import { Id } from '#records/inputs.ts'
import { newId } from '#records/identifier.ts'
import { credentialLimits } from '../verification/read-document.ts'
import { ownDid } from '../issuing/keys.ts'
import { worldOf } from '../world.ts'
import { judgeList, type Fault, type Read } from './judge-list.ts'
import { signedLists, type SignedList } from './store.ts'

const mostLists = 200

/** @throws nothing for what was sent */
const judge = (context: Preparing, text: string) => judgeList(text, worldOf(context, false))

/** @throws Problem fetchFailed, addressRefused, tooLarge */
async function textAt({ fetch: goOut }: Preparing, address: string): Promise<string> {
  const answer = await goOut(
    address,
    { bytes: credentialLimits.bytes, timeMs: 15_000, redirects: 2 },
    { headers: { accept: 'application/vc, application/json' } },
  )
  if (answer.status !== 200) throw new Problem('fetchFailed', { url: address, reason: String(answer.status) })
  return Buffer.from(answer.body).toString('utf8')
}

export const OutsideLine = Type.Object({
  id: Type.String(),
  address: Type.String({ description: 'Where it is read anew; empty where it came as a file' }),
  issuer: Type.String({ description: 'Who signs it' }),
  fingerprint: Type.String({ description: 'The key that signed it' }),
  titles: Type.Record(Type.String(), Type.String()),
  originalLanguage: Type.String(),
  vouchedFor: Type.Integer({ description: 'How many' }),
  validUntil: Type.Optional(Type.String()),
  readAt: Type.String(),
  failed: Type.String({ description: 'Why it could not be read the last time; empty where it could' }),
})
export type OutsideLine = Static<typeof OutsideLine>

export const lineOf = ({ list, id, address, issuer, fingerprint, readAt, failed }: SignedList): OutsideLine => ({
  id,
  address,
  issuer,
  fingerprint,
  titles: list.titles,
  originalLanguage: list.originalLanguage,
  vouchedFor: list.vouchedFor.length,
  ...(list.validUntil && { validUntil: list.validUntil }),
  readAt,
  failed,
})

const personIn = ({ actor }: Pick<Context, 'actor'>) => (actor.kind === 'person' ? actor.id : '')

export const addOutside = preparedOperation({
  name: 'signed-trust-lists.add',
  summary:
    'Recognise whom a signed trust list names: from an address, which is read daily from then on, or from a document',
  http: 'POST /signed-trust-lists',
  input: Type.Object(
    {
      address: Type.Optional(Type.String({ maxLength: 2_000, pattern: '^https?://\\S+$' })),
      document: Type.Optional(
        Type.String({ minLength: 1, maxLength: credentialLimits.bytes, description: 'The signed list, JSON as text' }),
      ),
      issuer: Type.Optional(
        Type.String({ maxLength: 2_000, description: 'Who must have signed it, as they said it by another way' }),
      ),
    },
    closed,
  ),
  output: OutsideLine,
  allow: permission('record.publish'),
  changesPages: true,
  prepare: async (context, { address, document, issuer }) => {
    const place = address === undefined ? 'document' : 'address'
    if ((address === undefined) === (document === undefined)) throw violation('address', 'oneListSource')
    const read = await judge(context, document ?? (await textAt(context, address!)))
    if ('rule' in read) throw violation(place, read.rule, { what: read.what })
    if (read.issuer === ownDid(context)) throw violation(place, 'ownTrustList')
    if (issuer !== undefined && issuer !== read.issuer) throw violation('issuer', 'otherIssuer', { what: read.issuer })
    return read
  },
  run: async (context, { address = '' }, read) => {
    const store = signedLists(context.db)
    const all = await store.all()
    const before = all.find((one) => one.issuer === read.issuer && (one.address === address || sameTitle(one, read)))
    if (!before && all.length >= mostLists) throw violation('address', 'maxItems', { limit: mostLists })
    if (before && read.list.validFrom < before.list.validFrom)
      throw violation(address ? 'address' : 'document', 'olderTrustList')
    const at = context.now().toISOString()
    const kept = { ...read, address: address || (before?.address ?? ''), readAt: at, triedAt: at, failed: '' }
    const row: SignedList = { ...kept, id: before?.id ?? newId(context.random), addedAt: before?.addedAt ?? at }
    await store.put(row)
    await noteEvent(context, 'trustList.added', personIn(context), read.issuer)
    return lineOf(row)
  },
})

const sameTitle = ({ list }: SignedList, { list: other }: Read): boolean =>
  list.titles[list.originalLanguage] === other.titles[other.originalLanguage]

export const removeOutside = operation({
  name: 'signed-trust-lists.remove',
  summary: 'Recognise no longer whom a trust list of others names',
  http: 'DELETE /signed-trust-lists/:id',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({}),
  allow: permission('record.publish'),
  changesPages: true,
  run: async (context, { id }) => {
    const found = (await signedLists(context.db).all()).find((one) => one.id === id)
    if (!found || !(await signedLists(context.db).remove(id))) throw noSuch('trustList', id)
    await noteEvent(context, 'trustList.removed', personIn(context), found.issuer)
    return {}
  },
})

export const refreshOutside = preparedOperation({
  name: 'signed-trust-lists.refresh',
  summary: 'Read the trust lists of others again',
  http: 'POST /signed-trust-lists/refresh',
  input: Type.Object({}, closed),
  output: Type.Object({ read: Type.Integer(), failed: Type.Integer() }),
  allow: permission('record.publish'),
  changesPages: true,
  prepare: async (context) => {
    const seen: { before: SignedList; now: Read | Fault | undefined }[] = []
    for (const before of await signedLists(context.db).all())
      if (before.address) seen.push({ before, now: await readAgain(context, before.address) })
    return seen
  },
  run: async ({ db, now: clock }, _input, seen) => {
    const at = clock().toISOString()
    const known = new Set((await signedLists(db).all()).map(({ id }) => id))
    let failures = 0
    for (const { before, now } of seen.filter((one) => known.has(one.before.id))) {
      const failed = failureOf(before, now)
      if (failed) failures++
      const isRead = !failed && now !== undefined && 'list' in now
      await signedLists(db).put({ ...before, ...(isRead && { ...now, readAt: at }), triedAt: at, failed })
    }
    return { read: seen.length - failures, failed: failures }
  },
})

/** Undefined where it could not be had. */
async function readAgain(context: Preparing, address: string): Promise<Read | Fault | undefined> {
  try {
    return await judge(context, await textAt(context, address))
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

export const listFailures = ['unreachable', 'noTrustList', 'notVerified', 'otherIssuer', 'older'] as const

/** A list that another signs, or an earlier one that was put back, does not take its place. */
function failureOf(before: SignedList, now: Read | Fault | undefined): (typeof listFailures)[number] | '' {
  if (!now) return 'unreachable'
  if ('rule' in now) return now.rule
  if (now.issuer !== before.issuer) return 'otherIssuer'
  return now.list.validFrom < before.list.validFrom ? 'older' : ''
}
