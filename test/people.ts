/** People with accounts, as tests need them. */
import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { intoFolder } from '#core/mail/carriers.ts'
import type { Role } from '#house/people/roles.ts'
import { people } from '#house/people/store.ts'
import type { TestHouse } from './house.ts'
import { visitor, type Visitor } from './visitor.ts'

export const password = 'seven quiet radios'

/** All letters that left so far, the newest last. */
export async function lettersOf({ house, folder }: Pick<TestHouse, 'house' | 'folder'>): Promise<string[]> {
  const outbox = join(folder, 'outbox')
  await house.deliverMail(intoFolder(outbox, 'Qingdao <q@example.org>', house.world.now))
  if (!existsSync(outbox)) return []
  return readdirSync(outbox)
    .sort()
    .map((name) => readFileSync(join(outbox, name), 'utf8'))
}

export const linkIn = (letter: string): string => /http:\/\/[^/]+(\/[a-z]{2}\/account\/link\/[\w-]+)/.exec(letter)![1]!

export type Person = Visitor & { id: string; email: string }

/** Somebody who signed up, chose a password, and is signed in; with further roles, as an operator gives them. */
export async function person(
  of: TestHouse,
  name: string,
  { roles = [], country = null, language = 'en' }: { roles?: Role[]; country?: string | null; language?: string } = {},
): Promise<Person> {
  const email = `${name.toLowerCase().replaceAll(/\W+/g, '.')}@example.org`
  const browser = visitor(of, {
    remote: `198.51.100.${1 + (Buffer.from(name).reduce((sum, one) => sum + one, 0) % 250)}`,
  })
  await browser.open(`/${language}/sign-up`)
  await browser.send('/sign-up', { name, email })
  await browser.open(linkIn((await lettersOf(of)).at(-1)!))
  await browser.send(browser.at, { password })
  const account = (await people(of.house.database.read).byEmail(email))!
  if (roles.length > 0)
    await of.house.database.write((tx) => people(tx).change(account.id, { roles: ['contributor', ...roles], country }))
  return Object.assign(browser, { id: account.id, email })
}
