/** Organisations that practices name: those of the node, those with a row of their own, and the rest by name and country. */
import type { Row } from '#records/sources/source.ts'
import { idOf } from '#records/identifier.ts'
import { known, list, refuse, rowOf, slug, unique, words, fieldsOf } from '#records/sources/row.ts'
import { webAddress } from '#records/sources/web-address.ts'
// Written by hand: only what is surely the same stands in it.
import table from './organisations.json' with { type: 'json' }
import { textsOf, uriOf, type WorldRows, type WorldRow } from './rows.ts'

type Named = { place: string; name: string; country: string; types: string[] }
export type Organisations = {
  idOf(name: string, country: string): string
  rows(): Row[]
}

const inNode: Readonly<Record<string, string>> = table.inNode
const sameAs: Readonly<Record<string, string>> = table.sameAs

const fold = (name: string) => slug(name).replace(/^the-/, '')
const keyOf = (name: string, country: string) => `${fold(name)}|${country}`
const byFolded = (entries: Readonly<Record<string, string>>) =>
  new Map(
    Object.entries(entries).map(([written, value]) => {
      const [name = '', country = ''] = written.split('|')
      return [keyOf(name, country), value]
    }),
  )
const existingNames = byFolded(inNode)
const otherNames = byFolded(sameAs)

export function organisationsOf({ rows }: WorldRows): Organisations {
  const keysOfRow = ({ fields }: WorldRow) =>
    Object.values(textsOf(fields['name'])).map((name) => keyOf(name, words(fields['country'])))
  /** The first row that has a name; another of the same name is the same organisation. */
  const described = new Map<string, string>()
  for (const row of rows.organisation.values())
    for (const name of keysOfRow(row)) if (!described.has(name)) described.set(name, row.key)
  const named = namedIn([...rows.practice.values()])
  const countryOf = countriesOf([...described.keys(), ...named.keys()])

  const uriOfName = (name: string): string => {
    const row = rows.organisation.get(otherNames.get(name) ?? described.get(name) ?? '')
    return (
      existingNames.get(name) ?? (row ? uriOfRow(row) : uriOf('organisation', name.replace('|', '-').toLowerCase()))
    )
  }
  const uriOfRow = (row: WorldRow): string => {
    const existing = keysOfRow(row).flatMap((name) => existingNames.get(name) ?? [])[0]
    const first = keysOfRow(row).flatMap((name) => described.get(name) ?? [])[0]
    return existing ?? uriOf('organisation', first ?? row.key)
  }
  const withCountry = (name: string, country: string) => keyOf(name, country || countryOf(name))

  return {
    idOf: (name, country) => idOf(uriOfName(withCountry(name, country))),
    rows: () => {
      const ofRows = [...rows.organisation.values()].filter((row) => uriOfRow(row) === uriOf('organisation', row.key))
      const elsewhere = new Set([...rows.organisation.values()].map(uriOfRow).concat(Object.values(inNode)))
      const byName = new Map<string, Row>()
      for (const one of named.values()) {
        const country = one.country || countryOf(one.name)
        const uri = uriOfName(withCountry(one.name, country))
        if (!elsewhere.has(uri) && !byName.has(uri)) byName.set(uri, namedRow(uri, { ...one, country }))
      }
      return [...ofRows.map(describedRow), ...byName.values()]
    },
  }
}

/** A name without a country is the one of that name, where there is only one. */
function countriesOf(keys: readonly string[]): (name: string) => string {
  const found = new Map<string, Set<string>>()
  for (const key of keys) {
    const [name = '', country = ''] = key.split('|')
    if (country) found.set(name, (found.get(name) ?? new Set()).add(country))
  }
  return (name) => {
    const countries = found.get(fold(name))
    return countries?.size === 1 ? [...countries][0]! : ''
  }
}

function namedIn(practices: readonly WorldRow[]): Map<string, Named> {
  const named = new Map<string, Named>()
  for (const { place, fields } of practices)
    for (const one of list(fields['organisations']).map(fieldsOf)) {
      const [name, country] = [words(one['name']), words(one['country'])]
      if (!name) continue
      const before = named.get(keyOf(name, country))
      const types = unique([...(before?.types ?? []), words(one['type'])].filter(Boolean))
      named.set(keyOf(name, country), before ? { ...before, types } : { place, name, country, types })
    }
  return named
}

function describedRow({ place, key, fields }: WorldRow): Row {
  const title = textsOf(fields['name'])
  const language = 'en' in title ? 'en' : Object.keys(title)[0]
  if (!language) return refuse(place, 'titleMissing')
  const website = webAddress(words(fields['url']))
  const body = known({
    title,
    originalLanguage: language,
    description: fields['description'] ? textsOf(fields['description']) : undefined,
    types: [words(fields['type'])].filter(Boolean),
    countries: [words(fields['country'])].filter(Boolean),
    websites: website ? [website] : undefined,
  })
  return rowOf(place, {
    kind: 'organisation',
    identifier: uriOf('organisation', key),
    ...(website && { url: website }),
    body,
  })
}

/** A name alone says no language. */
const namedRow = (uri: string, { place, name, country, types }: Named): Row =>
  rowOf(`${place} (${name})`, {
    kind: 'organisation',
    identifier: uri,
    body: known({ title: { und: name }, originalLanguage: 'und', types, countries: country ? [country] : [] }),
  })
