/** One value of a field as words without any marks: for files. */
import { bestText } from '#kernel/i18n/languages.ts'
import { languageNamed, plainLabel, type View } from '#ui/view.ts'
import type { Field } from '#records/fields.ts'
import type { Texts } from '#records/record.ts'

export const plainText = (view: View, texts: Texts, original?: string) => bestText(texts, view.language, original).text

export function plainValue(
  view: View,
  { type, vocabulary, usual }: Field,
  value: unknown,
  titles: ReadonlyMap<string, string>,
): string {
  switch (type) {
    case 'choice':
      return plainLabel(view, vocabulary!, String(value))
    case 'language':
      return languageNamed(view, String(value))
    case 'text':
      return plainText(view, value as Texts)
    case 'words': {
      const all = value as Record<string, string[]>
      return (all[view.language] ?? Object.values(all)[0] ?? []).join(', ')
    }
    case 'link':
      return titles.get(String(value)) ?? String(value)
    case 'money': {
      const { amount, currency } = value as { amount: number; currency: string }
      return `${amount} ${currency}`
    }
    case 'place': {
      const { latitude, longitude } = value as { latitude: number; longitude: number }
      return `${latitude}, ${longitude}`
    }
    case 'flag':
      return view.t(value ? 'answer.yes' : 'answer.no')
    case 'string':
      return usual ? plainLabel(view, usual, String(value)) : String(value)
    default:
      return String(value)
  }
}
