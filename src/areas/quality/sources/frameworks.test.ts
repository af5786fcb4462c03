import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Source } from '#records/sources/source.ts'
import { readSource, realData } from '../../../../test/collection.ts'
import { idOf } from '#records/identifier.ts'
import { competency, framework } from '../framework.ts'
import { asnScience } from './asn-science.ts'
import { caseExample } from './case-example.ts'
import { digcompedu } from './digcompedu.ts'
import { kmkDigital } from './kmk-digital.ts'

const expected: [Source, competencies: number, withParent: number][] = [
  [digcompedu, 28, 22],
  [kmkDigital, 89, 83],
  [asnScience, 1_036, 1_006],
  [caseExample, 16, 14],
]

for (const [collection, competencies, withParent] of expected) {
  const folder = await realData(collection.folder)

  test(
    `${collection.title}: one framework, its competencies and their parents`,
    { skip: typeof folder === 'string' && folder },
    async () => {
      assert.ok(typeof folder !== 'string')
      const { records, refused, count } = await readSource(collection, [framework, competency], folder)

      assert.deepEqual([count('framework'), count('competency'), refused.length], [1, competencies, 0])
      const ids = new Set(records.map(({ identifier }) => idOf(identifier)))
      const bodies = records
        .filter(({ kind }) => kind === 'competency')
        .map(({ body }) => body as { framework: string; parent?: string })
      assert.ok(bodies.every((body) => ids.has(body.framework) && (!body.parent || ids.has(body.parent))))
      assert.equal(bodies.filter(({ parent }) => parent).length, withParent)
    },
  )
}
