/** The queries of translations that are suggested, of who made those that are published, and of trusted translators. */
import type { ExpressionBuilder, Kysely } from 'kysely'
import type { MadeRow, SuggestionRow, SuggestionState, TranslationTables, TranslatorRow } from './tables.ts'

export type Suggested = Omit<SuggestionRow, 'texts' | 'machine'> & { texts: Record<string, string>; machine: boolean }

const open = ({ texts, machine, ...rest }: SuggestionRow): Suggested => ({
  ...rest,
  texts: JSON.parse(texts) as Record<string, string>,
  machine: machine === 1,
})

/** What somebody may judge: all, or what is of these records or in these languages. */
export type Judged = 'all' | { recordIds: readonly string[]; languages: readonly string[] }
export type Filters = {
  judged?: Judged | undefined
  byId?: string | undefined
  state?: SuggestionState | undefined
  language?: string | undefined
  recordId?: string | undefined
}

type Own = ExpressionBuilder<TranslationTables, 'translation_suggestion'>

/** `fr` stands for `fr-CA` too. */
const inLanguage = (eb: Own, language: string) =>
  eb.or([eb('language', '=', language), eb('language', 'like', `${language}-%`)])

function matching(eb: Own, { judged, byId, state, language, recordId }: Filters) {
  return eb.and([
    ...(byId === undefined ? [] : [eb('byId', '=', byId)]),
    ...(state === undefined ? [] : [eb('state', '=', state)]),
    ...(language === undefined ? [] : [inLanguage(eb, language)]),
    ...(recordId === undefined ? [] : [eb('recordId', '=', recordId)]),
    ...(judged === undefined || judged === 'all'
      ? []
      : [
          eb.or([
            ...(judged.recordIds.length > 0 ? [eb('recordId', 'in', judged.recordIds)] : []),
            ...judged.languages.map((one) => inLanguage(eb, one)),
          ]),
        ]),
  ])
}

export const suggestions = (db: Kysely<unknown>) => {
  const own = db.withTables<TranslationTables>()
  return {
    find: async (id: string): Promise<Suggested | undefined> => {
      const row = await own.selectFrom('translation_suggestion').selectAll().where('id', '=', id).executeTakeFirst()
      return row && open(row)
    },
    /** Those that wait the longest first; one’s own, the newest first. */
    list: async (filters: Filters, { after, limit }: { after: number; limit: number }): Promise<Suggested[]> =>
      (
        await own
          .selectFrom('translation_suggestion')
          .selectAll()
          .where((eb) => matching(eb, filters))
          .orderBy('at', filters.byId === undefined ? 'asc' : 'desc')
          .orderBy('id')
          .offset(after)
          .limit(limit)
          .execute()
      ).map(open),
    count: async (filters: Filters): Promise<number> => {
      const { count } = await own
        .selectFrom('translation_suggestion')
        .select(({ fn }) => fn.countAll<number | string>().as('count'))
        .where((eb) => matching(eb, filters))
        .executeTakeFirstOrThrow()
      return Number(count)
    },
    put: async ({ texts, machine, ...rest }: Suggested): Promise<void> => {
      const row = { ...rest, texts: JSON.stringify(texts), machine: machine ? 1 : 0 }
      const { id: _, ...changed } = row
      await own
        .insertInto('translation_suggestion')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(changed))
        .execute()
    },
    /** Those of somebody who leaves, but for what was accepted. */
    dropOf: async (byId: string): Promise<void> => {
      await own.deleteFrom('translation_suggestion').where('byId', '=', byId).where('state', '!=', 'accepted').execute()
    },
  }
}

export const madeTranslations = (db: Kysely<unknown>) => {
  const own = db.withTables<TranslationTables>()
  return {
    add: async (row: MadeRow): Promise<void> => {
      await own.insertInto('translation_made').values(row).execute()
    },
    of: (recordId: string): Promise<MadeRow[]> =>
      own
        .selectFrom('translation_made')
        .selectAll()
        .where('recordId', '=', recordId)
        .orderBy('revision', 'desc')
        .execute(),
    by: (translatorId: string): Promise<MadeRow[]> =>
      own
        .selectFrom('translation_made')
        .selectAll()
        .where('translatorId', '=', translatorId)
        .orderBy('at', 'desc')
        .execute(),
  }
}

export const translators = (db: Kysely<unknown>) => {
  const own = db.withTables<TranslationTables>()
  return {
    all: (): Promise<TranslatorRow[]> =>
      own.selectFrom('translator').selectAll().orderBy('language').orderBy('at').limit(1_000).execute(),
    languagesOf: async (accountId: string): Promise<string[]> =>
      (
        await own
          .selectFrom('translator')
          .select('language')
          .where('accountId', '=', accountId)
          .orderBy('language')
          .execute()
      ).map(({ language }) => language),
    /** Whoever is trusted with a language; with `fr`, with `fr-CA` too. */
    of: async (language: string): Promise<string[]> =>
      (
        await own
          .selectFrom('translator')
          .select('accountId')
          .distinct()
          .where('language', 'in', withLess(language))
          .execute()
      ).map(({ accountId }) => accountId),
    add: async (row: TranslatorRow): Promise<void> => {
      await own
        .insertInto('translator')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    drop: async (accountId: string, language?: string): Promise<boolean> => {
      let query = own.deleteFrom('translator').where('accountId', '=', accountId)
      if (language !== undefined) query = query.where('language', '=', language)
      return (await query.executeTakeFirst()).numDeletedRows > 0n
    },
  }
}

/** `zh-Hant-HK` → itself, `zh-Hant`, `zh`. */
export function withLess(language: string): string[] {
  const parts = language.split('-')
  return parts.map((_, at) => parts.slice(0, parts.length - at).join('-'))
}
