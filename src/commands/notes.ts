import type { Translate } from '#kernel/i18n/messages.ts'
import { noteWords } from '#ui/problem-words.ts'

/** A note or refusal of an import, in words. */
export const toldNote = (
  t: Translate,
  { code, values = {} }: { code: string; values?: Record<string, unknown> },
): string => noteWords({ t }, code, values)
