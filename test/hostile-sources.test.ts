import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Source, Row } from '#records/sources/source.ts'
import { organisation } from '#features/clearing-house/organisation.ts'
import { practice } from '#features/clearing-house/practice.ts'
import { evidence } from '#features/evidence/evidence.ts'
import { intervention } from '#features/evidence/intervention.ts'
import { study } from '#features/evidence/study.ts'
import { innovativePublicServices } from '#features/clearing-house/sources/innovative-public-services.ts'
import { lrmi } from '#records/vocabularies/sources/lrmi.ts'
import { folderOf, readSource } from './collection.ts'
import { ror } from '#features/clearing-house/sources/ror.ts'
import { whatWorksClearinghouse } from '#features/evidence/sources/what-works-clearinghouse.ts'

const refusals = async (collection: Source, files: Record<string, string>) => {
  const rows: Row[] = []
  for await (const row of collection.read(folderOf(files))) rows.push(row)
  return rows.map((row) => ('refused' in row ? row.refused.code : 'record'))
}

test('a line that is broken, deep or of the wrong shape is refused, and the next one is read', async () => {
  const good = {
    id: 'https://ror.org/00000000x',
    names: [{ value: 'One', lang: null, types: ['ror_display'] }],
    status: 'active',
  }
  const lines = [
    '{',
    '['.repeat(100_000),
    '[]',
    '{"id":5,"names":"x"}',
    '{"id":"https://ror.org/x","names":[{"value":" ","types":["label"]}]}',
    '{"__proto__":{"id":"https://ror.org/x"}}',
    JSON.stringify({
      ...good,
      locations: 'nowhere',
      established: 'long ago',
      types: 7,
      relationships: [null, { type: 'child' }],
      links: [{ type: 'website', value: 'javascript:alert(1)' }],
    }),
  ]
  const { rows, find } = await readSource(
    ror,
    [organisation],
    folderOf({ 'ror-education-government.jsonl': lines.join('\n') }),
  )

  assert.deepEqual(
    rows.map((row) => ('refused' in row ? row.refused.code : 'record')),
    ['malformedLine', 'malformedLine', 'identifierUnfit', 'identifierUnfit', 'titleMissing', 'malformedLine', 'record'],
  )
  assert.deepEqual(Object.keys(find(good.id)), ['title', 'originalLanguage', 'status', 'identifiers'])
})

test('tables with missing columns give refusals or records that fit, never a crash', async () => {
  const cases = { 'education-cases.csv': 'id,name,url\n1,One,javascript:alert(1)\n,,\n' }
  const { rows } = await readSource(innovativePublicServices, [practice], folderOf(cases))
  assert.deepEqual(
    rows.map((row) => ('refused' in row ? row.refused.code : 'record')),
    ['record', 'titleMissing'],
  )

  const findings = {
    'wwc-findings.csv':
      's_studyid,s_interventionid,f_findingid,s_intervention_name,f_effect_size_wwc\n1,2,3,Name,not a number\n,,,,\n',
  }
  const reading = await readSource(whatWorksClearinghouse, [study, evidence, intervention], folderOf(findings))
  assert.ok(reading.notes['numberUnfit'] === 1 && reading.refused.length >= 1)
})

test('a file that cannot be read does not keep the others out', async () => {
  const files = {
    'lrmi/a.ttl': `<a> <b> ${'['.repeat(1_000)}`,
    'lrmi/b.ttl': '<x> a <y> .',
    'lrmi/c.ttl': '<c> <http://purl.org/dc/terms/title> "C"@en .',
  }
  assert.deepEqual(await refusals(lrmi, files), ['malformedFile', 'malformedFile', 'record'])
})
