/** Reviews of other nodes that count here, by choice of the operator who follows those nodes. */
import { Type, type Static } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { Id } from '#records/inputs.ts'
import { records } from '#records/store.ts'
import { federated } from '../store.ts'

const most = 12

const CountedReview = Type.Object({
  node: Type.Record(Type.String(), Type.String(), { description: 'Name of the node that the review began at' }),
  id: Type.String(),
  verdict: Type.Union([Type.String(), Type.Null()], { description: 'A code of the vocabulary `verdicts`' }),
})
export type CountedReview = Static<typeof CountedReview>

export const listCountedReviews = operation({
  name: 'nodes.reviews',
  summary: 'List the reviews of a record that began at nodes whose reviews count here',
  http: 'GET /nodes/reviews/:id',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ reviews: Type.Array(CountedReview) }),
  allow: () => true,
  run: async ({ db }, { id }) => {
    const counting = await federated(db).nodesThatCount()
    if (counting.size === 0) return { reviews: [] }
    const store = records(db)
    const found = await store.byNumbers(await store.linksTo([id], 'reviews', most))
    return {
      reviews: found.flatMap(({ id: review, origin, body }) => {
        const node = counting.get(origin?.chain?.[0]?.node ?? '')
        return node ? [{ node, id: review, verdict: (body as { verdict?: string }).verdict ?? null }] : []
      }),
    }
  },
})
