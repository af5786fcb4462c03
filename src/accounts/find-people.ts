/** Finding somebody who has an account, to give them a task: by name, or by their whole address. */
import type { Kysely } from 'kysely'
import { Type, type Static } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { may } from '#kernel/permission.ts'
import { violation } from '#kernel/problem.ts'
import { emailKeyOf } from './email.ts'
import { people } from './store.ts'
import type { Account } from './tables.ts'

const mostFound = 8
const leastTyped = 2

/** As somebody writes it who gives another a task. */
export const NameOrAddress = Type.String({ minLength: 1, maxLength: 254, description: 'The address of their account' })

const PersonFound = Type.Object({
  id: Type.String(),
  name: Type.String(),
  address: Type.String({ description: 'Its first character and its host, to tell people of one name apart' }),
})
export type PersonFound = Static<typeof PersonFound>

/** `amina@example.org` → `a…@example.org` */
const hinted = (email: string): string => `${[...email][0] ?? ''}…${email.slice(email.lastIndexOf('@'))}`

async function called(db: Kysely<unknown>, typed: string): Promise<Account[]> {
  const words = typed.trim()
  if (words.includes('@')) {
    const account = await people(db).byEmail(emailKeyOf(words))
    return account?.state === 'active' ? [account] : []
  }
  return words.length < leastTyped ? [] : people(db).activeCalled(words, mostFound)
}

export const findPeople = operation({
  name: 'accounts.find',
  summary: 'Find people who can be given a task, by name or by their whole address',
  http: 'GET /accounts/called',
  isForPages: true,
  input: Type.Object({ q: Type.String({ maxLength: 254 }) }, closed),
  output: Type.Object({ people: Type.Array(PersonFound) }),
  allow: (actor) => may(actor, 'collection.appoint') || may(actor, 'translator.appoint'),
  run: async ({ db }, { q }) => ({
    people: (await called(db, q)).map(({ id, name, email }) => ({ id, name, address: hinted(email) })),
  }),
})

/**
 * Who is meant: the account that was chosen, else the one of this address. Of those with a typed name somebody must be chosen.
 *
 * @throws Problem invalid at `email`: `noAccount` where there is none, `severalPeople` where a name was typed, even that of one person
 */
export async function personMeant(
  db: Kysely<unknown>,
  { account: id, email = '' }: { account?: string | undefined; email?: string | undefined },
): Promise<Account> {
  if (id) {
    const chosen = await people(db).byId(id)
    if (chosen?.state !== 'active') throw violation('email', 'noAccount')
    return chosen
  }
  const found = await called(db, email)
  if (found.length === 0) throw violation('email', 'noAccount')
  if (!email.includes('@')) throw violation('email', 'severalPeople')
  return found[0]!
}
