import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSource, realData } from '../../../../test/collection.ts'
import { idOf } from '#records/identifier.ts'
import { resource } from '../resource.ts'
import { bookDash } from './book-dash.ts'

const folder = await realData(bookDash.folder)

test(
  'each title and each translation is a resource, and translations point to their original',
  { skip: typeof folder === 'string' && folder },
  async () => {
    assert.ok(typeof folder !== 'string')
    const { records, refused, find } = await readSource(bookDash, [resource], folder)

    const translations = records.filter(({ body }) => (body as { basedOn?: string }).basedOn)
    assert.equal(records.length + refused.length, 54 + 24)
    assert.equal(translations.length, 24)
    const ids = new Set(records.map(({ identifier }) => idOf(identifier)))
    assert.ok(translations.every(({ body }) => ids.has((body as { basedOn: string }).basedOn)))
    const fish = find('https://github.com/bookdash/bookdash-books#a-fish-and-a-gift/zu')
    assert.deepEqual(fish['title'], { zu: 'Inhlanzi Nesipho' })
    assert.equal(fish['licence'], 'CC-BY-4.0')
    assert.deepEqual(fish['identifiers'], ['urn:uuid:9c9edd60-fe46-11e5-86aa-5e5517507c66'])
  },
)
