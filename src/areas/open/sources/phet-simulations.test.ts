import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSource, realData } from '../../../../test/collection.ts'
import { resource } from '../resource.ts'
import { phetSimulations } from './phet-simulations.ts'

const folder = await realData(phetSimulations.folder)

test(
  'each simulation in each language is a resource with a language of its own',
  { skip: typeof folder === 'string' && folder },
  async () => {
    assert.ok(typeof folder !== 'string')
    const { rows, records, refused, notes } = await readSource(phetSimulations, [resource], folder)

    assert.equal(rows.length, 9_092)
    assert.ok(refused.every(({ refused: { code } }) => ['notForLearners', 'titleMissing'].includes(code)))
    const bodies = records.map(({ body }) => body as { languages: string[]; work: string; publishedOn?: string })
    const inOneLanguage = new Set(bodies.map(({ languages, work }) => `${work} ${languages[0]}`))
    assert.equal(inOneLanguage.size, records.length, 'no two translations of a simulation share a language')
    const languages = new Set(bodies.map((body) => body.languages[0]))
    for (const tag of ['zh-Hans', 'zh-Hant', 'es-PE', 'he', 'id', 'ar-LY', 'ary']) assert.ok(languages.has(tag), tag)
    for (const tag of ['iw', 'in', 'zh', 'mo', 'sh']) assert.ok(!languages.has(tag), tag)
    assert.ok(notes['dateUnstated']! <= 143)
    assert.ok(bodies.every(({ publishedOn }) => !publishedOn || (publishedOn >= '2013' && publishedOn < '2027')))
  },
)
