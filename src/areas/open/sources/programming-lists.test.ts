import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSource, realData } from '../../../../test/collection.ts'
import { hasDirectionalMarks } from '#codecs/markdown-links/plain-text.ts'
import { course } from '#areas/online/course.ts'
import { resource } from '../resource.ts'
import { programmingLists } from './programming-lists.ts'

const folder = await realData(programmingLists.folder)

test(
  'books and courses are read, each address once a language',
  { skip: typeof folder === 'string' && folder },
  async () => {
    assert.ok(typeof folder !== 'string')
    const { rows, records, refused, notes } = await readSource(programmingLists, [resource, course], folder)

    assert.ok(rows.length >= 9_335 && rows.length < 9_360, `${rows.length} rows`)
    assert.ok(
      refused.every(({ refused: { code } }) =>
        ['repeatedAddress', 'addressMissing', 'addressUnfit', 'titleMissing'].includes(code),
      ),
    )
    assert.equal(new Set(records.map(({ identifier }) => identifier)).size, records.length)
    assert.ok(notes['plainHttp']! > 1_300)
    const bodies = records.map(
      ({ body }) => body as { title: Record<string, string>; languages: string[]; licence?: string },
    )
    assert.ok(bodies.every(({ title }) => !hasDirectionalMarks(Object.values(title)[0]!)))
    assert.ok(bodies.filter(({ licence }) => licence).length > 150)
    const count = (tag: string) => bodies.filter(({ languages }) => languages[0] === tag).length
    assert.ok(count('hi') > 480 && count('ar') > 340 && count('pt-BR') > 300 && count('zh-TW') > 0)
    assert.ok(!bodies.some(({ languages }) => languages[0]!.includes('langs')))
  },
)
