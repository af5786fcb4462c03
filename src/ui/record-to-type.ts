/** How a record is named where people type. */
import { fieldsOf } from '#records/field-plan.ts'
import type { StoredRecord } from '#records/record.ts'
import { plainLabel, plainTitle, type View } from './view.ts'

/** By its title, with its identifier for the node. */
export const recordToType = (view: View, record: Pick<StoredRecord, 'id' | 'kind' | 'body'>): string =>
  `${titleAndPlace(view, record)} [${record.id}]`

const mostPlaces = 2

/** Many countries have a ministry of education: where the title does not say of which it is, the country stands behind it. */
export function titleAndPlace(view: View, { kind: name, body }: Pick<StoredRecord, 'kind' | 'body'>): string {
  const title = plainTitle(view, body).replaceAll(/\s+/g, ' ')
  const kind = view.site.kinds.get(name)
  const at = kind && fieldsOf(kind).find(({ field: of }) => of.facet === 'country')
  const countries = (at?.valuesIn(body) ?? []).map((code) => plainLabel(view, 'countries', String(code)))
  if (countries.length === 0 || countries.length > mostPlaces || countries.some((one) => title.includes(one)))
    return title
  return `${title}${view.f.bracketed(countries.join(view.f.comma))}`
}
