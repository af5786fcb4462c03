/** The queries of other nodes and of copies of their records. No rules in here. */
import type { Kysely } from 'kysely'
import { compiledOnce } from '#kernel/database/compiled.ts'
import type { Texts } from '#records/record.ts'
import { chunks } from '#records/store.ts'
import type { CopyRow, FederationTables, NodeRow, RefusedCopyRow } from './tables.ts'
import type { Manifest } from './manifest.ts'

export type KnownNode = Omit<NodeRow, 'name' | 'keys' | 'kinds' | 'lastRun' | 'withdraws'> & {
  name: Texts
  keys: Manifest['keys']
  kinds: string[] | null
  lastRun: Record<string, unknown> | null
  /** What came from it is being withdrawn. */
  withdraws: boolean
}
/** When a copy came to each node of its chain; null where that is not said. */
export type Times = (string | null)[]
export type Copy = Omit<CopyRow, 'chain' | 'taken'> & { chain: string[]; taken: Times }

const openNode = (row: NodeRow): KnownNode => ({
  ...row,
  name: JSON.parse(row.name) as Texts,
  keys: JSON.parse(row.keys) as Manifest['keys'],
  kinds: row.kinds === null ? null : (JSON.parse(row.kinds) as string[]),
  lastRun: row.lastRun === null ? null : (JSON.parse(row.lastRun) as Record<string, unknown>),
  withdraws: row.withdraws === 1,
})
const closeNode = (node: KnownNode): NodeRow => ({
  ...node,
  name: JSON.stringify(node.name),
  keys: JSON.stringify(node.keys),
  kinds: node.kinds && JSON.stringify(node.kinds),
  lastRun: node.lastRun && JSON.stringify(node.lastRun),
  withdraws: Number(node.withdraws),
})
const openCopy = (row: CopyRow): Copy => {
  const chain = JSON.parse(row.chain) as string[]
  return { ...row, chain, taken: row.taken === null ? chain.map(() => null) : (JSON.parse(row.taken) as Times) }
}

/** Records begin with revision 1. */
const takenBack = 0

const countingNodes = compiledOnce((own: Kysely<FederationTables>) =>
  own.selectFrom('node').select(['id', 'name']).where('reviews', '=', 'counted').where('state', '=', 'following'),
)

export const federated = (db: Kysely<unknown>) => {
  const own = db.withTables<FederationTables>()
  return {
    nodes: async (): Promise<KnownNode[]> =>
      (await own.selectFrom('node').selectAll().orderBy('createdAt').orderBy('id').execute()).map(openNode),
    node: async (id: string): Promise<KnownNode | undefined> => {
      const row = await own.selectFrom('node').selectAll().where('id', '=', id).executeTakeFirst()
      return row && openNode(row)
    },
    /** Names of the nodes whose reviews count here, and that are followed; by identifier. */
    nodesThatCount: async (): Promise<Map<string, Texts>> => {
      const rows = await countingNodes(own)
      return new Map(rows.map(({ id, name }) => [id, JSON.parse(name) as Texts]))
    },
    putNode: async (node: KnownNode): Promise<void> => {
      const { id, ...changes } = closeNode(node)
      await own
        .insertInto('node')
        .values({ id, ...changes })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(changes))
        .execute()
    },

    copies: async (ids: readonly string[]): Promise<Map<string, Copy>> => {
      const found = new Map<string, Copy>()
      for (const some of chunks(ids))
        for (const row of await own.selectFrom('node_copy').selectAll().where('recordId', 'in', some).execute())
          found.set(row.recordId, openCopy(row))
      return found
    },
    /** Copies of records of a node that came here since a time. */
    copiesSince: async (home: string, since: string): Promise<Copy[]> =>
      (
        await own
          .selectFrom('node_copy')
          .selectAll()
          .where('home', '=', home)
          .where('takenAt', '>=', since)
          .orderBy('takenAt')
          .execute()
      ).map(openCopy),
    copiesByHome: async (): Promise<Map<string, number>> => {
      const rows = await own
        .selectFrom('node_copy')
        .select(({ fn }) => ['home', fn.countAll().as('count')])
        .where('revision', '>', takenBack)
        .groupBy('home')
        .execute()
      return new Map(rows.map(({ home, count }) => [home, Number(count)]))
    },
    /** Copies of records of a node, in order of their identifiers; without those that were withdrawn with it. */
    copiesOf: async (home: string, { after, limit }: { after: string; limit: number }): Promise<string[]> =>
      (
        await own
          .selectFrom('node_copy')
          .select('recordId')
          .where('home', '=', home)
          .where('revision', '>', takenBack)
          .where('recordId', '>', after)
          .orderBy('recordId')
          .limit(limit)
          .execute()
      ).map(({ recordId }) => recordId),
    /** Were its node followed again, each would be newer than what is known of it, and come back. */
    takeBack: async (ids: readonly string[]): Promise<void> => {
      for (const some of chunks(ids))
        await own.updateTable('node_copy').set({ revision: takenBack }).where('recordId', 'in', some).execute()
    },
    putCopy: async ({ chain, taken, ...copy }: Copy): Promise<void> => {
      const { recordId, ...changes } = { ...copy, chain: JSON.stringify(chain), taken: JSON.stringify(taken) }
      await own
        .insertInto('node_copy')
        .values({ recordId, ...changes })
        .onConflict((conflict) => conflict.column('recordId').doUpdateSet(changes))
        .execute()
    },

    refused: (via: string | undefined, limit: number): Promise<RefusedCopyRow[]> => {
      let query = own.selectFrom('node_refused').selectAll()
      if (via !== undefined) query = query.where('via', '=', via)
      return query.orderBy('refusedAt').orderBy('recordId').limit(limit).execute()
    },
    refusedCopy: (recordId: string, via: string): Promise<RefusedCopyRow | undefined> =>
      own
        .selectFrom('node_refused')
        .selectAll()
        .where('recordId', '=', recordId)
        .where('via', '=', via)
        .executeTakeFirst(),
    putRefused: async (refused: RefusedCopyRow): Promise<void> => {
      const { recordId: _, via: __, ...changes } = refused
      await own
        .insertInto('node_refused')
        .values(refused)
        .onConflict((conflict) => conflict.columns(['recordId', 'via']).doUpdateSet(changes))
        .execute()
    },
    dropRefusedOf: async (via: string): Promise<void> => {
      await own.deleteFrom('node_refused').where('via', '=', via).execute()
    },
    dropRefused: async (ids: readonly string[], via?: string): Promise<void> => {
      for (const some of chunks(ids)) {
        let query = own.deleteFrom('node_refused').where('recordId', 'in', some)
        if (via !== undefined) query = query.where('via', '=', via)
        await query.execute()
      }
    },
  }
}
