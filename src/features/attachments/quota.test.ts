/** How much one person may bring. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { problemOf, testApp } from '../../../test/app.ts'
import { png } from '../../../test/pictures.ts'
import { attachedFiles } from './store.ts'

test('who brought two hundred megabytes today goes on tomorrow; others are not held up', async () => {
  let now = new Date('2026-11-20T10:00:00Z')
  const { app, folder } = await testApp({ now: () => now })
  const actor = (id: string) => ({ kind: 'person' as const, id, roles: ['contributor'] })
  const bring = (id: string, name: string) => {
    const path = join(folder, name)
    writeFileSync(path, png(8, 8))
    return app.perform(app.operation('files.keep')!, actor(id), { path, name })
  }
  const file = 'a'.repeat(64)
  const at = now.toISOString()
  await app.database.write(async (tx) => {
    const store = attachedFiles(tx)
    await store.add({ file, mediaType: 'image/png', bytes: 200 * 1024 * 1024, width: 1, height: 1, createdAt: at })
    await store.addOwner({ file, ownerId: 'amina', name: 'large.png', at })
  })
  assert.equal(await problemOf(bring('amina', 'one.png')), 'fileQuota')
  assert.equal(await problemOf(bring('boris', 'two.png')), 'none')
  now = new Date('2026-11-21T10:00:01Z')
  assert.equal(await problemOf(bring('amina', 'three.png')), 'none')
})
