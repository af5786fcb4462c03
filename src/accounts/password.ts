/** Passwords: Argon2id (RFC 9106) in the PHC string form, with the costs that OWASP asks for. */
import { argon2, timingSafeEqual, type Argon2Parameters } from 'node:crypto'
import { promisify } from 'node:util'
import type { Preparing } from '#kernel/operation.ts'
import type { Violation } from '#kernel/problem.ts'
import { isBreached } from './breached-passwords.ts'
import { weaknessOf } from './weak-password.ts'

export const shortestPassword = 10
export const longestPassword = 200

const usual = { memory: 19_456, passes: 2, parallelism: 1 }
const saltBytes = 16
const tagBytes = 32
const derive = promisify<'argon2id', Argon2Parameters, Buffer>(argon2)

/** Typed on another keyboard, the same characters may arrive in another form (NIST SP 800-63B §3.1.1.2). */
const formOf = (password: string) => password.normalize('NFKC')
const base64 = (data: Uint8Array) => Buffer.from(data).toString('base64').replace(/=+$/, '')

/** `$argon2id$v=19$m=…,t=…,p=…$salt$tag` */
export async function hashPassword(password: string, random: (size: number) => Uint8Array): Promise<string> {
  const salt = random(saltBytes)
  const { memory, passes, parallelism } = usual
  const tag = await derive('argon2id', { message: formOf(password), nonce: salt, tagLength: tagBytes, ...usual })
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`
}

const phc = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/
/** Hash of no password, so that refusing an account without a password takes as long as refusing one with. */
const nobodys = `$argon2id$v=19$m=${usual.memory},t=${usual.passes},p=1$${base64(Buffer.alloc(saltBytes))}$${base64(Buffer.alloc(tagBytes))}`

/** Whether the password is the one; without a hash the same work is done, and it never is. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, m, t, p, salt, tag] = phc.exec(hash ?? nobodys) ?? phc.exec(nobodys)!
  const expected = Buffer.from(tag!, 'base64')
  const found = await derive('argon2id', {
    message: formOf(password),
    nonce: Buffer.from(salt!, 'base64'),
    memory: Number(m),
    passes: Number(t),
    parallelism: Number(p),
    tagLength: expected.length,
  })
  return timingSafeEqual(found, expected) && hash !== null
}

let known: ReadonlySet<string> | undefined

/** Passwords that thousands use, from leaked lists; loaded when first needed. */
async function common(): Promise<ReadonlySet<string>> {
  if (!known) {
    const { dictionary } = await import('@zxcvbn-ts/language-common')
    known = new Set(dictionary['passwords-common'])
  }
  return known
}

/**
 * What keeps a password from being taken: too short, one of those that are tried first, or stolen somewhere. No rules on
 * its characters. `about`: names and addresses of whom it is for; those of the node are not to be used either.
 */
export async function violationsOfPassword(
  { fetch, services }: Pick<Preparing, 'fetch' | 'services'>,
  password: string,
  about: readonly string[],
): Promise<Violation[]> {
  const plain = formOf(password).toLowerCase()
  const violation = (rule: string, values = {}): Violation[] => [{ place: 'password', rule, values }]
  if ([...plain].length < shortestPassword) return violation('minLength', { limit: shortestPassword })
  if ([...plain].length > longestPassword) return violation('maxLength', { limit: longestPassword })
  const weak = weaknessOf(plain, about, [services.site.name, services.site.address])
  if (weak) return violation(weak)
  const letters = plain.replaceAll(/[^\p{L}]/gu, '')
  if ((await common()).has(plain) || (await common()).has(letters)) return violation('commonPassword')
  return (await isBreached(password, services.breachedPasswords, fetch)) ? violation('breachedPassword') : []
}
