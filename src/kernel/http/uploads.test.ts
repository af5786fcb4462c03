/** Forms with files, sent to a server of a few lines that says what it got. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { after, test } from 'node:test'
import * as fc from 'fast-check'
import { freshFolder } from '../../../test/temporary.ts'
import { multipart } from '../../../test/visitor.ts'
import { json } from './api.ts'
import { buildWeb } from './server.ts'
import type { Incoming } from './uploads.ts'

const limits = { fileBytes: 1_000, files: 2 }
const folder = join(freshFolder(), 'uploads')
const web = buildWeb({
  publicUrl: '',
  uploadFolder: folder,
  respondWithProblem: ({ code, status }) => json({ code }, { status }),
  report: (error) => assert.fail(String(error)),
})
web.route(
  'POST',
  '/files',
  async (_asked, _parameters, body) => {
    const { form, files, problem, remove } = await (body as Incoming).receive(limits)
    if (problem) throw problem
    const told = files.map(({ field, name, path, bytes }) => ({ field, name, bytes, text: readFileSync(path, 'utf8') }))
    await remove()
    return json({ fields: [...form], files: told })
  },
  { takesFiles: true },
)
web.route('POST', '/words', () => json({}))
after(() => web.fastify.close())

const left = () => (existsSync(folder) ? readdirSync(folder) : [])
async function send(payload: Buffer, type: string, url = '/files') {
  const answer = await web.fastify.inject({ method: 'POST', url, payload, headers: { 'content-type': type } })
  return { status: answer.statusCode, ...answer.json() }
}
const sendForm = async (fields: Record<string, string>, files: Parameters<typeof multipart>[1]) => {
  const { payload, type } = await multipart(new URLSearchParams(fields), files)
  return send(payload, type)
}

test('fields and files arrive as they were sent, names in any script, and nothing is left behind', async () => {
  const told = await sendForm(
    { title: 'Радио 无线电', csrf: 'x' },
    { table: { name: 'تقرير ٢٠٢٥.csv', content: 'a,b\n1,2' } },
  )
  assert.deepEqual(told, {
    status: 200,
    fields: [
      ['title', 'Радио 无线电'],
      ['csrf', 'x'],
    ],
    files: [{ field: 'table', name: 'تقرير ٢٠٢٥.csv', bytes: 7, text: 'a,b\n1,2' }],
  })
  assert.deepEqual(left(), [])
})

test('a name is no path, and a field where no file was chosen is no file', async () => {
  const { files } = await sendForm(
    {},
    { one: { name: '../../etc/pass\u202Ewd', content: 'x' }, two: { name: '', content: '' } },
  )
  assert.deepEqual(
    files.map(({ name }: { name: string }) => name),
    ['passwd'],
  )
})

test('a file that is too large, and more files or fields than are taken, are refused as a whole', async () => {
  const large = { name: 'large.csv', content: 'x'.repeat(1_001) }
  const small = { name: 'small.csv', content: 'x'.repeat(1_000) }
  assert.equal((await sendForm({}, { table: small })).status, 200)
  assert.deepEqual(await sendForm({}, { one: small, table: large }), { status: 413, code: 'uploadTooLarge' })
  assert.deepEqual(await sendForm({}, { table: [small, small, small] }), { status: 413, code: 'tooManyParts' })
  const many = Object.fromEntries(Array.from({ length: 5_001 }, (_, at) => [`f${at}`, '']))
  assert.deepEqual(await sendForm(many, { table: small }), { status: 413, code: 'tooManyParts' })
  assert.deepEqual(left(), [])
})

test('far more than is taken is not even read', async () => {
  const { payload, type } = await multipart(new URLSearchParams(), {
    table: { name: 'a', content: 'x'.repeat(20_000_000) },
  })
  assert.deepEqual(await send(payload, type), { status: 413, code: 'uploadTooLarge' })
  assert.deepEqual(left(), [])
})

test('what is cut off or broken anywhere is refused with a problem, and leaves nothing', async () => {
  const { payload, type } = await multipart(new URLSearchParams({ a: 'b' }), {
    table: { name: 'a.csv', content: 'a,b\n1,2' },
  })
  const end = payload.lastIndexOf('--')
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: end - 1 }), async (at) => {
      const { status, code } = await send(payload.subarray(0, at), type)
      assert.deepEqual([status, code], [400, 'brokenUpload'])
    }),
    { numRuns: 60 },
  )
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const { status } = await send(Buffer.from(bytes), type)
      assert.ok([200, 400].includes(status))
    }),
    { numRuns: 60 },
  )
  assert.deepEqual(await send(payload, 'multipart/form-data'), { status: 400, code: 'brokenUpload' })
  assert.deepEqual(left(), [])
})

test('an address that takes no files takes none', async () => {
  const { payload, type } = await multipart(new URLSearchParams(), { table: { name: 'a', content: 'x' } })
  assert.deepEqual(await send(payload, type, '/words'), { status: 415, code: 'unsupportedMediaType' })
})

test('a sender that hangs up in the middle of a file leaves nothing', async () => {
  await web.fastify.listen({ port: 0, host: '127.0.0.1' })
  const { port } = web.fastify.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  const head = '--q\r\nContent-Disposition: form-data; name="table"; filename="a.csv"\r\n\r\nsome'
  socket.write(
    `POST /files HTTP/1.1\r\nHost: q\r\nContent-Type: multipart/form-data; boundary=q\r\nContent-Length: 900\r\n\r\n${head}`,
  )
  while (left().length === 0) await wait(10)
  socket.destroy()
  while (left().length > 0) await wait(10)
  assert.deepEqual(left(), [])
})
