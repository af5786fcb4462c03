/** All trust lists that this node knows, and whose each is. */
import { Type, type Static } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { isDemonstration } from '#records/demonstration.ts'
import { isOf } from '#records/kind.ts'
import { records } from '#records/store.ts'
import { copiedFrom, unreachedNodes } from '#features/federation/copied-from.ts'
import { trustList } from '../decisions/trust-list.ts'
import { validities, validityOn } from '../decisions/validity.ts'
import { lineOf, OutsideLine } from './outside-lists.ts'
import { signedLists } from './store.ts'

const most = 5_000
const isTrustList = isOf(trustList)
const Texts = Type.Record(Type.String(), Type.String())

const ListLine = Type.Object({
  id: Type.String(),
  titles: Texts,
  originalLanguage: Type.String(),
  vouchedFor: Type.Integer({ description: 'How many' }),
  validity: Type.Enum([...validities]),
  isDemonstration: Type.Boolean({ description: 'It shows how a list looks, and counts for nothing' }),
  copied: Type.Optional(
    Type.Object({
      node: Type.String(),
      name: Texts,
      fingerprint: Type.String({ description: 'The key that signed it' }),
      readAt: Type.String(),
      isFollowed: Type.Boolean({ description: 'Only lists of nodes that are followed count' }),
    }),
  ),
})
export type ListLine = Static<typeof ListLine>

const Overview = Type.Object({
  lists: Type.Array(ListLine, { description: 'Records: of this node, and copies of other nodes' }),
  outside: Type.Array(Type.Interface([OutsideLine], { validity: Type.Enum([...validities]) })),
  unreached: Type.Array(Texts, { description: 'Nodes that are followed and could not be read the last time' }),
})
export type Overview = Static<typeof Overview>

export const listTrustLists = operation({
  name: 'signed-trust-lists.list',
  summary: 'List the trust lists that count here: of this node, of nodes that it follows, and those that others sign',
  http: 'GET /signed-trust-lists',
  input: Type.Object({}, closed),
  output: Overview,
  allow: permission('published.read'),
  run: async ({ db, now }) => {
    const today = now().toISOString().slice(0, 10)
    const kept = (await records(db).list(trustList.name, { after: 0, limit: most })).filter(isTrustList)
    const copies = await copiedFrom(
      db,
      kept.map(({ id }) => id),
    )
    return {
      lists: kept.map((record): ListLine => {
        const { id, body } = record
        const copied = copies.get(id)
        return {
          id,
          titles: body.title,
          originalLanguage: body.originalLanguage,
          vouchedFor: body.vouchedFor?.length ?? 0,
          validity: validityOn({ validUntil: body.validUntil }, today),
          isDemonstration: isDemonstration(record),
          ...(copied && { copied }),
        }
      }),
      outside: (await signedLists(db).all()).map((one) => ({
        ...lineOf(one),
        validity: validityOn({ validUntil: one.list.validUntil }, today),
      })),
      unreached: (await unreachedNodes(db)).map(({ name }) => name),
    }
  },
})
