/** What may be meant, as lines to choose from: what each says, where it leads. */
import { bestText } from '#kernel/i18n/languages.ts'
import type { Suggestions } from '../suggest.ts'
import { recordPath } from '#ui/cards.ts'
import { pathOf } from '../address.ts'
import { valueName, type View } from '#ui/view.ts'

export type SuggestionLine = { text: string; note?: string; href: string; language?: string }

export function suggestionList(view: View, { words, concepts, filters, records }: Suggestions): SuggestionLine[] {
  const { t, href } = view
  const search = (values: Record<string, string>) => href(pathOf(new URLSearchParams(values)))
  const isTold = new Set<string>()
  const lines: SuggestionLine[] = [
    ...filters.map(({ facet, value }) => ({
      text: valueName(view, facet, value),
      note: t(`facet.${facet}`),
      href: search({ [facet]: value }),
    })),
    ...words.map((text) => ({ text, href: search({ q: text }) })),
    ...concepts.map(({ label, language }) => ({ text: label, href: search({ q: label }), language })),
    ...records.map(({ id, kind, body }) => {
      const { text, language } = bestText(body.title, view.language, body.originalLanguage)
      return { text, language, note: t(`kind.${kind}.one`), href: href(recordPath(id)) }
    }),
  ]
  return lines.filter(({ text }) => {
    const key = text.toLocaleLowerCase(view.language)
    return !isTold.has(key) && isTold.add(key)
  })
}
