/** Policies, and what those of a country do in the areas of action of the UNESCO Recommendation on OER (2019). */
import { codesDoubted } from '#records/known-codes.ts'
import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { isOf, keptOf } from '#records/kind.ts'
import { records } from '#records/store.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { countriesNamed, CountriesNamed } from './countries-named.ts'
import { policy } from './policy.ts'

const most = 5_000
const isPolicy = isOf(policy)
const Code = (description: string) => Type.Optional(Type.String({ maxLength: 50, description }))

export const policyOverview = operation({
  name: 'policies.overview',
  summary:
    'List policies, the newest first, and which of them act in each area of the UNESCO Recommendation on OER (2019)',
  http: 'GET /policies/overview',
  input: Type.Object(
    {
      country: Code('ISO 3166-1 alpha-2'),
      area: Code('An area of the Qingdao Declaration'),
      instrument: Code('A kind of instrument, such as law or strategy'),
    },
    closed,
  ),
  output: Type.Object({
    policies: Type.Array(keptOf(policy)),
    countries: CountriesNamed,
    oerActions: Type.Record(Type.String(), Type.Array(Type.String()), {
      description: 'By area of action: identifiers of the policies among these that act in it',
    }),
  }),
  allow: () => true,
  doubts: codesDoubted({ country: 'countries', area: 'areas', instrument: 'policy-instruments' }),
  run: async ({ db }, { country, area, instrument }) => {
    const kept = (await records(db).list(policy.name, { after: 0, limit: most })).filter(isPolicy)
    const ofAll = kept.filter(
      ({ body }) =>
        (area === undefined || body.areas?.includes(area)) &&
        (instrument === undefined || body.instrument === instrument),
    )
    const policies = ofAll
      .filter(({ body }) => country === undefined || body.countries?.includes(country))
      .toSorted((a, b) => ((a.body.adoptedOn ?? '') < (b.body.adoptedOn ?? '') ? 1 : -1))
    const oerActions = Object.fromEntries(
      Object.keys(codeList('oer-action-areas')!.terms).map((action) => [
        action,
        policies.filter(({ body }) => body.oerActions?.includes(action)).map(({ id }) => id),
      ]),
    )
    return { policies, countries: countriesNamed(ofAll), oerActions }
  },
})
