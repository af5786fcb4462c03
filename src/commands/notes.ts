import { wordsOr, type Translate } from '#kernel/i18n/messages.ts'

/** A note or refusal of an import, in words. */
export function toldNote(
  t: Translate,
  { code, values = {} }: { code: string; values?: Record<string, unknown> },
): string {
  const told = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
  if (typeof told.problem === 'string') told.problem = wordsOr(t, `problem.${told.problem}.title`, told.problem)
  return wordsOr(t, `note.${code}`, `${code} ${JSON.stringify(told)}`, told)
}
