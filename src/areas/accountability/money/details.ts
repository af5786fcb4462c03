/** What stands beside the facts of a funding activity, and who paid for a practice. */
import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { noSuch } from '#kernel/problem.ts'
import { Id } from '#records/inputs.ts'
import { isOf, keptOf } from '#records/kind.ts'
import { LinkedName } from '#records/linked-names.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { funding } from '../funding.ts'
import { commitmentsOf, namesOf } from './overview.ts'

const isFunding = isOf(funding)
const mostPaying = 50

export const fundingDetails = operation({
  name: 'fundings.details',
  summary:
    'Read a funding activity with the names of who takes part in its transactions and the commitments it pays for',
  http: 'GET /fundings/:id/details',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    funding: keptOf(funding),
    commitments: Type.Array(Type.String()),
    names: Type.Record(Type.String(), LinkedName),
  }),
  allow: () => true,
  run: async ({ db }, { id }) => {
    const record: StoredRecord | undefined = await records(db).find(id)
    if (!record || !isFunding(record)) throw noSuch('record', id)
    const commitments = await commitmentsOf(db, id, record.body.commitments)
    const paid = (record.body.transactions ?? []).flatMap(({ provider, receiver }) =>
      [provider ?? [], receiver ?? []].flat(),
    )
    return { funding: record, commitments, names: await namesOf(db, [...commitments, ...paid]) }
  },
})

export const payingFor = operation({
  name: 'fundings.payingFor',
  summary: 'List the funding activities that pay for a practice or a commitment, with the names of who gave',
  http: 'GET /fundings/paying-for/:id',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    fundings: Type.Array(keptOf(funding)),
    names: Type.Record(Type.String(), LinkedName),
  }),
  allow: () => true,
  run: async ({ db }, { id }) => {
    const numbers = await records(db).linksTo([id], ['paysForPractice', 'paysForCommitment'], mostPaying)
    const fundings = (await records(db).byNumbers(numbers)).filter(isFunding)
    return {
      fundings,
      names: await namesOf(
        db,
        fundings.flatMap(({ body }) => body.funders ?? []),
      ),
    }
  },
})
