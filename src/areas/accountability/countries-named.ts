/** How many of these name each country, so that a page offers only those that it has something of. */
import { Type } from 'typebox'

export const CountriesNamed = Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() }), {
  description: 'How many of those that fit all else name each country, ISO 3166-1 alpha-2',
})

type Naming = { body: { countries?: readonly string[] | undefined } }

export function countriesNamed(all: readonly Naming[]): { value: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { body } of all)
    for (const country of new Set(body.countries)) counts.set(country, (counts.get(country) ?? 0) + 1)
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => (a.value < b.value ? -1 : 1))
}
