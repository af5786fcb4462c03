/** Records of others are found by the notes and keywords of this site too. */
import type { Migration } from '#kernel/database/migrate.ts'
import { noteFurtherWords, type FurtherWords } from '#search/further-words.ts'
import type { SearchText } from '#search/contract.ts'
import { additions } from './store.ts'

export const wordsOfAdditions: FurtherWords = async (db, recordIds) => {
  const words = new Map<string, SearchText[]>()
  for (const { recordId, language, note, keywords } of await additions(db).ofRecords(recordIds)) {
    const texts: SearchText[] = keywords.map((text) => ({ text, language, weight: 'text' }))
    if (note) texts.push({ text: note, language, weight: 'text' })
    words.set(recordId, [...(words.get(recordId) ?? []), ...texts])
  }
  return words
}

/** What was added before search knew of it. */
export const additionsFoundMigration: Migration = {
  name: '0170-additions-found',
  up: async (db) => noteFurtherWords(db, await additions(db).recordIds()),
}
