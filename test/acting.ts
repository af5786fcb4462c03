/** What people do through the API on the way from a draft to a decision, for tests that begin further on. */
import { practice } from './practice.ts'
import type { TestApp } from './app.ts'
import type { Person } from './people.ts'

/** Acts through the API as this person, with what roles they have. */
export const as =
  ({ app }: TestApp, { id }: { id: string }, ...roles: string[]) =>
  async (name: string, input: object = {}): Promise<any> => {
    const actor = { kind: 'person' as const, id, roles: ['contributor', ...roles] }
    const answer = await app.perform(app.operation(name)!, actor, input)
    await app.followOwn()
    return answer
  }

export async function submitted(
  app: TestApp,
  author: Person,
  { collection, values = practice }: { collection?: string | undefined; values?: object } = {},
): Promise<string> {
  const ask = as(app, author)
  const { id } = await ask('drafts.begin', { kind: 'practice', language: 'en', values })
  if (collection) await ask('drafts.choose', { id, collection })
  await ask('drafts.step', { id, revision: 1, step: 'submit' })
  return id
}

export async function collectionWith(app: TestApp, policy: object, curator: Person): Promise<string> {
  const keeper = app.as('curator')
  const { id } = await keeper('curated-collections.share', {
    title: { en: 'Collection of the Ministry' },
    originalLanguage: 'en',
    ...policy,
  })
  await keeper('collections.appoint', { id, email: curator.email })
  return id
}

/** Given to a reviewer, who has no interest in it. */
export async function give(app: TestApp, curator: Person, id: string, reviewer: Person, dueOn?: string): Promise<void> {
  await as(app, curator, 'curator')('reviews.assign', { id, reviewer: reviewer.id, ...(dueOn && { dueOn }) })
  await as(app, reviewer, 'reviewer')('reviews.declare', { id, hasInterest: false })
}
