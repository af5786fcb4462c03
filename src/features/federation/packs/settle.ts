/** Copies that were refused wait here, as they came, until a person settles them or they can be taken. */
import { Type } from 'typebox'
import { noteEvent } from '#accounts/audit.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, noSuch } from '#kernel/problem.ts'
import { recordId } from '#records/fields.ts'
import { Done, done } from '#records/inputs.ts'
import type { Body } from '#records/record.ts'
import { records } from '#records/store.ts'
import { change } from '#records/write.ts'
import type { Content } from '../signed-record.ts'
import { federated, type Times } from '../store.ts'
import type { RefusedCopyRow } from '../tables.ts'
import { Home } from './pack.ts'
import { Given, keep, keepSigned, readCopy, takerOf } from './take.ts'
import { keyOfCopy, knownWith } from './trust.ts'

const NodeId = Home.properties.node

/** A copy as it came, of what was kept of it. */
const givenOf = ({ via, chain, taken, document }: RefusedCopyRow): Given => ({
  place: via,
  chain: JSON.parse(chain) as string[],
  ...(taken !== null && { taken: JSON.parse(taken) as Times }),
  signed: JSON.parse(document) as Given['signed'],
})

export const settleCopy = operation({
  name: 'packs.settle',
  summary: 'Settle a copy that was refused: take it in place of what was changed here, or leave it',
  http: 'POST /packs/refused/:id',
  input: Type.Object(
    {
      id: Type.String({ pattern: recordId, description: 'Identifier of the record' }),
      via: NodeId,
      keep: Type.Enum(['theirs', 'ours']),
    },
    closed,
  ),
  output: Done,
  allow: permission('record.publish'),
  run: async (context, { id, via, keep: chosen }) => {
    const found = await federated(context.db).refusedCopy(id, via)
    if (!found) throw noSuch('copy', id)
    const here = (await records(context.db).nodeId()) ?? 'none'
    const nodes = await knownWith(context, [], here, false)
    const read = readCopy(context, givenOf(found), { here, from: via, nodes })
    const before = await records(context.db).find(id)
    const [copy] = (await federated(context.db).copies([id])).values()
    const isVoid = copy !== undefined && !keyOfCopy(copy, nodes.get(copy.home)).isTrusted
    const isNewer = 'document' in read && (isVoid || read.document.record.revision > (copy?.revision ?? 0))
    if (chosen === 'theirs') {
      if ('code' in read || !isNewer) throw new Problem('copyRefused', { id })
      // It is theirs again: what they change from now on comes as before.
      await keep({ ...context, actor: takerOf(via) }, read, before)
    } else if (!('code' in read) && isNewer && before && copy) {
      // Others still hear from here what its home says. That a person decided so is a version of its own.
      await keepSigned(context, read)
      await change(context, read.kind, before, before.status === 'withdrawn' ? 'withdraw' : 'revise', {
        note: before.note,
      })
    }
    await federated(context.db).dropRefused([id], via)
    await noteEvent(context, 'copy.settled', '', `${id} ${chosen}`)
    return done
  },
})

/** Copies that were refused, to be tried again. */
export const refusedCopies = operation({
  name: 'packs.refused',
  summary: 'List copies of records of other nodes that were refused, with the reason, and wait to be settled',
  http: 'GET /packs/refused',
  input: Type.Object(
    {
      via: Type.Optional(NodeId),
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 100 }),
    },
    closed,
  ),
  output: Type.Object({
    refused: Type.Array(
      Type.Object({
        id: Type.String(),
        via: Type.String(),
        title: Type.String(),
        code: Type.String(),
        values: Type.Record(Type.String(), Type.Unknown()),
        refusedAt: Type.String(),
        copy: Given,
      }),
    ),
  }),
  allow: permission('record.publish'),
  run: async ({ db }, { via, limit }) => ({
    refused: (await federated(db).refused(via, limit)).map((one) => {
      const signed = JSON.parse(one.document) as Given['signed']
      const { title = {}, originalLanguage = '' } = ((signed.record as Content | undefined)?.body ??
        {}) as Partial<Body>
      return {
        id: one.recordId,
        via: one.via,
        title: String(title[originalLanguage] ?? Object.values(title)[0] ?? one.recordId).slice(0, 300),
        code: one.code,
        values: JSON.parse(one.values) as Record<string, unknown>,
        refusedAt: one.refusedAt,
        copy: givenOf(one),
      }
    }),
  }),
})
