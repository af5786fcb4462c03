/** Changing the address of an account: requested with the password, confirmed by an e-mail to the new one, announced to the old one. */
import { sql } from 'kysely'
import { Type } from 'typebox'
import type { Context } from '#kernel/context.ts'
import type { Migration } from '#kernel/database/migrate.ts'
import { post } from '#kernel/mail/mail.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { noteEvent } from './audit.ts'
import { Email, emailKeyOf } from './email.ts'
import { letterOf, letterToUnconfirmed } from './letters.ts'
import { From } from './inputs.ts'
import { provenOperation } from './proof.ts'
import { dropSteps } from './second-step.ts'
import { digestOfSecret, isSecret, newSecret } from './secret.ts'
import { personIn } from './sessions.ts'
import { formerEmails } from './former-emails.ts'
import { people } from './store.ts'
import type { Account } from './tables.ts'
import { countTry, isLetPass } from './rate-limit.ts'

/** An address that waits to be confirmed; one an account. */
type EmailChangeRow = { accountId: string; tokenHash: string; email: string; expiresAt: string }
type Tables = { email_change: EmailChangeRow }

export const emailChangeMigration: Migration = {
  name: '0006-house-email-change',
  up: async (db) => {
    await sql`create table email_change ("accountId" text primary key references account (id), "tokenHash" text not null unique, email text not null, "expiresAt" text not null)`.execute(
      db,
    )
  },
}

const hours = 2
const Token = Type.String({ maxLength: 100 })
const changesIn = (db: Context['db']) => db.withTables<Tables>()

/** The path that the e-mail leads to. */
export const emailLinkPath = (token: string) => `/account/email/${token}`

export const askEmailChange = provenOperation({
  name: 'accounts.askEmailChange',
  summary: 'Ask for another address; a letter with a link goes to it',
  http: 'POST /account/email',
  input: { email: Email, remote: From.remote },
  // Whether somebody else has that address is not told: it is answered alike.
  output: Type.Object({ isSent: Type.Literal(true) }),
  howMuch: 'all',
  run: async (context, { email, remote }) => {
    const { db, now } = context
    const account = (await people(db).byId(personIn(context)))!
    const emailKey = emailKeyOf(email)
    if (!(await isLetPass(db, 'lettersFrom', remote, now()))) throw new Problem('tooManyTries')
    await countTry(db, 'lettersFrom', remote, now())
    if (await isLetPass(db, 'lettersTo', emailKey, now())) {
      await countTry(db, 'lettersTo', emailKey, now())
      await tellNewAddress(context, account, email.trim())
    }
    return { isSent: true as const }
  },
})

/** A link to the new address; only a word to who has that address already. */
async function tellNewAddress(context: Context, account: Account, email: string): Promise<void> {
  const { db, now, random, services } = context
  const { site } = services
  const known = await people(db).byEmail(emailKeyOf(email))
  if (known && known.state !== 'unconfirmed') {
    if (known.id === account.id) return
    const link = `${site.address}/${known.language}/sign-in`
    await post(db, letterOf('known', known.email, known.language, { site, name: known.name, link }), now())
    return
  }
  const token = newSecret(random)
  const expiresAt = new Date(now().getTime() + hours * 3_600_000).toISOString()
  await changesIn(db).deleteFrom('email_change').where('accountId', '=', account.id).execute()
  await changesIn(db)
    .insertInto('email_change')
    .values({ accountId: account.id, tokenHash: digestOfSecret(token), email, expiresAt })
    .execute()
  const link = `${site.address}/${account.language}${emailLinkPath(token)}`
  const values = { site, hours, link }
  await post(db, letterToUnconfirmed('newEmail', email, account.language, values), now())
  await noteEvent(context, 'email.asked', account.id)
}

/** @throws Problem linkUsed where it was used, is too old, or never was. */
async function findChange({ db, now }: Pick<Context, 'db' | 'now'>, token: string) {
  const change = isSecret(token)
    ? await changesIn(db)
        .selectFrom('email_change')
        .selectAll()
        .where('tokenHash', '=', digestOfSecret(token))
        .executeTakeFirst()
    : undefined
  const account = change && (await people(db).byId(change.accountId))
  if (!change || change.expiresAt <= now().toISOString() || account?.state !== 'active') throw new Problem('linkUsed')
  return { email: change.email, account }
}

export const readEmailChange = operation({
  name: 'accounts.readEmailChange',
  summary: 'Tell which address a link would confirm',
  http: 'GET /account/email/:token',
  isForPages: true,
  input: Type.Object({ token: Token }, closed),
  output: Type.Object({ email: Type.String() }),
  allow: () => true,
  run: async (context, { token }) => ({ email: (await findChange(context, token)).email }),
})

export const confirmEmailChange = operation({
  name: 'accounts.confirmEmailChange',
  summary: 'Confirm another address by the link that was sent to it',
  http: 'POST /account/email/:token',
  isOpen: true,
  isForPages: true,
  input: Type.Object({ token: Token }, closed),
  output: Type.Object({ email: Type.String() }),
  allow: () => true,
  run: async (context, { token }) => {
    const { db, now, services } = context
    const { email, account } = await findChange(context, token)
    const store = people(db)
    const holder = await store.byEmail(emailKeyOf(email))
    // Somebody else confirmed it meanwhile; an account that nobody ever confirmed gives way.
    if (holder && holder.state !== 'unconfirmed' && holder.id !== account.id) throw new Problem('linkUsed')
    if (holder?.state === 'unconfirmed') await store.removeUnconfirmed(holder.id)
    await changesIn(db).deleteFrom('email_change').where('accountId', '=', account.id).execute()
    // Links and codes that went to the old address open nothing any more.
    await store.dropLinks({ accountId: account.id })
    await dropSteps(db, account.id)
    await formerEmails(db).add({ accountId: account.id, email: account.email, until: now().toISOString() })
    await store.change(account.id, { email, emailKey: emailKeyOf(email) })
    const { site } = services
    const values = { site, name: account.name, link: `${site.address}/${account.language}/sign-in` }
    await post(db, letterOf('emailChanged', account.email, account.language, values), now())
    await noteEvent(context, 'email.changed', account.id)
    return { email }
  },
})

/** The address that somebody asked to change to and has not confirmed. */
export const askedEmailOf = async (db: Context['db'], accountId: string): Promise<string | undefined> =>
  (await changesIn(db).selectFrom('email_change').select('email').where('accountId', '=', accountId).executeTakeFirst())
    ?.email

export const dropEmailChange = async (db: Context['db'], accountId: string): Promise<void> => {
  await changesIn(db).deleteFrom('email_change').where('accountId', '=', accountId).execute()
}

/** Changes that nobody confirmed in time. */
export async function dropOldChanges(db: Context['db'], at: string): Promise<void> {
  await changesIn(db).deleteFrom('email_change').where('expiresAt', '<=', at).execute()
}
