/** Documents of ResourceSync, as the specification shows them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { elementsOf, readXml } from '#codecs/xml/read-xml.ts'
import { writeSyncDocument } from './write-document.ts'

test('a list of changes says what happened to each resource, when, and where the lists of the source are (example 19)', () => {
  const text = writeSyncDocument({
    capability: 'changelist',
    from: '2013-01-03T00:00:00Z',
    links: [{ rel: 'up', href: 'http://example.com/dataset1/capabilitylist.xml' }],
    entries: [
      {
        loc: 'http://example.com/res1.html',
        lastmod: '2013-01-03T11:00:00Z',
        change: 'created',
        datetime: '2013-01-03T11:00:00Z',
      },
      { loc: 'http://example.com/res2.pdf', change: 'deleted', datetime: '2013-01-03T18:00:00Z' },
    ],
  })
  const root = readXml(text)
  assert.equal(root.name, 'urlset')
  assert.deepEqual(root.children[0], {
    name: 'rs:ln',
    attributes: { rel: 'up', href: 'http://example.com/dataset1/capabilitylist.xml' },
    children: [],
    text: '',
  })
  assert.deepEqual(root.children[1]!.attributes, { capability: 'changelist', from: '2013-01-03T00:00:00Z' })
  assert.deepEqual(
    [...elementsOf(root, 'url')].map(({ children }) => children.find(({ name }) => name === 'rs:md')!.attributes),
    [
      { change: 'created', datetime: '2013-01-03T11:00:00Z' },
      { change: 'deleted', datetime: '2013-01-03T18:00:00Z' },
    ],
  )
})

test('an index lists its parts', () => {
  const root = readXml(
    writeSyncDocument({ capability: 'resourcelist', isIndex: true, entries: [{ loc: 'http://example.com/1.xml' }] }),
  )
  assert.deepEqual([root.name, root.children[1]!.name], ['sitemapindex', 'sitemap'])
})

test('whatever an address holds, the document stays XML and says it again', () => {
  fc.assert(
    fc.property(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.string({ unit: 'binary' }),
      (loc, type) => {
        const root = readXml(writeSyncDocument({ capability: 'resourcelist', entries: [{ loc, type }] }))
        assert.equal([...elementsOf(root, 'loc')][0]!.text, loc)
      },
    ),
  )
})
