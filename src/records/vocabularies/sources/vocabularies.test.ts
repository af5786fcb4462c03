import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Source } from '../../sources/source.ts'
import { concept, vocabulary } from '../concept.ts'
import { idOf } from '../../identifier.ts'
import { countriesRegions } from './countries-regions.ts'
import { eqf } from './eqf.ts'
import { iscedF } from './isced-f.ts'
import { languages } from './languages.ts'
import { licences } from './licences.ts'
import { lrmi } from './lrmi.ts'
import { readSource, realData, type Reading } from '../../../../test/collection.ts'
import { unescoThesaurus } from './unesco-thesaurus.ts'

type Body = { vocabulary: string; broader?: string[]; related?: string[]; title: Record<string, string> }

const checks: [Source, vocabularies: number, concepts: number, also?: (reading: Reading) => void][] = [
  [
    unescoThesaurus,
    1,
    4_485 + 95,
    ({ find }) => {
      const education = find('http://vocabularies.unesco.org/thesaurus/concept10')
      assert.deepEqual(Object.keys(education['title'] as object), ['en', 'fr', 'es', 'ru', 'ar'])
      assert.deepEqual(find('http://vocabularies.unesco.org/thesaurus/mt1.05')['broader'], [
        idOf('http://vocabularies.unesco.org/thesaurus/domain1'),
      ])
    },
  ],
  [
    iscedF,
    1,
    220,
    ({ find }) =>
      assert.equal((find('http://data.europa.eu/snb/isced-f/0533')['title'] as Record<string, string>)['zh'], '物理学'),
  ],
  [eqf, 1, 8],
  [
    lrmi,
    8,
    0,
    ({ refused }) =>
      assert.deepEqual(
        refused.map(({ place, refused: { values } }) => [place, values?.['line']]),
        [['lrmi/accessibilityFeature.ttl', 15]],
      ),
  ],
  [
    licences,
    1,
    14,
    ({ find, notes }) => {
      assert.deepEqual(find('http://creativecommons.org/licenses/by-nc/4.0/')['prohibits'], ['commercial-use'])
      assert.ok(notes['titleMended']! > 0)
    },
  ],
  [countriesRegions, 1, 250 + 30],
  [languages, 1, 487],
]

for (const [collection, vocabularies, concepts, also] of checks) {
  const folder = await realData(collection.folder)

  test(
    `${collection.title}: every concept in its vocabulary`,
    { skip: typeof folder === 'string' && folder },
    async () => {
      assert.ok(typeof folder !== 'string')
      const reading = await readSource(collection, [vocabulary, concept], folder)

      assert.equal(reading.count('vocabulary'), vocabularies)
      if (concepts > 0) assert.equal(reading.count('concept'), concepts)
      const ids = new Set(reading.records.map(({ identifier }) => idOf(identifier)))
      for (const { kind, identifier, body } of reading.records) {
        if (kind !== 'concept') continue
        const { vocabulary: inside, broader = [], related = [] } = body as Body
        assert.ok(
          [inside, ...broader, ...related].every((id) => ids.has(id)),
          `${identifier} links to nothing`,
        )
      }
      also?.(reading)
    },
  )
}
