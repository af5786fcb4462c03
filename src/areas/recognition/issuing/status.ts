/** Taking back and suspending what was issued, and the signed lists that say so (W3C Bitstring Status List 1.0). */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, violation, noSuch } from '#kernel/problem.ts'
import { noteEvent } from '#accounts/audit.ts'
import { encodeStatusList, newStatusList, setBit } from '#codecs/bitstring-status-list/status-list.ts'
import { signEddsaJcs } from '#codecs/data-integrity/jcs-suites.ts'
import { Id } from '#records/inputs.ts'
import { awards } from '../batches/store.ts'
import { endorsements } from '../endorsements/store.ts'
import { mayIssueFor } from '../issuers/issuers.ts'
import { qualityLabels } from '../quality-labels/store.ts'
import { noteCredentialEvents } from '../register/register.ts'
import { replacements } from '../refresh/store.ts'
import { ownDid, signingKey } from './keys.ts'
import type { IssuedRow } from '../tables.ts'
import { statusAddress } from './issue.ts'
import { issuing } from './store.ts'

const states = ['valid', 'revoked', 'suspended'] as const

export const IssuedLine = Type.Object({
  id: Type.String(),
  issuedAt: Type.String(),
  state: Type.Enum([...states]),
  reason: Type.String(),
  changedAt: Type.String(),
  isOfAchievement: Type.Boolean({ description: 'Of one that is described here: it can be issued again' }),
  achievement: Type.String({
    description: 'Identifier of its record; empty where it is of none that is described here',
  }),
  replacedBy: Type.String({ description: 'The credential that took its place; empty where none did' }),
  canBeSuspended: Type.Boolean({ description: 'Otherwise it can be revoked alone' }),
})
export type IssuedLine = Static<typeof IssuedLine>

const lineOf = (
  { id, issuedAt, state, reason, changedAt, canBeSuspended }: IssuedRow,
  achievement = '',
  replacedBy = '',
): IssuedLine => ({
  id,
  issuedAt,
  state,
  reason,
  changedAt,
  isOfAchievement: achievement !== '',
  achievement,
  replacedBy,
  canBeSuspended: canBeSuspended === 1,
})

export const readStatus = operation({
  name: 'credentials.status',
  summary: 'Read the status of a credential that this node issued',
  http: 'GET /credentials/:id/status',
  input: Type.Object({ id: Id }, closed),
  output: IssuedLine,
  allow: permission('draft.write'),
  run: async (context, { id }) => {
    const { row, award } = await expectIssued(context, id)
    return lineOf(row, award?.achievementId, await replacements(context.db).of(id))
  },
})

export const listIssued = operation({
  name: 'credentials.list',
  summary: 'List the credentials that this node issued last, without what stands in them',
  http: 'GET /credentials',
  input: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }) }, closed),
  output: Type.Object({ credentials: Type.Array(IssuedLine) }),
  allow: permission('record.publish'),
  run: async ({ db }, { limit }) => {
    const rows = await issuing(db).newest(limit)
    const achievements = await awards(db).achievementsOf(rows.map(({ id }) => id))
    return { credentials: rows.map((one) => lineOf(one, achievements.get(one.id))) }
  },
})

/** @throws Problem notFound; forbidden for those who may not issue in the name of its issuer */
async function expectIssued(context: Context, id: string) {
  const row = await issuing(context.db).find(id)
  const award = row && (await awards(context.db).find(id))
  // Who may not issue learns nothing of what there is.
  const endorsement = row && (await endorsements(context.db).find(id))
  const label = row && (await qualityLabels(context.db).find(id))
  const by = award ?? endorsement ?? label
  if (!(await mayIssueFor(context, by?.organisationId ?? '')))
    throw new Problem('forbidden', { operation: 'credentials.status' })
  if (!row) throw noSuch('credential', id)
  return { row, award }
}

export const setStatus = operation({
  name: 'credentials.setStatus',
  summary: 'Revoke a credential for good, suspend it, or end its suspension, with a reason',
  http: 'POST /credentials/:id/status',
  input: Type.Object(
    {
      id: Id,
      state: Type.Enum([...states]),
      reason: Type.String({
        minLength: 1,
        maxLength: 500,
        pattern: '\\S',
        description: 'For those who keep the list; it is not published',
      }),
    },
    closed,
  ),
  output: IssuedLine,
  allow: permission('draft.write'),
  changesPages: true,
  run: async (context, { id, state, reason }) => {
    const { row, award } = await expectIssued(context, id)
    const change = await changeState(context, row, state, reason.trim())
    return lineOf({ ...row, ...change }, award?.achievementId)
  },
})

/** Changes it, so that the list, the log and the audit trail say so. @throws Problem invalid where it was revoked */
export async function changeState(context: Context, row: IssuedRow, state: IssuedRow['state'], reason: string) {
  // What was revoked stays so: others may have acted on it.
  if (row.state === 'revoked') throw violation('state', 'revokedForGood')
  if (state === 'suspended' && row.canBeSuspended !== 1) throw violation('state', 'notSuspendable')
  const change = { state, reason, changedAt: context.now().toISOString() }
  await issuing(context.db).setState(row.id, change)
  if (state === 'revoked') await awards(context.db).release(row.id)
  if (state !== row.state) await noteCredentialEvents(context, state === 'valid' ? 'restored' : state, [row.sha256])
  const by = context.actor.kind === 'person' ? context.actor.id : ''
  await noteEvent(context, 'credential.status', by, `${row.id} ${state}`)
  return change
}

const minutes = 60_000
/** Others may keep a list for so long. */
const keptMs = 60 * minutes

export const readStatusList = operation({
  name: 'credentials.statusList',
  summary: 'Read the signed list of what was revoked (odd numbers) or suspended (even numbers)',
  http: 'GET /credentials/lists/:number',
  isOfTheMoment: true,
  input: Type.Object({ number: Type.Integer({ minimum: 1, maximum: 1_000_000 }) }, closed),
  output: Type.Object({ id: Type.String() }, { additionalProperties: true }),
  allow: permission('published.read'),
  run: (context, { number }) => signedList(context, number),
})

/** @throws Problem notFound where nothing was ever put in it */
export async function signedList(
  context: Pick<Context, 'db' | 'services' | 'now'>,
  number: number,
): Promise<{ id: string }> {
  const store = issuing(context.db)
  const [listNumber, purpose] = [Math.ceil(number / 2), number % 2 === 1 ? 'revocation' : 'suspension']
  if ((await store.countIn(listNumber)) === 0) throw noSuch('statusList', String(number))
  const list = newStatusList()
  const wanted = purpose === 'revocation' ? 'revoked' : 'suspended'
  for (const { listIndex, state } of await store.notValidIn(listNumber))
    if (state === wanted) setBit(list, listIndex, true)
  const address = statusAddress(context, number)
  const now = context.now()
  const { key, method } = await signingKey(context)
  const seconds = (at: Date) => at.toISOString().replace(/\.\d+Z$/, 'Z')
  return signEddsaJcs(
    {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      id: address,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: ownDid(context),
      validFrom: seconds(now),
      validUntil: seconds(new Date(now.getTime() + 24 * keptMs)),
      credentialSubject: {
        id: `${address}#list`,
        type: 'BitstringStatusList',
        statusPurpose: purpose,
        encodedList: encodeStatusList(list),
        ttl: keptMs,
      },
    },
    { created: seconds(now), verificationMethod: method, proofPurpose: 'assertionMethod' },
    key,
  )
}
