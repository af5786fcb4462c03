/** Taking along all that the house knows of oneself. */
import { Type } from 'typebox'
import { closed, operation } from '#core/operation.ts'
import { attachedFiles } from '../files/store.ts'
import { isPerson, ownAccount, selfOf } from '../people/account.ts'
import { factors } from '../people/factor-store.ts'
import { identities } from '../people/identity-store.ts'
import { passkeys } from '../people/passkey-store.ts'
import { people } from '../people/store.ts'
import { watches } from '../watching/store.ts'
import { contributionsOf } from './contributions.ts'

export const exportSelf = operation({
  name: 'accounts.export',
  summary: 'Take along all that the house knows of oneself',
  http: 'GET /account/export',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({}, { additionalProperties: true }),
  allow: isPerson,
  run: async (context) => {
    const account = await ownAccount(context)
    const store = people(context.db)
    const [sessions, keys, ownPasskeys, ownIdentities, app, recoveryCodesLeft, audit, files, watched] =
      await Promise.all([
        store.sessionsOf(account.id),
        store.keysOf(account.id),
        passkeys(context.db).of(account.id),
        identities(context.db).of(account.id),
        factors(context.db).app(account.id),
        factors(context.db).codesLeft(account.id),
        store.audited({ subject: account.id, limit: 10_000 }),
        attachedFiles(context.db).ofPerson(account.id),
        watches(context.db).of(account.id),
      ])
    return {
      account: selfOf(account),
      sessions: sessions.map(({ createdAt, seenAt, agent }) => ({ createdAt, seenAt, agent })),
      keys: keys.map(({ name, scopes, createdAt, lastUsedAt }) => ({ name, scopes, createdAt, lastUsedAt })),
      passkeys: ownPasskeys.map(({ name, createdAt, lastUsedAt }) => ({ name, createdAt, lastUsedAt })),
      identities: ownIdentities.map(({ issuer, subject, createdAt }) => ({ issuer, subject, createdAt })),
      secondStep: { appSince: app?.confirmedAt ?? null, recoveryCodesLeft },
      files: files.map((one) => ({ ...one, address: `${context.services.site.address}/files/${one.file}` })),
      watching: watched.map(({ recordId: record, query, name, often, createdAt }) => ({
        record,
        query,
        name,
        often,
        createdAt,
      })),
      ...(await contributionsOf(context.db, account.id)),
      events: audit.map(({ at, event }) => ({ at, event })),
    }
  },
})
