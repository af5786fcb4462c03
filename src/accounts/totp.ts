/** Codes that somebody has by themselves: of a program on their telephone, or on paper. Each is good once. */
import type { Context } from '#kernel/context.ts'
import { stepOf } from '#codecs/otp/index.ts'
import { post } from '#kernel/mail/mail.ts'
import { noteEvent } from './audit.ts'
import { factors } from './factor-store.ts'
import { letterOf } from './letters.ts'
import { digestOfSecret } from './secret.ts'
import type { Account } from './tables.ts'

/** 120 bits each, so a digest keeps them (OWASP ASVS 5.0, 6.5.2), in e-mails that are not taken for one another. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const lettersOfCode = 24
const codesAtOnce = 8

/** New codes in the place of all others, as they are shown: once. */
export async function makeCodes({ db, random }: Pick<Context, 'db' | 'random'>, accountId: string): Promise<string[]> {
  const codes = Array.from({ length: codesAtOnce }, () =>
    Array.from(random(lettersOfCode), (byte) => letters[byte % letters.length]).join(''),
  )
  await factors(db).putCodes(accountId, codes.map(digestOfSecret))
  return codes.map((code) => code.replaceAll(/.{4}(?!$)/g, '$&-'))
}

/** As people type and paste them: in groups, in lower case, with characters that look alike (Crockford’s base 32). */
const plainLetters = (code: string): string =>
  code
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')

/** In groups, and in the digits of their keyboard. */
export const plainDigits = (code: string): string =>
  code
    .normalize('NFKC')
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replaceAll(/\D/g, '')

/** Whether they have any code beside those of e-mails. */
export async function hasOwnCodes({ db }: Pick<Context, 'db'>, accountId: string): Promise<boolean> {
  return (await hasApp({ db }, accountId)) || (await factors(db).codesLeft(accountId)) > 0
}

export const hasApp = async ({ db }: Pick<Context, 'db'>, accountId: string): Promise<boolean> =>
  Boolean((await factors(db).app(accountId))?.confirmedAt)

/** Whether it is the code of their program now, which is then used up. `ofBegun`: also of a program not yet confirmed. */
export async function takeAppCode(
  { db, now, services }: Pick<Context, 'db' | 'now' | 'services'>,
  accountId: string,
  code: string,
  { ofBegun = false } = {},
): Promise<boolean> {
  const app = await factors(db).app(accountId)
  if (!app || (app.confirmedAt === null && !ofBegun)) return false
  const secret = await services.secretBox.open(app.secret, accountId)
  if (!secret) return false
  const step = stepOf(plainDigits(code), secret, { at: now(), lastStep: Number(app.lastStep) })
  return step !== undefined && factors(db).useApp(accountId, step, app.confirmedAt ?? now().toISOString())
}

/** Whether it is a code that they have, of either sort; it is used up, and of one on paper they are told by e-mail. */
export async function takeOwnCode(context: Context, account: Account, code: string): Promise<boolean> {
  if (await takeAppCode(context, account.id, code)) return true
  const { db, now, services } = context
  if (!(await factors(db).useCode(account.id, digestOfSecret(plainLetters(code))))) return false
  const left = await factors(db).codesLeft(account.id)
  await noteEvent(context, 'recovery.used', account.id)
  const { site } = services
  const link = `${site.address}/${account.language}/account`
  const values = { site, name: account.name, left, link }
  await post(db, letterOf('recoveryUsed', account.email, account.language, values), now())
  return true
}

/** Whether the key that programs’ secrets are closed with is the one that lies here. */
export async function canOpenSecrets({ db, services }: Pick<Context, 'db' | 'services'>): Promise<boolean> {
  const one = await factors(db).anyApp()
  return one === undefined || (await services.secretBox.open(one.secret, one.accountId)) !== undefined
}
