import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/**
 * A credential that a wallet may fetch: digests of what it is asked with, and nothing of what stands in it. `txHash` is empty
 * where no transaction code is asked for; `tokenHash` is null until the code was redeemed.
 */
export type WalletOfferRow = {
  offerHash: string
  codeHash: string
  credentialId: string
  txHash: string
  triesLeft: number
  expiresAt: string
  tokenHash: string | null
  tokenUntil: string | null
}
/** A nonce that a proof was made with, kept for as long as it could be used again. */
export type WalletNonceRow = { digest: string; until: string }

export type WalletTables = { wallet_offer: WalletOfferRow; wallet_nonce: WalletNonceRow }

export const walletMigration: Migration = {
  name: '0185-wallet-offers',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table wallet_offer ("offerHash" text primary key, "codeHash" text not null unique, "credentialId" text not null, "txHash" text not null, "triesLeft" integer not null, "expiresAt" text not null, "tokenHash" text unique, "tokenUntil" text)',
    )
    await run('create table wallet_nonce ("digest" text primary key, "until" text not null)')
  },
}
