import assert from 'node:assert/strict'
import { test } from 'node:test'
import { widthOf, wrapped } from './columns.ts'

test('a line of help does not begin with the mark that French sets apart by a no-break space', () => {
  const sentence = 'Voici «\u00a0une leçon\u00a0»\u00a0: la lire\u202f? Oui\u202f; et encore\u202f! '
  for (let width = 20; width < 60; width++)
    for (const line of wrapped(sentence.repeat(6), width)) {
      assert.ok(widthOf(line) <= width, line)
      assert.doesNotMatch(line, /^[:;?!»\s]|«\s*$/u)
    }
})
