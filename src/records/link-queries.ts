/** The queries of links between records, which are answered by published records alone. */
import type { Kysely } from 'kysely'
import { compiledByShape, compiledOnce, inSizes } from '#kernel/database/compiled.ts'
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

type Linking = { rels: readonly string[]; limit: number; kind?: string | undefined }

const linkedTo = compiledByShape((own: Kysely<RecordTables>, { rels, limit, kind }: Linking, ...ids: string[]) => {
  const links = linksIn(own)
    .select('link.fromNumber')
    .distinct()
    .where('link.toId', 'in', ids)
    .where('link.rel', 'in', rels)
    .orderBy('link.fromNumber')
    .limit(limit)
  return kind === undefined ? links : links.where('record.kind', '=', kind)
})

const incomingTo = compiledByShape((own: Kysely<RecordTables>, limit: number, id: string) =>
  linksIn(own)
    .select(['link.rel', 'link.fromNumber as number'])
    .distinct()
    .where('link.toId', '=', id)
    .orderBy('link.rel')
    .orderBy('link.fromNumber')
    .limit(limit),
)

export const linkQueries = (own: Kysely<RecordTables>) => ({
  /** The numbers of those that link to any of these by one of these relations, the first that came first, each once. */
  linksTo: async (
    ids: readonly string[],
    rel: string | readonly string[],
    limit: number,
    kind?: string,
  ): Promise<number[]> => {
    if (ids.length === 0) return []
    const rows = await linkedTo(own, { rels: [rel].flat(), limit, kind }, ...inSizes(ids))
    return rows.map(({ fromNumber }) => fromNumber)
  },

  /** Those that link to one by whatever relation, the first that came first. */
  incoming: (id: string, limit: number): Promise<Incoming[]> => incomingTo(own, limit, id),

  countLinksTo: async (id: string): Promise<{ rel: string; kind: string; count: number }[]> => {
    const rows = await countedTo(own, id)
    return rows.map(({ rel, kind, count }) => ({ rel, kind, count: Number(count) }))
  },
})
