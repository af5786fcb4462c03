/** A disk that fails while a dump is written or read ends the dump, and not the process. */
import assert from 'node:assert/strict'
import { existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { freshFolder } from '../../../test/temporary.ts'
import { lineWriter, packedLines } from './lines.ts'

test('what is written line by line is read line by line', async () => {
  const folder = freshFolder()
  const writer = lineWriter(folder, 'practice')
  for (let n = 0; n < 20_000; n++) await writer.line(`{"n":${n}}`)
  const { path, rows } = await writer.end()
  assert.equal(rows, 20_000)
  let last = ''
  for await (const { text } of packedLines(folder, path)) last = text
  assert.equal(last, '{"n":19999}')
})

test('a folder that is not there is told to who writes', async () => {
  const writer = lineWriter(join(freshFolder(), 'nowhere'), 'practice')
  await wait(50)
  await assert.rejects(writer.line('{}'), { code: 'ENOENT' })
  await assert.rejects(writer.end(), { code: 'ENOENT' })
})

test('a disk that is full is told to who writes, in the middle of it', { skip: !existsSync('/dev/full') }, async () => {
  const folder = freshFolder()
  symlinkSync('/dev/full', join(folder, 'practice.jsonl.gz'))
  const writer = lineWriter(folder, 'practice')
  const writeAll = async () => {
    for (let n = 0; n < 200_000; n++) await writer.line(`${Math.sin(n)}`)
    await writer.end()
  }
  await assert.rejects(writeAll(), { code: 'ENOSPC' })
})

test('a file that is not there is told to who reads', async () => {
  const readAll = async () => {
    for await (const _ of packedLines(freshFolder(), 'practice.jsonl.gz'));
  }
  await assert.rejects(readAll(), { code: 'ENOENT' })
})
