import assert from 'node:assert/strict'
import { test } from 'node:test'
import { organisation } from '#features/clearing-house/organisation.ts'
import { folderOf, readSource } from '../../../../test/collection.ts'
import { course } from '#areas/online/course.ts'
import { resource } from '../resource.ts'
import { solution } from '../solution.ts'
import { africanStorybook } from './african-storybook.ts'
import { bookDash } from './book-dash.ts'
import { digitalPublicGoods } from './digital-public-goods.ts'
import { phetSimulations } from './phet-simulations.ts'
import { programmingLists } from './programming-lists.ts'

const kinds = [resource, course, solution, organisation]
const codes = (rows: readonly object[]) =>
  rows.map((row) => ('refused' in row ? (row.refused as { code: string }).code : 'record'))

test('stories, titles and books of the wrong shape are refused with their reason', async () => {
  const stories = {
    'en/0001_a.md': '# A\n##\nB\n##\n* License: Mine\n* Text: \n',
    'en/0002_b.md': 'no title',
    'e_/0003_c.md': '# C\n##\n* License: CC BY\n',
  }
  assert.deepEqual(codes((await readSource(africanStorybook, kinds, folderOf(stories))).rows), [
    'languageCodeUnfit',
    'record',
    'unreadableStory',
  ])

  const titles = [
    '{',
    '{"sim":"a","locale":"x y","bcp47":"x y","title":"T"}',
    '{"sim":"../a","locale":"fr","bcp47":"fr","title":"\u202BT"}',
  ]
  const { rows, find } = await readSource(phetSimulations, kinds, folderOf({ 'phet-titles.jsonl': titles.join('\n') }))
  assert.deepEqual(codes(rows), ['malformedLine', 'languageCodeUnfit', 'record'])
  assert.ok(find('https://phet.colorado.edu/sims/html/..%2Fa/latest/..%2Fa_fr.html'))

  const books = 'titles:\n  a:\n    title: "A"\n    date: soon\n    translations:\n  b: 7\n'
  const reading = await readSource(bookDash, kinds, folderOf({ 'meta.yml': books }))
  assert.deepEqual(codes(reading.rows), ['record', 'titleMissing'])
  assert.equal(reading.notes['dateUnfit'], 1)
})

test('links that a browser must not follow, and answers of the wrong shape, do not get in', async () => {
  const list =
    '### C\n* [A](javascript:alert(1)) - B\n* [](https://example.org/) - B\n* [C](https://example.org/c)\n* [D](http://www.example.org/c/)\n'
  const { rows } = await readSource(programmingLists, kinds, folderOf({ 'books/free-programming-books-fr.md': list }))
  assert.deepEqual(codes(rows), ['addressUnfit', 'titleMissing', 'record', 'repeatedAddress'])

  const files = {
    'nominees/a.json':
      '{"name":"A","website":"javascript:1","license":[{"spdx":"None"}],"SDGs":[{"SDGNumber":99},5],"organizations":[{}],"type":"software"}',
    'nominees/b.json': '[',
    'nominees/c.json': '{"name":7}',
    'digitalpublicgoods/a.json': '{"locations":{"deploymentCountries":["Atlantis",3]},"doNoHarm":"no"}',
  }
  const goods = await readSource(digitalPublicGoods, kinds, folderOf(files))
  assert.deepEqual(codes(goods.rows), ['record', 'malformedFile', 'titleMissing'])
  assert.deepEqual(
    ['addressUnfit', 'licenceUnknown', 'countryUnknown'].map((code) => goods.notes[code]),
    [1, 1, 1],
  )
})
