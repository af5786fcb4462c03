/** The queries of what OAI-PMH lists. No rules in here. */
import type { Kysely } from 'kysely'
import { chunks } from '#records/store.ts'
import type { ItemRow, OaiTables, PlaceRow } from './tables.ts'

export type Item = Omit<ItemRow, 'sets' | 'isDeleted'> & { sets: string[]; isDeleted: boolean }
/** A part of all items: in a set, of some kinds, with datestamps from the first to the last second. */
export type Selection = { set?: string | undefined; kinds?: readonly string[] | undefined; from: string; until: string }
/** The last item of the page before. */
export type After = { datestamp: string; number: number }

const open = ({ sets, isDeleted, ...row }: ItemRow): Item => ({
  ...row,
  isDeleted: isDeleted === 1,
  sets: sets === '' ? [] : sets.split(' '),
})

export const oaiItems = (db: Kysely<unknown>) => {
  const own = db.withTables<OaiTables>()
  /** Items of a set, or all; those of some kinds are told from others one by one, as they are met. */
  const itemsOf = ({ set, kinds }: Pick<Selection, 'set' | 'kinds'>) => {
    const of =
      set === undefined
        ? own.selectFrom('oai_item as found').innerJoin('oai_item', 'oai_item.number', 'found.number')
        : own
            .selectFrom('oai_member as found')
            .innerJoin('oai_item', 'oai_item.number', 'found.number')
            .where('found.setSpec', '=', set)
    return kinds === undefined ? of : of.where('oai_item.kind', 'in', kinds)
  }
  return {
    place: (): Promise<PlaceRow | undefined> => own.selectFrom('oai_place').selectAll().executeTakeFirst(),
    setPlace: async (place: Omit<PlaceRow, 'one'>): Promise<void> => {
      await own
        .insertInto('oai_place')
        .values({ one: 1, ...place })
        .onConflict((conflict) => conflict.column('one').doUpdateSet(place))
        .execute()
    },
    /** Everything is made anew. */
    clear: async (): Promise<void> => {
      await own.deleteFrom('oai_member').execute()
      await own.deleteFrom('oai_item').execute()
      await own.deleteFrom('oai_place').execute()
    },
    put: async (items: readonly Item[]): Promise<void> => {
      for (const some of chunks(items)) {
        const numbers = some.map(({ number }) => number)
        await own.deleteFrom('oai_member').where('number', 'in', numbers).execute()
        await own.deleteFrom('oai_item').where('number', 'in', numbers).execute()
        await own
          .insertInto('oai_item')
          .values(
            some.map(({ sets, isDeleted, ...item }) => ({
              ...item,
              isDeleted: Number(isDeleted),
              sets: sets.join(' '),
            })),
          )
          .execute()
      }
      const members = items.flatMap(({ number, datestamp, sets, isDeleted }) =>
        sets.map((setSpec) => ({ setSpec, datestamp, number, isDeleted: Number(isDeleted) })),
      )
      for (const some of chunks(members, 2_000)) await own.insertInto('oai_member').values(some).execute()
    },
    find: async (id: string): Promise<Item | undefined> => {
      const row = await own.selectFrom('oai_item').selectAll().where('id', '=', id).executeTakeFirst()
      return row && open(row)
    },
    /**
     * In the order of datestamps, so that what changes meanwhile comes later and nothing is passed over. The rest of the second
     * in which the last page ended is asked for by itself: an import stamps thousands alike, and an index finds its place
     * among them only where the second is given.
     */
    page: async (selection: Selection, after: After | undefined, limit: number): Promise<Item[]> => {
      const { from, until } = selection
      const items = itemsOf(selection).selectAll('oai_item').orderBy('found.datestamp').orderBy('found.number')
      if (!after) {
        const first = items.where('found.datestamp', '>=', from).where('found.datestamp', '<=', until)
        return (await first.limit(limit).execute()).map(open)
      }
      const same = items.where('found.datestamp', '=', after.datestamp).where('found.number', '>', after.number)
      const rest = (await same.limit(limit).execute()).map(open)
      if (rest.length === limit) return rest
      const later = items.where('found.datestamp', '>', after.datestamp).where('found.datestamp', '<=', until)
      return [...rest, ...(await later.limit(limit - rest.length).execute()).map(open)]
    },
    count: async (selection: Selection): Promise<number> => {
      const row = await itemsOf(selection)
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .where('found.datestamp', '>=', selection.from)
        .where('found.datestamp', '<=', selection.until)
        .executeTakeFirstOrThrow()
      return Number(row.count)
    },
    earliest: async (): Promise<string | undefined> =>
      (await own.selectFrom('oai_item').select('datestamp').orderBy('datestamp').limit(1).executeTakeFirst())
        ?.datestamp,
    /** Sets that hold anything, even if only what was withdrawn. */
    sets: async (): Promise<string[]> =>
      (await own.selectFrom('oai_member').select('setSpec').distinct().orderBy('setSpec').execute()).map(
        ({ setSpec }) => setSpec,
      ),
  }
}
