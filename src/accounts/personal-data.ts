/** What is known of somebody because they have an account. */
import { marksOf, takeAddressOut, type PersonalData } from '#kernel/personal-data.ts'
import { ownAccount, selfOf } from './account.ts'
import { dropEmailChange } from './email-change.ts'
import { dropFactors, factors } from './factor-store.ts'
import { formerEmails } from './former-emails.ts'
import { identities } from './identity-store.ts'
import { passkeys } from './passkey-store.ts'
import { dropSteps } from './second-step.ts'
import { notices } from './notices/store.ts'
import { people } from './store.ts'

const mostEvents = 10_000
const secret = 'It is a secret for some minutes, and kept as a digest'

export const personalData: PersonalData = {
  columns: [
    {
      table: 'account',
      column: 'id',
      erased: false,
      exported: true,
      because: 'Contributions stay, and name nobody else',
    },
    { table: 'account', column: 'email', erased: true, exported: true },
    { table: 'account', column: 'emailKey', erased: true, exported: false, because: 'It is the address, folded' },
    {
      table: 'account',
      column: 'name',
      erased: false,
      exported: true,
      because: 'It goes unless they want to stay named',
    },
    {
      table: 'account',
      column: 'nameKey',
      erased: true,
      exported: false,
      because: 'It is the name, folded',
    },
    { table: 'former_email', column: 'accountId', erased: true, exported: true },
    { table: 'former_email', column: 'email', erased: true, exported: true },
    { table: 'session', column: 'accountId', erased: true, exported: true },
    {
      table: 'device',
      column: 'accountId',
      erased: true,
      exported: false,
      because: 'It is a digest of a cookie alone',
    },
    { table: 'one_time_link', column: 'accountId', erased: true, exported: false, because: secret },
    { table: 'api_key', column: 'accountId', erased: true, exported: true },
    { table: 'passkey', column: 'accountId', erased: true, exported: true },
    { table: 'passkey_challenge', column: 'accountId', erased: false, exported: false, because: secret },
    { table: 'identity', column: 'accountId', erased: true, exported: true },
    { table: 'identity', column: 'subject', erased: true, exported: true },
    { table: 'provider_join', column: 'accountId', erased: true, exported: false, because: secret },
    { table: 'provider_join', column: 'subject', erased: true, exported: false, because: secret },
    { table: 'email_change', column: 'accountId', erased: true, exported: false, because: secret },
    { table: 'email_change', column: 'email', erased: true, exported: false, because: secret },
    { table: 'second_step', column: 'accountId', erased: true, exported: false, because: secret },
    {
      table: 'notice',
      column: 'accountId',
      erased: true,
      exported: false,
      because: 'It goes with the next e-mail, which they have',
    },
    { table: 'notice_choice', column: 'accountId', erased: true, exported: true },
    {
      table: 'notice_stop',
      column: 'accountId',
      erased: true,
      exported: false,
      because: 'It is a digest of a secret address',
    },
    { table: 'code_app', column: 'accountId', erased: true, exported: true },
    { table: 'recovery_code', column: 'accountId', erased: true, exported: true },
    {
      table: 'audit',
      column: 'actor',
      erased: false,
      exported: false,
      because: 'Who did what to accounts must stay known',
    },
    {
      table: 'audit',
      column: 'subject',
      erased: false,
      exported: true,
      because: 'What happened to an account must stay known',
    },
  ],
  exportOf: async (context, { id }) => {
    const { db } = context
    const store = people(db)
    const formerAddresses = await formerEmails(db).of(id)
    const [account, sessions, keys, ownPasskeys, ownIdentities, app, recoveryCodesLeft, audit] = await Promise.all([
      ownAccount(context),
      store.sessionsOf(id),
      store.keysOf(id),
      passkeys(db).of(id),
      identities(db).of(id),
      factors(db).app(id),
      factors(db).codesLeft(id),
      store.audited({ subject: id, limit: mostEvents }),
    ])
    return {
      account: selfOf(account),
      formerAddresses,
      sessions: sessions.map(({ createdAt, seenAt, agent }) => ({ createdAt, seenAt, agent })),
      keys: keys.map(({ name, scopes, createdAt, lastUsedAt }) => ({ name, scopes, createdAt, lastUsedAt })),
      passkeys: ownPasskeys.map(({ name, createdAt, lastUsedAt }) => ({ name, createdAt, lastUsedAt })),
      identities: ownIdentities.map(({ issuer, subject, createdAt }) => ({ issuer, subject, createdAt })),
      secondStep: { appSince: app?.confirmedAt ?? null, recoveryCodesLeft },
      notices: await notices(db).choices(id),
      events: audit.map(({ at, event }) => ({ at, event })),
    }
  },
  erase: async ({ db }, leaving) => {
    const { id, name, email, keepName } = leaving
    const store = people(db)
    await store.forgetDetailsBy(id)
    await takeAddressOut(db, { table: 'audit', keys: ['number'], columns: ['detail'] }, email)
    await notices(db).removeAllOf(id)
    // What waits to be told to others names who did it.
    for (const mark of marksOf(leaving))
      await takeAddressOut(db, { table: 'notice', keys: ['number'], columns: ['title', 'text'] }, mark)
    await store.endSessions(id)
    await store.forgetDevices(id)
    await store.endKeys(id)
    await passkeys(db).removeAllOf(id)
    await identities(db).removeAllOf(id)
    await store.dropLinks({ accountId: id })
    await dropEmailChange(db, id)
    await formerEmails(db).removeAllOf(id)
    await dropSteps(db, id)
    await dropFactors(db, id)
    await store.change(id, {
      email: '',
      emailKey: `erased ${id}`,
      name: keepName ? name : '',
      passwordHash: null,
      roles: [],
      country: null,
      affiliations: [],
      state: 'erased',
    })
  },
}
