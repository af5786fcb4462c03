/** The queries of people's tables. No rules in here. */
import type { Kysely } from 'kysely'
import { isLike, literally } from '#kernel/database/like.ts'
import { plainName } from '#records/vocabularies/names.ts'
import { emailKeyOf } from './email.ts'
import type { Account, AccountRow, PeopleTables, Way } from './tables.ts'
import type { Event } from './audit.ts'
import type { Role } from '#kernel/permission.ts'

const open = ({ nameKey: _, ...row }: AccountRow): Account => ({
  ...row,
  roles: JSON.parse(row.roles) as Role[],
  affiliations: JSON.parse(row.affiliations) as string[],
})

type Changes = Partial<Omit<Account, 'id'>>

const close = ({ roles, affiliations, ...rest }: Changes): Partial<AccountRow> => ({
  ...rest,
  // Nobody is looked for who is gone.
  ...(rest.name !== undefined && { nameKey: rest.state === 'erased' ? '' : plainName(rest.name) }),
  ...(roles && { roles: JSON.stringify(roles) }),
  ...(affiliations && { affiliations: JSON.stringify(affiliations) }),
})

export const people = (db: Kysely<unknown>) => {
  const own = db.withTables<PeopleTables>()
  const one = async (column: 'id' | 'emailKey', value: string): Promise<Account | undefined> => {
    const row = await own.selectFrom('account').selectAll().where(column, '=', value).executeTakeFirst()
    return row && open(row)
  }
  return {
    byId: (id: string) => one('id', id),
    byEmail: (emailKey: string) => one('emailKey', emailKey),

    /** A query for the address of an account, to stand within another. */
    emailKeyOf: (id: string) => own.selectFrom('account').select('emailKey').where('id', '=', id),

    /** Those that exist, by identifier. */
    byIds: async (ids: readonly string[]): Promise<Map<string, Account>> => {
      if (ids.length === 0) return new Map()
      const rows = await own.selectFrom('account').selectAll().where('id', 'in', ids).execute()
      return new Map(rows.map((row) => [row.id, open(row)]))
    },

    /** Whose name or address has these words, in the order of their names; those that were erased are left out. */
    list: async ({ after, limit, words }: { after: number; limit: number; words: string }): Promise<Account[]> => {
      let query = own.selectFrom('account').selectAll().where('state', '!=', 'erased')
      const has = (column: 'emailKey' | 'nameKey', part: string) => isLike(column, `%${literally(part)}%`)
      if (words)
        query = query.where(({ or }) => or([has('emailKey', emailKeyOf(words)), has('nameKey', plainName(words))]))
      return (await query.orderBy('nameKey').orderBy('id').offset(after).limit(limit).execute()).map(open)
    },

    /** Of those who can sign in, in the order of their names: each word begins a word of the name. */
    activeCalled: async (typed: string, limit: number): Promise<Account[]> => {
      const words = plainName(typed).split(' ').filter(Boolean)
      if (words.length === 0) return []
      let query = own.selectFrom('account').selectAll().where('state', '=', 'active')
      for (const word of words.slice(0, 6))
        query = query.where(({ or }) =>
          or(['', '% ', '%-'].map((before) => isLike('nameKey', `${before}${literally(word)}%`))),
        )
      return (await query.orderBy('nameKey').orderBy('id').limit(limit).execute()).map(open)
    },

    withRole: async (role: Role): Promise<Account[]> =>
      (
        await own
          .selectFrom('account')
          .selectAll()
          .where('state', '=', 'active')
          .where('roles', 'like', `%"${role}"%`)
          .orderBy('nameKey')
          .limit(500)
          .execute()
      ).map(open),

    isEmpty: async (): Promise<boolean> =>
      (await own.selectFrom('account').select('id').limit(1).executeTakeFirst()) === undefined,

    add: async (account: Account): Promise<void> => {
      await own
        .insertInto('account')
        .values({ ...account, ...close(account) } as AccountRow)
        .execute()
    },
    change: async (id: string, changes: Changes): Promise<void> => {
      await own.updateTable('account').set(close(changes)).where('id', '=', id).execute()
    },

    /** An account that nobody ever confirmed, with its links. */
    removeUnconfirmed: async (id: string): Promise<void> => {
      await own.deleteFrom('one_time_link').where('accountId', '=', id).execute()
      await own.deleteFrom('account').where('id', '=', id).where('state', '=', 'unconfirmed').execute()
    },

    addSession: async (row: PeopleTables['session']): Promise<void> => {
      await own.insertInto('session').values(row).execute()
    },
    sessionBy: (tokenHash: string) =>
      own.selectFrom('session').selectAll().where('tokenHash', '=', tokenHash).executeTakeFirst(),
    sessionsOf: (accountId: string) =>
      own.selectFrom('session').selectAll().where('accountId', '=', accountId).orderBy('seenAt', 'desc').execute(),
    seeSession: async (id: string, at: string): Promise<void> => {
      await own.updateTable('session').set({ seenAt: at }).where('id', '=', id).execute()
    },
    /** Whoever’s it is. */
    isSession: async (id: string): Promise<boolean> =>
      (await own.selectFrom('session').select('id').where('id', '=', id).executeTakeFirst()) !== undefined,
    endSession: async (id: string, accountId: string): Promise<boolean> => {
      const { numDeletedRows } = await own
        .deleteFrom('session')
        .where('id', '=', id)
        .where('accountId', '=', accountId)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
    endSessions: async (accountId: string, except?: string): Promise<void> => {
      let query = own.deleteFrom('session').where('accountId', '=', accountId)
      if (except !== undefined) query = query.where('id', '!=', except)
      await query.execute()
    },

    /** Ends the sessions that were opened by one method; false where there were none. */
    endSessionsBy: async (way: Way, accountId: string): Promise<boolean> => {
      const { numDeletedRows } = await own
        .deleteFrom('session')
        .where('way', '=', way)
        .where('accountId', '=', accountId)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },

    addDevice: async (row: PeopleTables['device']): Promise<void> => {
      await own
        .insertInto('device')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    isDeviceOf: async (tokenHash: string, accountId: string): Promise<boolean> =>
      (await own
        .selectFrom('device')
        .select('accountId')
        .where('tokenHash', '=', tokenHash)
        .where('accountId', '=', accountId)
        .executeTakeFirst()) !== undefined,
    forgetDevices: async (accountId: string): Promise<void> => {
      await own.deleteFrom('device').where('accountId', '=', accountId).execute()
    },

    addLink: async (row: PeopleTables['one_time_link']): Promise<void> => {
      await own.insertInto('one_time_link').values(row).execute()
    },
    linkBy: (tokenHash: string) =>
      own.selectFrom('one_time_link').selectAll().where('tokenHash', '=', tokenHash).executeTakeFirst(),
    /** Takes the link away; false where somebody else was first. */
    useLink: async (tokenHash: string): Promise<boolean> =>
      (await own.deleteFrom('one_time_link').where('tokenHash', '=', tokenHash).executeTakeFirst()).numDeletedRows > 0n,
    dropLinks: async (where: { accountId: string } | { purpose: 'operator' }): Promise<void> => {
      const [[column, value]] = Object.entries(where) as [['accountId' | 'purpose', string]]
      await own
        .deleteFrom('one_time_link')
        .where(column, '=', value as never)
        .execute()
    },

    /** Sessions last used or begun before these days, links that have expired, browsers that forgot their secret since. */
    dropOver: async ({ at, idle, longest, devices }: Record<'at' | 'idle' | 'longest' | 'devices', string>) => {
      await own
        .deleteFrom('session')
        .where(({ eb, or }) => or([eb('seenAt', '<=', idle), eb('createdAt', '<=', longest)]))
        .execute()
      await own.deleteFrom('one_time_link').where('expiresAt', '<=', at).execute()
      await own.deleteFrom('device').where('createdAt', '<=', devices).execute()
    },

    addKey: async (row: PeopleTables['api_key']): Promise<void> => {
      await own.insertInto('api_key').values(row).execute()
    },
    keyBy: (tokenHash: string) =>
      own.selectFrom('api_key').selectAll().where('tokenHash', '=', tokenHash).executeTakeFirst(),
    keysOf: (accountId: string) =>
      own.selectFrom('api_key').selectAll().where('accountId', '=', accountId).orderBy('createdAt', 'desc').execute(),
    seeKey: async (id: string, at: string): Promise<void> => {
      await own.updateTable('api_key').set({ lastUsedAt: at }).where('id', '=', id).execute()
    },
    /** Whoever’s it is. */
    isKey: async (id: string): Promise<boolean> =>
      (await own.selectFrom('api_key').select('id').where('id', '=', id).executeTakeFirst()) !== undefined,
    endKey: async (id: string, accountId: string): Promise<boolean> =>
      (await own.deleteFrom('api_key').where('id', '=', id).where('accountId', '=', accountId).executeTakeFirst())
        .numDeletedRows > 0n,
    endKeys: async (accountId: string): Promise<void> => {
      await own.deleteFrom('api_key').where('accountId', '=', accountId).execute()
    },

    tell: async (row: Omit<PeopleTables['audit'], 'number' | 'event'> & { event: Event }): Promise<void> => {
      await own.insertInto('audit').values(row).execute()
    },
    /** What somebody called their keys and passkeys; that they made them stays. */
    forgetDetailsBy: async (accountId: string): Promise<void> => {
      await own
        .updateTable('audit')
        .set({ detail: '' })
        .where('actor', '=', `person:${accountId}`)
        .where('subject', '=', accountId)
        .execute()
    },
    audited: ({
      subject,
      before,
      limit,
    }: {
      subject?: string | undefined
      before?: number | undefined
      limit: number
    }) => {
      let query = own.selectFrom('audit').selectAll()
      if (subject !== undefined) query = query.where('subject', '=', subject)
      if (before !== undefined) query = query.where('number', '<', before)
      return query.orderBy('number', 'desc').limit(limit).execute()
    },
  }
}
