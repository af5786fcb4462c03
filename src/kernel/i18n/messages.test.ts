/** How messages are filled in. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatsIn } from './format.ts'
import { languages } from './languages.ts'
import { messagesIn, readCatalogue } from './messages.ts'

test('a date that ends with a stop of its own ends its sentence too, in every message that a date may end', () => {
  let ended = 0
  for (const language of languages) {
    const day = formatsIn(language).day('2026-11-28')
    const values = { date: day, day, time: day, until: day, since: day }
    for (const [key, source] of Object.entries(readCatalogue(language))) {
      if (!/^[^{}']*(?:\{\w+\}[^{}']*)*$/.test(source) || !/\{(?:date|day|time|until|since)\}\./.test(source)) continue
      const said = messagesIn(language)(key as 'levels.version', values)
      assert.ok(said.includes(day) && !said.includes('..'), `${language} ${key}: ${said}`)
      ended++
    }
  }
  assert.ok(ended > 40, `${ended} messages`)
})

test('what is filled in stands as it is, and what is missing shows as an ellipsis', () => {
  const t = messagesIn('en')
  assert.equal(t('way.synonym', { words: 'etc.', typed: '$&' }), '“etc.” has a similar meaning to “$&”')
  assert.equal(t('way.synonym', { words: 'a' }), '“a” has a similar meaning to “…”')
})

test('numbers are told by the rules of the language, remembered or not', () => {
  const t = messagesIn('ru')
  const said = [1, 2, 5, 1, 2, 5].map((count) => t('search.found', { count }))
  assert.deepEqual(said.slice(0, 3), ['1 запись', '2 записи', '5 записей'])
  assert.deepEqual(said.slice(3), said.slice(0, 3))
})
