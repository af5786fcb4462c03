import assert from 'node:assert/strict'
import { test } from 'node:test'
import { organisation } from '#features/clearing-house/organisation.ts'
import sameOrganisations from '#records/sources/same-organisations.json' with { type: 'json' }
import { readSource, realData } from '../../../../test/collection.ts'
import { idOf } from '#records/identifier.ts'
import { solution } from '../solution.ts'
import { digitalPublicGoods } from './digital-public-goods.ts'

const folder = await realData(digitalPublicGoods.folder)

test(
  'solutions come with their licences, goals, answers and owners',
  { skip: typeof folder === 'string' && folder },
  async () => {
    assert.ok(typeof folder !== 'string')
    const { records, refused, notes, count, find } = await readSource(
      digitalPublicGoods,
      [solution, organisation],
      folder,
    )

    assert.equal(count('solution'), 149)
    assert.equal(refused.length, 0)
    assert.equal(notes['nameTwice'], 2)
    type Body = {
      types: string[]
      owners?: { organisation: string }[]
      sdgs: { goal: string }[]
      indicators: object[]
      licences?: string[]
    }
    const solutions = records.filter(({ kind }) => kind === 'solution').map(({ body }) => body as Body)
    const ofType = (type: string) => solutions.filter(({ types }) => types.includes(type)).length
    assert.deepEqual([ofType('software'), ofType('content'), ofType('data'), ofType('ai-model')], [108, 44, 11, 5])
    assert.equal(solutions.filter(({ indicators }) => indicators.length === 11).length, 39)
    assert.ok(solutions.every(({ sdgs }) => sdgs.some(({ goal }) => goal === '4')))
    const own = records.filter(({ kind }) => kind === 'organisation').map(({ identifier }) => identifier)
    // Some are described by other collections.
    const organisations = new Set([...own, ...Object.keys(sameOrganisations)].map(idOf))
    assert.ok(solutions.every(({ owners = [] }) => owners.every((owner) => organisations.has(owner.organisation))))
    const aam = find('https://github.com/DPGAlliance/publicgoods-candidates/blob/main/nominees/aam-digital.json')
    assert.ok((aam['countries'] as string[]).includes('PS'))
    assert.equal(aam['otherNames'], undefined)
  },
)
