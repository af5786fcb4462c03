/** What people do through the API on the way from a draft to a decision, for tests that begin further on. */
import { practice } from './practice.ts'
import type { TestHouse } from './house.ts'
import type { Person } from './people.ts'

/** Acts through the API as this person, with what roles they have. */
export const as =
  ({ house }: TestHouse, { id }: { id: string }, ...roles: string[]) =>
  async (name: string, input: object = {}): Promise<any> => {
    const actor = { kind: 'person' as const, id, roles: ['contributor', ...roles] }
    const answer = await house.perform(house.operation(name)!, actor, input)
    await house.followOwn()
    return answer
  }

export async function submitted(
  house: TestHouse,
  author: Person,
  { collection, values = practice }: { collection?: string | undefined; values?: object } = {},
): Promise<string> {
  const ask = as(house, author)
  const { id } = await ask('drafts.begin', { kind: 'practice', language: 'en', values })
  if (collection) await ask('drafts.choose', { id, collection })
  await ask('drafts.step', { id, revision: 1, step: 'submit' })
  return id
}

export async function collectionWith(house: TestHouse, policy: object, curator: Person): Promise<string> {
  const keeper = house.as('curator')
  const { id } = await keeper('curated-collections.share', {
    title: { en: 'Collection of the Ministry' },
    originalLanguage: 'en',
    ...policy,
  })
  await keeper('curation.appoint', { id, email: curator.email })
  return id
}

/** Given to a reviewer, who has no interest in it. */
export async function give(
  house: TestHouse,
  curator: Person,
  id: string,
  reviewer: Person,
  dueOn?: string,
): Promise<void> {
  await as(house, curator, 'curator')('reviews.assign', { id, reviewer: reviewer.id, ...(dueOn && { dueOn }) })
  await as(house, reviewer, 'reviewer')('reviews.declare', { id, hasInterest: false })
}
