import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSource, realData } from '../../../../test/collection.ts'
import { resource } from '../resource.ts'
import { africanStorybook } from './african-storybook.ts'

const folder = await realData(africanStorybook.folder)

test('stories are read whole, each in its language', { skip: typeof folder === 'string' && folder }, async () => {
  assert.ok(typeof folder !== 'string')
  const { records, refused, notes } = await readSource(africanStorybook, [resource], folder)

  assert.equal(records.length, 1_747)
  assert.equal(refused.length, 0)
  assert.ok(notes['languageMended']! > 0)
  assert.equal(notes['storyNumberRepeated'], 4)
  const bodies = records.map(
    ({ body }) => body as { languages: string[]; licence: string; work: string; fullText?: object },
  )
  assert.equal(bodies.filter(({ languages }) => languages[0] === 'sw').length, 110)
  assert.ok(bodies.every(({ licence }) => licence === 'CC-BY'))
  assert.ok(new Set(bodies.map(({ work }) => work)).size < records.length / 2)
})
