/** The queries of links between records, which are answered by published records alone. */
import type { Kysely } from 'kysely'
import { compiledOnce } from '#kernel/database/compiled.ts'
import type { RecordTables } from './tables.ts'

export type Incoming = { rel: string; number: number }

const linksIn = (own: Kysely<RecordTables>) =>
  own
    .selectFrom('link')
    .innerJoin('record', 'record.number', 'link.fromNumber')
    .where('record.status', '=', 'published')

const countedTo = compiledOnce((own: Kysely<RecordTables>, id: string) =>
  linksIn(own)
    .select(({ fn }) => ['link.rel', 'record.kind', fn.countAll<number | string>().as('count')])
    .where('link.toId', '=', id)
    .groupBy(['link.rel', 'record.kind'])
    .orderBy('link.rel')
    .orderBy('record.kind'),
)

export const linkQueries = (own: Kysely<RecordTables>) => {
  const linking = linksIn(own)
  return {
    /** The numbers of those that link to any of these by one of these relations, the first that came first, each once. */
    linksTo: async (
      ids: readonly string[],
      rel: string | readonly string[],
      limit: number,
      kind?: string,
    ): Promise<number[]> => {
      if (ids.length === 0) return []
      const links = linking
        .select('link.fromNumber')
        .distinct()
        .where('link.toId', 'in', ids)
        .where('link.rel', 'in', typeof rel === 'string' ? [rel] : rel)
        .orderBy('link.fromNumber')
        .limit(limit)
      const rows = await (kind === undefined ? links : links.where('record.kind', '=', kind)).execute()
      return rows.map(({ fromNumber }) => fromNumber)
    },

    /** Those that link to one by whatever relation, the first that came first. */
    incoming: async (id: string, limit: number): Promise<Incoming[]> => {
      const links = linking.select(['link.rel', 'link.fromNumber as number']).distinct().where('link.toId', '=', id)
      return links.orderBy('link.rel').orderBy('link.fromNumber').limit(limit).execute()
    },

    countLinksTo: async (id: string): Promise<{ rel: string; kind: string; count: number }[]> => {
      const rows = await countedTo(own, id)
      return rows.map(({ rel, kind, count }) => ({ rel, kind, count: Number(count) }))
    },
  }
}
