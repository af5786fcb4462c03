/** A process that writes until it is stopped, each time with a key of its own, and says each key once its write was confirmed. */
import { randomBytes } from 'node:crypto'
import { openApp } from '#app'
import { fingerprintOf, idempotency } from '#kernel/idempotency.ts'
import { Problem } from '#kernel/problem.ts'

const [, , dataDir = '', databaseAddress = '', name = '', many = '1000000'] = process.argv
const app = await openApp({
  dataDir,
  databaseAddress,
  environment: {
    now: () => new Date(),
    random: (size) => randomBytes(size),
    fetch: async () => {
      throw new Problem('fetchFailed')
    },
  },
})
const share = app.operation('practices.share')!
const { once } = idempotency(() => new Date())
for (let i = 0; i < Number(many); i++) {
  const body = { title: { en: `${name} ${i}` }, originalLanguage: 'en', type: 'practice' }
  const asked = { accountId: 'curator', key: `key ${i}`, fingerprint: fingerprintOf(share.name, body) }
  await once(asked, (one) =>
    app.perform(share, { kind: 'person', id: 'curator', roles: ['curator'] }, body, { once: one }),
  )
  process.stdout.write(`${i}\n`)
}
await app.close()
