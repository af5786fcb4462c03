import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'
import type { Role } from '#kernel/permission.ts'
import { plainName } from '#records/vocabularies/names.ts'

/** How a session was opened, as it is stored and shown in the audit trail. */
export type Way = 'password' | 'link' | 'passkey' | 'provider'

/** What is known of a person who has an account. It never leaves this node with the records. */
export type AccountRow = {
  id: string
  /** Empty once erased, as is `name` unless they wanted their contributions to keep it. */
  email: string
  /** The address as two that reach the same box are written alike; unique. */
  emailKey: string
  name: string
  /** The name as `plainName` writes it, to find somebody however it is typed. */
  nameKey: string
  passwordHash: string | null
  /** JSON: a list of roles. */
  roles: string
  /** The country of a focal point (ISO 3166-1). */
  country: string | null
  /** JSON: identifiers of the organisations they work for. */
  affiliations: string
  language: string
  state: 'unconfirmed' | 'active' | 'suspended' | 'erased'
  createdAt: string
  confirmedAt: string | null
}
export type Account = Omit<AccountRow, 'nameKey' | 'roles' | 'affiliations'> & { roles: Role[]; affiliations: string[] }

type SessionRow = {
  id: string
  tokenHash: string
  accountId: string
  createdAt: string
  seenAt: string
  agent: string
  /** How it was opened. */
  way: Way
}
type LinkRow = {
  tokenHash: string
  purpose: 'confirm' | 'password' | 'operator' | 'vouched'
  /** The path of this site to which its holder was going. */
  next: string
  accountId: string | null
  createdAt: string
  expiresAt: string
}
type KeyRow = {
  id: string
  tokenHash: string
  accountId: string
  name: string
  /** JSON: beginnings of operation names. */
  scopes: string
  createdAt: string
  lastUsedAt: string | null
  expiresAt: string | null
}
type AuditRow = { at: string; actor: string; event: string; subject: string; detail: string }

export type PeopleTables = {
  account: AccountRow
  session: SessionRow
  /** Browsers that signed in before: guessing elsewhere does not lock them out. */
  device: { tokenHash: string; accountId: string; createdAt: string }
  /** Links that work once, sent by mail. */
  one_time_link: LinkRow
  api_key: KeyRow
  /** Tries, counted from `startedAt` on. */
  tries: { bucket: string; count: number; startedAt: string }
  audit: AuditRow & { number?: number }
}

export const peopleMigration: Migration = {
  name: '0003-house-people',
  up: async (db, types) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table account (id text primary key, email text not null, "emailKey" text not null unique, name text not null, "passwordHash" text, roles text not null, country text, affiliations text not null, language text not null, state text not null, "createdAt" text not null, "confirmedAt" text)',
    )
    await run(
      'create table session (id text primary key, "tokenHash" text not null unique, "accountId" text not null references account (id), "createdAt" text not null, "seenAt" text not null, agent text not null)',
    )
    await run('create index session_by_account on session ("accountId")')
    await run(
      'create table device ("tokenHash" text primary key, "accountId" text not null references account (id), "createdAt" text not null)',
    )
    await run(
      'create table one_time_link ("tokenHash" text primary key, purpose text not null, "accountId" text references account (id), "createdAt" text not null, "expiresAt" text not null)',
    )
    await run(
      'create table api_key (id text primary key, "tokenHash" text not null unique, "accountId" text not null references account (id), name text not null, scopes text not null, "createdAt" text not null, "lastUsedAt" text, "expiresAt" text)',
    )
    await run('create table tries (bucket text primary key, count integer not null, "startedAt" text not null)')
    await run(
      `create table audit (number ${types.counted}, at text not null, actor text not null, event text not null, subject text not null, detail text not null)`,
    )
    await run('create index audit_by_subject on audit (subject, number)')
  },
}

/** Whoever signs up on the way to somewhere goes on there from the e-mail, in whichever browser they open it. */
export const linkNextMigration: Migration = {
  name: '0097-house-link-next',
  up: async (db) => {
    await sql.raw(`alter table one_time_link add column next text not null default ''`).execute(db)
  },
}

/** SQLite knows upper and lower case of ASCII alone. */
export const nameKeyMigration: Migration = {
  name: '0196-people-by-any-spelling',
  up: async (db) => {
    await sql.raw(`alter table account add column "nameKey" text not null default ''`).execute(db)
    const own = db.withTables<PeopleTables>()
    for (const { id, name } of await own.selectFrom('account').select(['id', 'name']).execute())
      await own
        .updateTable('account')
        .set({ nameKey: plainName(name) })
        .where('id', '=', id)
        .execute()
  },
}
