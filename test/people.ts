/** People with accounts, as tests need them. */
import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { intoFolder } from '#core/mail/carriers.ts'
import { deliverMail } from '#core/mail/mail.ts'
import { newAccount } from '#house/people/links.ts'
import { hashPassword } from '#house/people/password.ts'
import type { Role } from '#core/permission.ts'
import { openSession } from '#house/people/sessions.ts'
import { people } from '#house/people/store.ts'
import type { TestHouse } from './house.ts'
import { visitor, type Visitor } from './visitor.ts'

export const password = 'seven quiet radios'

/** All letters that left so far, the newest last. */
export async function lettersOf({ house, folder }: Pick<TestHouse, 'house' | 'folder'>): Promise<string[]> {
  const outbox = join(folder, 'outbox')
  await deliverMail(house.database, intoFolder(outbox, 'Qingdao <q@example.org>', house.world.now), house.world.now)
  if (!existsSync(outbox)) return []
  return readdirSync(outbox)
    .sort()
    .map((name) => readFileSync(join(outbox, name), 'utf8'))
}

export const linkIn = (letter: string): string => /http:\/\/[^/]+(\/[a-z]{2}\/account\/link\/[\w-]+)/.exec(letter)![1]!

export type Person = Visitor & { id: string; email: string }

/** Slow on purpose, and the same for everybody here. */
let hashed: Promise<string> | undefined

/** Somebody who has an account and is signed in, as after signing up; with further roles, as an operator gives them. */
export async function person(
  of: TestHouse,
  name: string,
  { roles = [], country = null, language = 'en' }: { roles?: Role[]; country?: string | null; language?: string } = {},
): Promise<Person> {
  const { database, world } = of.house
  const email = `${name.toLowerCase().replaceAll(/\W+/g, '.')}@example.org`
  hashed ??= hashPassword(password, world.random)
  const account = {
    ...newAccount(world, { name, email, language }),
    passwordHash: await hashed,
    state: 'active' as const,
    confirmedAt: world.now().toISOString(),
    roles: ['contributor' as const, ...roles],
    country,
  }
  const opened = await database.write(async (db) => {
    await people(db).add(account)
    return openSession({ ...world, db, actor: { kind: 'anyone' } }, account.id, 'a browser', 'link')
  })
  const browser = visitor(of, {
    remote: `198.51.100.${1 + (Buffer.from(name).reduce((sum, one) => sum + one, 0) % 250)}`,
  })
  browser.setCookie('session', opened.session)
  browser.setCookie('device', opened.device)
  await browser.open(`/${language}/account`)
  return Object.assign(browser, { id: account.id, email })
}

/** Somebody who typed their address and password, in a browser of their own: they are in, or asked for a second step. */
export async function atTheDoor(house: TestHouse, email: string, next = ''): Promise<Visitor> {
  const browser = visitor(house)
  await browser.open(`/en/sign-in${next && `?next=${encodeURIComponent(next)}`}`)
  await browser.send('/sign-in', { email, password })
  return browser
}

/** Whether this browser is signed in. */
export const isInside = async (browser: Visitor): Promise<boolean> =>
  /action="\/en\/sign-out"/.test((await browser.open('/en/account')).body)

/** What a program reads from a secret in base 32 (RFC 4648 §6). */
export function fromBase32(text: string): Buffer {
  const bits = [...text].map((one) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0'))
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
