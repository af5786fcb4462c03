import assert from 'node:assert/strict'
import { test } from 'node:test'
import { organisation } from '../organisation.ts'
import { practice } from '../practice.ts'
import { idOf } from '#records/identifier.ts'
import { innovativePublicServices } from './innovative-public-services.ts'
import sameOrganisations from '#records/sources/same-organisations.json' with { type: 'json' }
import { readSource, realData } from '../../../../test/collection.ts'

const folder = await realData(innovativePublicServices.folder)

test(
  'cases become practices with their lead organisations',
  { skip: typeof folder === 'string' && folder },
  async () => {
    assert.ok(typeof folder !== 'string')
    const { records, refused, count } = await readSource(innovativePublicServices, [practice, organisation], folder)

    assert.equal(count('practice'), 42)
    assert.equal(refused.length, 0)
    type Body = {
      technologies: string[]
      countries?: string[]
      outcome?: string
      stage?: string
      endedOn?: string
      websites?: string[]
      organisations?: { organisation: string }[]
    }
    const practices = records.filter(({ kind }) => kind === 'practice').map(({ body }) => body as Body)
    assert.equal(practices.filter(({ technologies }) => technologies[0] === 'blockchain').length, 21)
    assert.equal(new Set(practices.flatMap(({ countries = [] }) => countries)).size, 18)
    assert.equal(practices.filter(({ outcome }) => outcome === 'stopped').length, 1)
    assert.equal(practices.filter(({ endedOn }) => endedOn).length, 6)
    assert.ok(practices.every(({ stage }) => stage))
    const own = records.filter(({ kind }) => kind === 'organisation').map(({ identifier }) => identifier)
    // Some are described by other collections.
    const organisations = new Set([...own, ...Object.keys(sameOrganisations)].map(idOf))
    assert.ok(
      practices.every((body) => (body.organisations ?? []).every((lead) => organisations.has(lead.organisation))),
    )
  },
)
