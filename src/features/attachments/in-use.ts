/** What other features do with files, so that these are kept and shown as long as something needs them. */
import type { Kysely } from 'kysely'
import type { Context, Environment } from '#kernel/context.ts'
import type { Database } from '#kernel/database/database.ts'

export type AttachmentsInUse = {
  /** Before files are cleared: drops what is too old to hold on to any. */
  tidy?: (database: Database, environment: Pick<Environment, 'now'>) => Promise<void>
  /** Whether something of this feature needs the file. */
  isInUse: (db: Kysely<unknown>, file: string, environment: Pick<Environment, 'now'>) => Promise<boolean>
  /** Whether the requester may see the file because they may see the draft that names it. */
  isLent?: (context: Context, request: { file: string; owners: readonly string[]; draft: string }) => Promise<boolean>
}

declare module '#kernel/feature.ts' {
  interface Feature {
    attachmentsInUse?: AttachmentsInUse
  }
}

export const usersOfFiles = ({ services }: Pick<Context, 'services'>): AttachmentsInUse[] =>
  services.features.flatMap(({ attachmentsInUse }) => attachmentsInUse ?? [])
