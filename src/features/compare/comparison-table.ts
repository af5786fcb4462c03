/** A comparison as CSV (RFC 4180): a line for each field, a column for each record. */
import { bestText } from '#kernel/i18n/languages.ts'
import type { Compared } from './compare.ts'
import type { Kind } from '#records/kind.ts'
import { fieldName, languageNamed, plainLabel, type View } from '#ui/view.ts'
import type { Field } from '#records/fields.ts'
import { fieldsOf } from '#records/field-plan.ts'
import type { Texts } from '#records/record.ts'
import { csvOf } from '#features/export/csv-response.ts'

export function comparisonCsv(view: View, kind: Kind, { records, linked }: Compared): string {
  const titles = new Map(linked.map(({ id, title, originalLanguage }) => [id, textIn(view, title, originalLanguage)]))
  const lines = fieldsOf(kind)
    .map(({ name, field, valuesIn }) => [
      nameOf(view, kind, name),
      ...records.map(({ body }) =>
        valuesIn(body)
          .map((value) => plain(view, field, value, titles))
          .join('; '),
      ),
    ])
    .filter(([, ...values]) => values.some(Boolean))
  const addresses = records.map(({ id }) => view.absolute(`/records/${id}`))
  return csvOf([...lines, [view.t('record.address'), ...addresses]])
}

/** `organisations.role`: the field and the part of it. */
function nameOf(view: View, kind: Kind, path: string): string {
  const [field, ...parts] = path.split('.')
  return [fieldName(view, kind.name, field!), ...parts].join(' · ')
}

const textIn = (view: View, texts: Texts, original?: string) => bestText(texts, view.language, original).text

function plain(view: View, { type, vocabulary }: Field, value: unknown, titles: ReadonlyMap<string, string>): string {
  switch (type) {
    case 'choice':
      return plainLabel(view, vocabulary!, String(value))
    case 'language':
      return languageNamed(view, String(value))
    case 'text':
      return textIn(view, value as Texts)
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
    default:
      return String(value)
  }
}
