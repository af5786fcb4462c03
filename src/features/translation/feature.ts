import type { Feature } from '#kernel/feature.ts'
import { mountTranslating } from './routes.ts'

/** Translating records side by side; the translations themselves are kept with the records. */
export const translation: Feature = { name: 'translation', routes: [mountTranslating] }
