import type { Feature } from '#kernel/feature.ts'
import { personalData } from './personal-data.ts'
import { mountTranslating } from './routes.ts'
import { suggestionsOnDesk, suggestionsOnRecord, translationIsSaved } from './slots.ts'
import { mountSuggestions } from './suggestions.routes.ts'
import {
  acceptSuggestion,
  declineSuggestion,
  listMade,
  listSuggestions,
  readSuggestion,
  withdrawSuggestion,
} from './suggestions.ts'
import { translationMigration } from './tables.ts'
import { suggest, translate, translationRight } from './translate.ts'
import { appointTranslator, dismissTranslator, listTranslators } from './translators.ts'

/** Translating records side by side; suggestions of those who may not publish, and who judges them. */
export const translation: Feature = {
  name: 'translation',
  migrations: [translationMigration],
  operations: [
    translate,
    translationRight,
    suggest,
    listSuggestions,
    readSuggestion,
    acceptSuggestion,
    declineSuggestion,
    withdrawSuggestion,
    listMade,
    listTranslators,
    appointTranslator,
    dismissTranslator,
  ],
  routes: [mountTranslating, mountSuggestions],
  asksOfPages: { recordTop: ['translated'] },
  slots: { desk: suggestionsOnDesk, recordTop: translationIsSaved, record: suggestionsOnRecord },
  personalData,
}
