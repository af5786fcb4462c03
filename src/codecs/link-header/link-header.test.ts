import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { linkWith } from './link-header.ts'

const inbox = 'http://www.w3.org/ns/ldp#inbox'

test('the target of a relation is found among others', () => {
  for (const [header, target] of [
    [`<https://a.example/inbox>; rel="${inbox}"`, 'https://a.example/inbox'],
    [`</inbox>;rel="${inbox}"`, '/inbox'],
    [
      `<https://a.example/x>; rel="cite-as", <https://a.example/in,box>; rel="type ${inbox}"`,
      'https://a.example/in,box',
    ],
    [`<https://a.example/x>; title="rel=${inbox}, <no>"; rel="item", <in>; title="a \\"b\\", c"; REL="${inbox}"`, 'in'],
    ['<one>; rel=next, <two>; rel=prev', undefined],
    [`<one>; rev="${inbox}"`, undefined],
    ['', undefined],
    ['<<<>>>;;;"', undefined],
  ] as const)
    assert.equal(linkWith(header, inbox), target, header)
  assert.equal(linkWith(`<${'x'.repeat(9_000)}>; rel=next`, 'next'), undefined, 'one that is too long')
  assert.equal(linkWith('<one>; rel=next, <two>; rel=prev', 'prev'), 'two')
})

test('whatever stands in a header, it is read or passed over, also a long one', () => {
  fc.assert(fc.property(fc.string(), (text) => void linkWith(text, inbox)))
  for (const one of ['<', '"', '<a>;', '\\"', '<a>;"']) linkWith(one.repeat(8_000 / one.length), inbox)
})
