/** People with accounts, as tests need them. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { intoFolder } from '#kernel/mail/carriers.ts'
import { deliverMail } from '#kernel/mail/mail.ts'
import { unwrapped } from '#kernel/mail/wrap.ts'
import { newAccount } from '#accounts/email-link.ts'
import { hashPassword } from '#accounts/password.ts'
import type { Role } from '#kernel/permission.ts'
import { digestOfSecret } from '#accounts/secret.ts'
import { openSession } from '#accounts/sessions.ts'
import { people } from '#accounts/store.ts'
import { newId } from '#records/identifier.ts'
import type { TestApp } from './app.ts'
import { faultsOf, linksIn, mailIn } from './mail-faults.ts'
import { visitor, type Visitor } from './visitor.ts'

export const password = 'seven quiet radios'

/** All e-mails that left so far, the newest last, as mail programs show them; each is as an email should be. */
export async function lettersOf(
  { app, folder, web }: Pick<TestApp, 'app' | 'folder'> & Partial<Pick<TestApp, 'web'>>,
  site = app.running.services.site.name,
): Promise<string[]> {
  const outbox = join(folder, 'outbox')
  await deliverMail(
    app.database,
    intoFolder(outbox, 'Qingdao <q@example.org>', app.environment.now),
    app.environment.now,
  )
  if (!existsSync(outbox)) return []
  const letters = readdirSync(outbox)
    .sort()
    .map((name) => shown(readFileSync(join(outbox, name), 'utf8')))
  for (const letter of letters) assert.deepEqual(faultsOf(mailIn(letter), site), [], letter)
  if (web) await followLinks(web, folder, letters)
  return letters
}

/** Addresses without a secret in them, which would be used up or grow old. */
const plainPage =
  /^http:\/\/[^/]+(\/[a-z]{2}\/(?:(?:records|drafts|translations)(?:\/[\w/-]+)?|desk|roles|collections|watching|account|sign-in|search)(?:[?#].*)?)$/
const followed = new Set<string>()

/** Each leads to a page, to the way to sign in, or to what says that a record was withdrawn. */
async function followLinks(web: TestApp['web'], folder: string, letters: readonly string[]): Promise<void> {
  for (const link of letters.flatMap((letter) => linksIn(mailIn(letter).text))) {
    const path = plainPage.exec(link)?.[1]
    if (path === undefined || followed.has(folder + path)) continue
    followed.add(folder + path)
    const { statusCode } = await web.fastify.inject({ method: 'GET', url: path })
    assert.ok([200, 303, 410].includes(statusCode), `${link} answers ${statusCode}`)
  }
}

/** Its lines put together again. */
function shown(eml: string): string {
  const [head = '', ...body] = eml.split('\r\n\r\n')
  const text = unwrapped(body.join('\r\n\r\n').replaceAll('\r\n', '\n'))
  return `${head}\r\n\r\n${text.replaceAll('\n', '\r\n')}`
}

export const linkIn = (letter: string): string => /http:\/\/[^/]+(\/[a-z]{2}\/account\/link\/[\w-]+)/.exec(letter)![1]!

export type Person = Visitor & { id: string; email: string }

/** Slow on purpose, and the same for everybody here. */
let hashed: Promise<string> | undefined

/** Somebody who has an account and is signed in, as after signing up; with further roles, as an operator gives them. */
export async function person(
  of: TestApp,
  name: string,
  {
    roles = [],
    country = null,
    language = 'en',
    email = `${name.toLowerCase().replaceAll(/\W+/g, '.')}@example.org`,
  }: { roles?: Role[]; country?: string | null; language?: string; email?: string } = {},
): Promise<Person> {
  const { database, environment } = of.app
  hashed ??= hashPassword(password, environment.random)
  const account = {
    ...newAccount(environment, { name, email, language }),
    passwordHash: await hashed,
    state: 'active' as const,
    confirmedAt: environment.now().toISOString(),
    roles: ['contributor' as const, ...roles],
    country,
  }
  const opened = await database.write(async (db) => {
    await people(db).add(account)
    return openSession({ ...environment, db, actor: { kind: 'anyone' } }, account.id, 'a browser', 'link')
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
export async function atTheDoor(app: TestApp, email: string, next = ''): Promise<Visitor> {
  const browser = visitor(app)
  await browser.open(`/en/sign-in${next && `?next=${encodeURIComponent(next)}`}`)
  await browser.send('/sign-in', { email, password })
  return browser
}

/** Whether this browser is signed in. */
export const isInside = async (browser: Visitor): Promise<boolean> =>
  /action="\/en\/sign-out"/.test((await browser.open('/en/account')).body)

/** The key of a program, as its owner makes one on the account page. */
export async function keyOf(
  { app }: Pick<TestApp, 'app'>,
  accountId: string,
  scopes: readonly string[],
): Promise<string> {
  const key = `qingdao_${randomBytes(16).toString('base64url')}`
  const at = app.environment.now().toISOString()
  const times = { createdAt: at, lastUsedAt: at, expiresAt: null }
  const row = { id: newId(randomBytes), tokenHash: digestOfSecret(key), accountId, name: 'a program', ...times }
  await app.database.write((tx) => people(tx).addKey({ ...row, scopes: JSON.stringify(scopes) }))
  return key
}

/** What a program reads from a secret in base 32 (RFC 4648 §6). */
export function fromBase32(text: string): Buffer {
  const bits = [...text].map((one) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0'))
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
