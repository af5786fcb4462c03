/** The queries of documents that are harvested, and of which record each gave. No rules in here. */
import { sql, type Kysely } from 'kysely'
import { chunks } from '#records/store.ts'
import type { DocumentRow, HarvestTables } from './tables.ts'

export type ListedDocument = { address: string; parent: string; depth: number; changedAt?: string | undefined }
export type ReadOf = {
  address: string
  outcome: 'read' | 'unchanged' | 'gone' | 'failed'
  isList: boolean
  etag?: string | undefined
  modified?: string | undefined
}

export const harvestDocuments = (db: Kysely<unknown>, source: string) => {
  const own = db.withTables<HarvestTables>()
  /** Records that no document of this run gave, of documents that were read in it or are not listed any more. */
  const gone = (runAt: string) =>
    own
      .selectFrom('harvest_given as given')
      .leftJoin('harvest_document as document', (join) =>
        join.onRef('document.source', '=', 'given.source').onRef('document.address', '=', 'given.address'),
      )
      .where('given.source', '=', source)
      .where('given.runAt', '<>', runAt)
      .where(({ or, eb }) =>
        or([eb('document.runAt', 'is', null), eb('document.runAt', '<>', runAt), eb('document.readAt', '=', runAt)]),
      )
  return {
    find: (address: string): Promise<DocumentRow | undefined> =>
      own
        .selectFrom('harvest_document')
        .selectAll()
        .where('source', '=', source)
        .where('address', '=', address)
        .executeTakeFirst(),
    /** The next that waits to be asked for in a run. */
    next: (runAt: string): Promise<DocumentRow | undefined> =>
      own
        .selectFrom('harvest_document')
        .selectAll()
        .where('source', '=', source)
        .where('waits', '=', 1)
        .where('runAt', '=', runAt)
        .orderBy('depth')
        .orderBy('address')
        .limit(1)
        .executeTakeFirst(),
    /** Those that did not change, as their list says, do not wait; those of this run stay as they are. */
    list: async (listed: readonly ListedDocument[], runAt: string, all: boolean): Promise<void> => {
      const last = new Map(listed.map((one) => [one.address, one]))
      for (const some of chunks([...last.values()]))
        await own
          .insertInto('harvest_document')
          .values(
            some.map(({ address, parent, depth, changedAt }) => ({
              source,
              address,
              parent,
              depth,
              isList: 0,
              changedAt: changedAt ?? null,
              etag: null,
              modified: null,
              runAt,
              readAt: '',
              waits: 1,
            })),
          )
          .onConflict((conflict) =>
            conflict
              .columns(['source', 'address'])
              .doUpdateSet(({ ref }) => ({
                parent: ref('excluded.parent'),
                depth: ref('excluded.depth'),
                runAt: ref('excluded.runAt'),
                changedAt: ref('excluded.changedAt'),
                waits: all
                  ? 1
                  : sql<number>`case when harvest_document.waits = 1 or harvest_document."changedAt" is null or excluded."changedAt" is null or harvest_document."changedAt" <> excluded."changedAt" then 1 else 0 end`,
              }))
              .whereRef('harvest_document.runAt', '<>', 'excluded.runAt'),
          )
          .execute()
    },
    done: async ({ address, outcome, isList, etag, modified }: ReadOf, runAt: string): Promise<void> => {
      const isAnswered = outcome === 'read' || outcome === 'gone'
      await own
        .updateTable('harvest_document')
        .set({
          waits: 0,
          ...(isAnswered && { readAt: runAt, isList: Number(isList), etag: etag ?? null, modified: modified ?? null }),
          // It is asked for again next time, whatever its list says.
          ...(outcome === 'failed' && { changedAt: null, etag: null, modified: null }),
        })
        .where('source', '=', source)
        .where('address', '=', address)
        .execute()
      // What it listed is still listed.
      if (!isAnswered)
        await own
          .updateTable('harvest_document')
          .set({ runAt, waits: sql<number>`case when "isList" = 1 or "changedAt" is null then 1 else 0 end` })
          .where('source', '=', source)
          .where('parent', '=', address)
          .where('runAt', '<>', runAt)
          .execute()
    },
    give: async (identifiers: readonly string[], address: string, runAt: string): Promise<void> => {
      for (const some of chunks([...new Set(identifiers)]))
        await own
          .insertInto('harvest_given')
          .values(some.map((identifier) => ({ source, identifier, address, runAt })))
          .onConflict((conflict) =>
            conflict
              .columns(['source', 'identifier'])
              .doUpdateSet(({ ref }) => ({ address: ref('excluded.address'), runAt: ref('excluded.runAt') })),
          )
          .execute()
    },
    countGone: async (runAt: string): Promise<{ held: number; absent: number }> => {
      const count = async (query: { executeTakeFirstOrThrow: () => Promise<{ count: number | string }> }) =>
        Number((await query.executeTakeFirstOrThrow()).count)
      const { fn } = own
      return {
        absent: await count(gone(runAt).select(fn.countAll<number | string>().as('count'))),
        held: await count(
          own
            .selectFrom('harvest_given')
            .select(fn.countAll<number | string>().as('count'))
            .where('source', '=', source),
        ),
      }
    },
    gone: async (runAt: string, limit: number): Promise<string[]> =>
      (await gone(runAt).select('given.identifier').orderBy('given.identifier').limit(limit).execute()).map(
        ({ identifier }) => identifier,
      ),
    forgetGiven: async (identifiers: readonly string[]): Promise<void> => {
      for (const some of chunks(identifiers))
        await own.deleteFrom('harvest_given').where('source', '=', source).where('identifier', 'in', some).execute()
    },
    /** Documents that were not listed in this run. */
    forgetOthers: async (runAt: string): Promise<void> => {
      await own.deleteFrom('harvest_document').where('source', '=', source).where('runAt', '<>', runAt).execute()
    },
    remove: async (): Promise<void> => {
      await own.deleteFrom('harvest_given').where('source', '=', source).execute()
      await own.deleteFrom('harvest_document').where('source', '=', source).execute()
    },
  }
}
