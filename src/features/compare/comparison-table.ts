/** A comparison as CSV (RFC 4180): a line for each field, a column for each record. */
import type { Compared } from './compare.ts'
import type { FurtherRow } from './further-rows.ts'
import type { Kind } from '#records/kind.ts'
import { fieldName, type View } from '#ui/view.ts'
import { fieldsOf } from '#records/field-plan.ts'
import { csvOf } from '#features/export/csv-response.ts'
import { plainText, plainValue } from '#features/export/plain-value.ts'

export function comparisonCsv(
  view: View,
  kind: Kind,
  { records, linked }: Compared,
  further: readonly FurtherRow[],
): string {
  const titles = new Map(
    linked.map(({ id, title, originalLanguage }) => [id, plainText(view, title, originalLanguage)]),
  )
  const computed = further.map(({ name, cells }) => [name, ...cells.map(({ plain }) => plain)])
  const lines = fieldsOf(kind)
    .map(({ name, field, valuesIn }) => [
      nameOf(view, kind, name),
      ...records.map(({ body }) =>
        valuesIn(body)
          .map((value) => plainValue(view, field, value, titles))
          .join('; '),
      ),
    ])
    .filter(([, ...values]) => values.some(Boolean))
  // Below the titles, as on the page.
  const at = lines.findIndex(([name]) => name === nameOf(view, kind, 'title')) + 1
  const addresses = records.map(({ id }) => view.absolute(`/records/${id}`))
  return csvOf([...lines.slice(0, at), ...computed, ...lines.slice(at), [view.t('record.address'), ...addresses]])
}

/** `organisations.role`: the field and the part of it. */
function nameOf(view: View, kind: Kind, path: string): string {
  const [field, ...parts] = path.split('.')
  return [fieldName(view, kind.name, field!), ...parts].join(' · ')
}
