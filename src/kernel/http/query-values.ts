import { valuesOf } from './api.ts'

/** What the address says of these names; empty values and anything else are passed over. */
export function valuesNamed(query: URLSearchParams, names: object): Record<string, string | string[]> {
  const values = Object.entries(valuesOf(query)).map(([name, value]): [string, string | string[]] => [
    name,
    typeof value === 'string' ? value.trim() : value.filter((one) => one.trim() !== ''),
  ])
  return Object.fromEntries(values.filter(([name, value]) => Object.hasOwn(names, name) && value.length > 0))
}
