/** Organisations that a collection only names: one record a name, with what its rows say of it put together. */
import type { Draft, Row } from './source.ts'
import { keptAs } from './same-organisations.ts'
import type { Sums } from './sum-up.ts'
import { idOf } from '../identifier.ts'
import { known, rowOf, slug, unique } from './row.ts'

type Said = {
  websites?: string[]
  types?: string[]
  countries?: string[]
  city?: string
  otherNames?: string[]
  description?: { language: string; text: string }
}
type Organisation = Required<Omit<Said, 'city' | 'description'>> & {
  place: string
  name: string
  city?: string
  description?: Said['description']
}

/** Each file may tell more of an organisation. */
export const sumsOfOrganisation: Sums = {
  description: 'fullest',
  otherNames: 'all',
  websites: 'all',
  types: 'all',
  countries: 'all',
  city: 'fullest',
  title: 'fullest',
}

export type NamedOrganisations = {
  /** Notes what a row says of an organisation, and gives its identifier in the node. */
  add(place: string, name: string, said?: Said): string
  rows(): Row[]
}

/** `base` is the address under which names become identifiers. A name alone says no language: `und`. */
export function namedOrganisations(base: string): NamedOrganisations {
  const found = new Map<string, Organisation>()
  const uriOf = (key: string) => `${base}#organisation/${key}`

  const draftOf = (
    key: string,
    { name, description, otherNames, websites, types, countries, city }: Organisation,
  ): Draft => ({
    kind: 'organisation',
    identifier: uriOf(key),
    ...(websites[0] && { url: websites[0] }),
    body: known({
      title: { und: name },
      originalLanguage: 'und',
      description: description && { [description.language]: description.text },
      otherNames: otherNames.length > 0 ? { und: otherNames } : undefined,
      websites,
      types,
      countries,
      city,
    }),
  })

  return {
    add(place, name, said = {}) {
      const key = slug(name) || encodeURIComponent(name)
      const before = found.get(key)
      const together = (field: 'websites' | 'types' | 'countries' | 'otherNames') =>
        unique([...(before?.[field] ?? []), ...(said[field] ?? [])])
      const city = before?.city ?? said.city
      const description = before?.description ?? said.description
      found.set(key, {
        place: before?.place ?? place,
        name: before?.name ?? name,
        // The first is the address of the record, whichever file named it first.
        websites: together('websites').sort(),
        types: together('types'),
        countries: together('countries'),
        otherNames: together('otherNames').filter((other) => other !== name),
        ...(city && { city }),
        ...(description && { description }),
      })
      return idOf(keptAs(uriOf(key)))
    },
    rows: () =>
      [...found]
        .filter(([key]) => keptAs(uriOf(key)) === uriOf(key))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, organisation]) =>
          rowOf(`${organisation.place} (${organisation.name})`, draftOf(key, organisation)),
        ),
  }
}
