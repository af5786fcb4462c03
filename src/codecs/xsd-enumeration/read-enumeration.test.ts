import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readEnumeration } from './read-enumeration.ts'

test('values come with their words, broken lines joined', () => {
  const values = readEnumeration(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:simpleType name="t">
    <xs:restriction base="xs:anyURI">
      <xs:enumeration value="http://example.org/1"><xs:annotation><xs:documentation>Level
          one</xs:documentation></xs:annotation></xs:enumeration>
      <xs:enumeration value="http://example.org/2"/>
      <xs:enumeration/>
    </xs:restriction></xs:simpleType></xs:schema>`)

  assert.deepEqual(values, [{ value: 'http://example.org/1', label: 'Level one' }, { value: 'http://example.org/2' }])
})
