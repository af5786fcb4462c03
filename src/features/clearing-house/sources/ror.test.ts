import assert from 'node:assert/strict'
import { test } from 'node:test'
import { organisation } from '../organisation.ts'
import { readSource, realData } from '../../../../test/collection.ts'
import { ror } from './ror.ts'

const folder = await realData(ror.folder)

test(
  'organisations keep their names by language, their status and their relations',
  { skip: typeof folder === 'string' && folder },
  async () => {
    assert.ok(typeof folder !== 'string')
    const { records, refused, notes, find } = await readSource(ror, [organisation], folder)

    // Of 1,151 one stands twice, and one is described by the agencies of quality.
    assert.equal(records.length, 1_149)
    assert.equal(refused.length, 0)
    assert.equal(notes['statusNotActive'], 34)
    type Body = { countries: string[]; title: Record<string, string>; related?: { relation: string }[] }
    const bodies = records.map(({ body }) => body as Body)
    assert.equal(new Set(bodies.flatMap(({ countries }) => countries)).size, 104)
    const rioCuarto = find('https://ror.org/0002pcv65')
    assert.deepEqual(rioCuarto['title'], {
      es: 'Universidad Nacional de Río Cuarto',
      en: 'National University of Río Cuarto',
    })
    assert.equal(rioCuarto['originalLanguage'], 'es')
    assert.equal((rioCuarto['related'] as object[]).length, 8)
    assert.ok(bodies.filter(({ title }) => title['und']).length > 0)
  },
)
