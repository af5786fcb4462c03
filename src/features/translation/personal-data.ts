/** What people translated and judged. What was accepted stays when they leave; what was not goes with them. */
import type { PersonalData } from '#kernel/personal-data.ts'
import { madeTranslations, suggestions, translators } from './store.ts'

const judged = 'The name is looked up when it is shown, and leaves with the account'
const mostExported = 10_000

export const personalData: PersonalData = {
  columns: [
    {
      table: 'translation_suggestion',
      column: 'byId',
      erased: false,
      exported: true,
      because: 'What was accepted stays; all else goes',
    },
    { table: 'translation_suggestion', column: 'judgedBy', erased: false, exported: false, because: judged },
    { table: 'translation_made', column: 'translatorId', erased: false, exported: true, because: judged },
    { table: 'translation_made', column: 'acceptedBy', erased: false, exported: false, because: judged },
    { table: 'translator', column: 'accountId', erased: true, exported: true },
    { table: 'translator', column: 'givenBy', erased: false, exported: false, because: judged },
  ],
  exportOf: async ({ db }, { id }) => ({
    translationSuggestions: (await suggestions(db).list({ byId: id }, { after: 0, limit: mostExported })).map(
      ({ byId: _, judgedBy: __, ...rest }) => rest,
    ),
    translations: (await madeTranslations(db).by(id)).map(({ recordId, revision, language, at }) => ({
      recordId,
      revision,
      language,
      at,
    })),
    trustedWithLanguages: await translators(db).languagesOf(id),
  }),
  erase: async ({ db }, { id }) => {
    await suggestions(db).dropOf(id)
    await translators(db).drop(id)
  },
}
