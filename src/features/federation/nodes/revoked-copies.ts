/** Copies that were signed with a key which its node declared void: which stay trusted, and which do not. */
import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { recordId } from '#records/fields.ts'
import { records } from '#records/store.ts'
import { keyOfCopy } from '../packs/trust.ts'
import { federated } from '../store.ts'

export const RevokedKey = Type.Object({
  since: Type.String({ description: 'From when the key is void' }),
  isTrusted: Type.Boolean({ description: 'Whether the copy was here before' }),
})

export const readKeyOfCopy = operation({
  name: 'copies.key',
  summary: 'Say whether a copy was signed with a key that is void now',
  http: 'GET /records/:id/copy-key',
  isForPages: true,
  input: Type.Object({ id: Type.String({ pattern: recordId }) }, closed),
  output: Type.Object({ revoked: Type.Union([RevokedKey, Type.Null()]) }),
  allow: () => true,
  run: async ({ db }, { id }) => {
    const copy = (await federated(db).copies([id])).get(id)
    const { since, isTrusted } = copy
      ? keyOfCopy(copy, await federated(db).node(copy.home))
      : { since: undefined, isTrusted: true }
    return { revoked: since === undefined ? null : { since, isTrusted } }
  },
})

const mostListed = 100

export const listUntrusted = operation({
  name: 'copies.untrusted',
  summary: 'List copies that came after their key was void, and that their node has not replaced',
  http: 'GET /copies/untrusted',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({
    copies: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), takenAt: Type.String() })),
  }),
  allow: permission('record.publish'),
  run: async ({ db }) => {
    const found: { id: string; takenAt: string }[] = []
    for (const node of await federated(db).nodes()) {
      const [first] = node.keys.flatMap(({ revokedSince }) => revokedSince ?? []).sort()
      if (first === undefined) continue
      for (const copy of await federated(db).copiesSince(node.id, first))
        if (!keyOfCopy(copy, node).isTrusted) found.push({ id: copy.recordId, takenAt: copy.takenAt })
    }
    const shown = found.slice(0, mostListed)
    const held = await records(db).findMany(shown.map(({ id }) => id))
    return {
      copies: shown.flatMap(({ id, takenAt }) => {
        const record = held.get(id)
        if (record?.status !== 'published') return []
        const { title, originalLanguage } = record.body
        return [{ id, takenAt, title: title[originalLanguage] ?? Object.values(title)[0] ?? id }]
      }),
    }
  },
})
