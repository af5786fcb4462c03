import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { Problem } from '#kernel/problem.ts'
import { readCsv } from './read-csv.ts'

test('rows are read by the names of the first line, quotes and all', () => {
  assert.deepEqual(readCsv('\uFEFFa,b,a\r\n1,"x\n""y""",3\r\n4\r\n'), [
    { line: 3, cells: { a: '1', b: 'x\n"y"', 'a#2': '3' } },
    { line: 4, cells: { a: '4', b: '', 'a#2': '' } },
  ])
  assert.deepEqual(readCsv(''), [])
})

test('no column is lost where another is called as a repeated name would be', () => {
  assert.deepEqual(readCsv('a,a#2,a\n1,2,3')[0]!.cells, { a: '1', 'a#2': '2', 'a#3': '3' })
  assert.deepEqual(readCsv('a,a,a#2,a\n1,2,3,4')[0]!.cells, { a: '1', 'a#3': '2', 'a#2': '3', 'a#4': '4' })
  assert.deepEqual(readCsv('a,a#2,a#2\n1,2,3')[0]!.cells, { a: '1', 'a#2': '2', 'a#2#2': '3' })
})

test('broken rows and wide tables are refused with a problem', () => {
  assert.throws(
    () => readCsv('a,b\n"open'),
    (problem: Problem) => problem.code === 'invalid',
  )
  assert.throws(
    () => readCsv('a\n1,2'),
    (problem: Problem) => problem.code === 'invalid' && problem.values['line'] === 2,
  )
  assert.throws(
    () => readCsv('a,'.repeat(3_000)),
    (problem: Problem) => problem.code === 'tooLarge',
  )
  assert.throws(
    () => readCsv('a\n1', { bytes: 2 }),
    (problem: Problem) => problem.code === 'tooLarge',
  )
})

test('no text makes it fail with anything but a problem', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('"', ',', '\n', '\r', 'a', '\0', '__proto__')), (parts) => {
      try {
        readCsv(parts.join(''))
      } catch (error) {
        if (!(error instanceof Problem)) throw error
      }
    }),
  )
})
