/** What ClamAV says of a file, and what is never taken for a yes. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { eicar, testClamd } from '../../test/clamd.ts'
import { scannerAt } from './scanner.ts'

test('a file goes to the scanner whole; what it knows is refused by its name, all else passes', async () => {
  const { address, seen } = await testClamd()
  const scanner = scannerAt(address)!
  const large = randomBytes(3_000_000)
  await scanner.expectHarmless(large)
  await scanner.expectHarmless(Buffer.alloc(0))
  assert.deepEqual(seen, [large, Buffer.alloc(0)])
  await assert.rejects(scanner.expectHarmless(Buffer.from(`a picture ${eicar}`)), {
    code: 'harmfulFile',
    values: { name: 'Eicar-Signature' },
  })
  assert.equal(await scanner.version(), 'ClamAV 1.4.3/27800')
})

test('no answer, half of one, and an answer that is no yes let nothing in', async () => {
  for (const answer of ['INSTREAM size limit exceeded. ERROR', 'stream: OK, FOUND nothing', 'stream: ', '', 'OK'])
    await assert.rejects(
      scannerAt((await testClamd({ answer: () => answer })).address)!.expectHarmless(Buffer.from('x')),
      { code: 'scannerFailed' },
    )
  const hangsUp = await testClamd({ heard: (socket) => socket.destroy() })
  await assert.rejects(scannerAt(hangsUp.address)!.expectHarmless(randomBytes(500_000)), { code: 'scannerFailed' })
  const talksOn = await testClamd({ heard: (socket) => socket.write('x'.repeat(20_000)) })
  await assert.rejects(scannerAt(talksOn.address)!.expectHarmless(Buffer.from('x')), { code: 'scannerFailed' })
  const gone = await testClamd()
  gone.stop()
  await assert.rejects(scannerAt(gone.address)!.expectHarmless(Buffer.from('x')), { code: 'scannerFailed' })
  await assert.rejects(scannerAt('unix:/nowhere/clamd.ctl')!.expectHarmless(Buffer.from('x')), {
    code: 'scannerFailed',
  })
})

test('an address of another kind is told at the start', () => {
  assert.equal(scannerAt(''), undefined)
  for (const address of ['http://127.0.0.1:3310', 'clamd', 'unix:', 'clamd://'])
    assert.throws(() => scannerAt(address), { code: 'badSetting' }, address)
})
