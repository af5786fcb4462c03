/** The statement of a competency: a title of one line, and the whole text where it has more than that. */
import { inOneLine, structuredText } from '#records/sources/structured-text.ts'

const titleLength = 1_000

/** `short` is what the publisher says in few words. */
export function statementOf(text: string, short?: string): { title: string; whole?: string } {
  const whole = structuredText(text)
  const title = inOneLine(structuredText(short ?? '') || whole)
  const isShort = !whole.includes('\n') && title.length <= titleLength && inOneLine(whole) === title
  const cut = title.slice(0, titleLength).toWellFormed()
  return isShort ? { title: cut } : { title: cut, whole }
}

/** Texts in a language, one below the other, or nothing where none says anything. */
export function textsOf(language: string, ...texts: (string | undefined)[]): Record<string, string> | undefined {
  const text = texts
    .map((one) => structuredText(one ?? ''))
    .filter(Boolean)
    .join('\n\n')
  return text ? { [language]: text } : undefined
}
