import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { Problem } from '#kernel/problem.ts'
import { elementsOf, readXml } from './read-xml.ts'

test('elements, attributes and text are read in order', () => {
  const root = readXml('<?xml version="1.0"?><a x="1"><b>one &amp; two</b><c><b><![CDATA[<three>]]></b></c></a>')

  assert.equal(root.attributes['x'], '1')
  assert.deepEqual(
    [...elementsOf(root, 'b')].map((element) => element.text),
    ['one & two', '<three>'],
  )
})

test('broken and hostile XML is refused as a problem', () => {
  const code = (text: string) => {
    try {
      readXml(text)
    } catch (error) {
      if (error instanceof Problem) return error.code
      throw error
    }
    return 'none'
  }
  assert.equal(code('<a><b></a>'), 'malformedXml')
  assert.equal(code(''), 'malformedXml')
  assert.equal(code('<a>&nobody;</a>'), 'malformedXml')
  assert.equal(code('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'), 'doctypeRefused')
  fc.assert(fc.property(fc.string(), (text) => void code(`<a>${text}</a>`)))
})
