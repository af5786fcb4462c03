/** The queries of offers to wallets. No rules in here. */
import type { Kysely } from 'kysely'
import type { WalletOfferRow, WalletTables } from './tables.ts'

export const walletOffers = (db: Kysely<unknown>) => {
  const own = db.withTables<WalletTables>()
  const by = (column: 'offerHash' | 'codeHash' | 'tokenHash', digest: string): Promise<WalletOfferRow | undefined> =>
    own.selectFrom('wallet_offer').selectAll().where(column, '=', digest).executeTakeFirst()
  return {
    add: async (row: WalletOfferRow): Promise<void> => {
      await own.insertInto('wallet_offer').values(row).execute()
    },
    byOffer: (digest: string) => by('offerHash', digest),
    byCode: (digest: string) => by('codeHash', digest),
    byToken: (digest: string) => by('tokenHash', digest),
    /** Whether there was a try left; counted in the database, so that many at once are no more than one after another. */
    countTry: async (offerHash: string): Promise<boolean> => {
      const { numUpdatedRows } = await own
        .updateTable('wallet_offer')
        .set((of) => ({ triesLeft: of('triesLeft', '-', 1) }))
        .where('offerHash', '=', offerHash)
        .where('triesLeft', '>', 0)
        .executeTakeFirstOrThrow()
      return numUpdatedRows > 0
    },
    /** Whether nobody had a token of it before. */
    giveToken: async (offerHash: string, token: { [Name in 'tokenHash' | 'tokenUntil']: string }): Promise<boolean> => {
      const { numUpdatedRows } = await own
        .updateTable('wallet_offer')
        .set(token)
        .where('offerHash', '=', offerHash)
        .where('tokenHash', 'is', null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows > 0
    },
    /** Whether it was there. */
    drop: async (offerHash: string): Promise<boolean> => {
      const { numDeletedRows } = await own
        .deleteFrom('wallet_offer')
        .where('offerHash', '=', offerHash)
        .executeTakeFirstOrThrow()
      return numDeletedRows > 0
    },
    /** Whether this nonce was not used before; then it is from now on. */
    useNonce: async (digest: string, until: string): Promise<boolean> => {
      const { numInsertedOrUpdatedRows } = await own
        .insertInto('wallet_nonce')
        .values({ digest, until })
        .onConflict((conflict) => conflict.column('digest').doNothing())
        .executeTakeFirstOrThrow()
      return Number(numInsertedOrUpdatedRows ?? 0) > 0
    },
    dropBefore: async (at: string): Promise<void> => {
      await own
        .deleteFrom('wallet_offer')
        .where('expiresAt', '<', at)
        .where((of) => of.or([of('tokenUntil', 'is', null), of('tokenUntil', '<', at)]))
        .execute()
      await own.deleteFrom('wallet_nonce').where('until', '<', at).execute()
    },
  }
}
