/** What a newcomer writes for a feature of their own: one value, and the whole node knows it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { Type } from 'typebox'
import type { Feature } from '#kernel/feature.ts'
import { html } from '#kernel/html/html.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { features } from '#features'
import { personIn } from '#accounts/sessions.ts'
import { doJob, problemOf, testApp } from './app.ts'
import { password, person } from './people.ts'
import { practice as aPractice } from './practice.ts'

const practice = { ...aPractice, originalLanguage: 'en' }

type Tables = { thanks: { recordId: string; accountId: string; words: string } }

const say = operation({
  name: 'thanks.say',
  summary: 'Thank those who described something',
  http: 'POST /records/:id/thanks',
  changesPages: true,
  input: Type.Object({ id: Type.String(), words: Type.String({ maxLength: 100 }) }, closed),
  output: Type.Object({}),
  allow: permission('record.comment'),
  run: async (context, { id: recordId, words }) => {
    const row = { recordId, accountId: personIn(context), words }
    await context.db.withTables<Tables>().insertInto('thanks').values(row).execute()
    return {}
  },
})

const count = operation({
  name: 'thanks.count',
  summary: 'Count the thanks for a record',
  http: 'GET /records/:id/thanks',
  input: Type.Object({ id: Type.String() }, closed),
  output: Type.Object({ count: Type.Integer() }),
  allow: () => true,
  run: async ({ db }, { id }) => {
    const rows = await db.withTables<Tables>().selectFrom('thanks').selectAll().where('recordId', '=', id).execute()
    return { count: rows.length }
  },
})

const heard = { lines: 0, written: 0 }

const thanks: Feature = {
  name: 'thanks',
  migrations: [
    {
      name: '9000-thanks',
      up: async (db) => {
        await sql`create table thanks ("recordId" text not null, "accountId" text not null, words text not null)`.execute(
          db,
        )
      },
    },
  ],
  operations: [say, count],
  jobs: [
    {
      name: 'thanks',
      everyMs: 1_000,
      leaseMs: 1_000,
      work:
        ({ database }) =>
        () =>
          database.write((tx) => tx.withTables<Tables>().deleteFrom('thanks').where('words', '=', '').execute()),
    },
  ],
  followers: [{ name: 'thanks', hear: (_services, lines) => void (heard.lines += lines.length) }],
  hooks: {
    checked: (body) => (JSON.stringify(body).includes('rude') ? [{ place: 'title', rule: 'enum', values: {} }] : []),
    written: async (_context, records) => void (heard.written += records.length),
    merged: async ({ db }, { from, into }) => {
      await db.withTables<Tables>().updateTable('thanks').set({ recordId: into }).where('recordId', '=', from).execute()
    },
  },
  routes: [
    (web, { ask }) =>
      web.route('GET', '/records/:id/thanks', async (_asked, { id = '' }) => {
        const { count: all } = await ask(count, { id })
        return { status: 200, headers: { 'content-type': 'text/plain' }, body: `thanked ${all} times`, keep: false }
      }),
  ],
  slots: {
    record: async ({ ask }, _asked, { id }) => {
      const { count: all } = await ask(count, { id })
      return html`<p>Thanks: ${all}</p>`
    },
    country: async (_asking, _asked, code) => html`<p>Thanks from ${code}</p>`,
    area: async (_asking, _asked, area) => html`<p>Thanks in ${area}</p>`,
    home: async () => html`<p>Thanks on the first page</p>`,
    account: async () => html`<p>Thanks that you said</p>`,
    desk: async () => html`<p>Thanks for you</p>`,
  },
  personalData: {
    columns: [{ table: 'thanks', column: 'accountId', erased: true, exported: true }],
    exportOf: async ({ db }, { id }) => ({
      thanks: await db.withTables<Tables>().selectFrom('thanks').select('words').where('accountId', '=', id).execute(),
    }),
    erase: async ({ db }, { id }) => {
      await db.withTables<Tables>().deleteFrom('thanks').where('accountId', '=', id).execute()
    },
  },
}

test('a feature brings a table, operations, addresses, a job, a follower, hooks, parts of pages and personal data, by one line in the list', async () => {
  const node = await testApp({ features: [...features, thanks] })
  const curator = node.as('curator')
  const before = { ...heard }
  const first = await curator('practices.share', practice)
  const second = await curator('practices.share', { ...practice, title: { en: 'Radio lessons again' } })
  assert.equal(heard.written - before.written, 2, 'its hook saw both records')
  assert.equal(heard.lines - before.lines, 2, 'its follower heard of both')
  assert.equal(await problemOf(curator('practices.share', { ...practice, title: { en: 'rude' } })), 'invalid')

  const amina = await person(node, 'Amina')
  const actor = { kind: 'person', id: amina.id, roles: ['contributor'] } as const
  await node.app.perform(say, actor, { id: first.id, words: 'It helped us' })
  await node.app.perform(say, actor, { id: first.id, words: '' })
  await node.app.followOwn()
  assert.deepEqual(await node.as()('thanks.count', { id: first.id }), { count: 2 })
  await doJob(node.app, 'thanks')
  assert.equal((await node.get(`/api/records/${first.id}/thanks`)).json().count, 1, 'it is in the API too')
  assert.equal((await node.get(`/en/records/${first.id}/thanks`)).body, 'thanked 1 times')

  await curator('records.merge', {
    id: first.id,
    revision: 1,
    into: second.id,
    intoRevision: 1,
    reason: 'The same radio lessons',
  })
  assert.match((await node.get(`/en/records/${second.id}`)).body, /Thanks: 1/)

  for (const [path, words] of [
    ['/en', 'Thanks on the first page'],
    ['/en/access', 'Thanks in access'],
    ['/en/countries/KE', 'Thanks from KE'],
  ] as const)
    assert.ok((await node.get(path)).body.includes(words), path)
  assert.match((await amina.open('/en/account')).body, /Thanks that you said/)
  assert.match((await amina.open('/en/desk')).body, /Thanks for you/)

  assert.deepEqual(JSON.parse((await amina.open('/account/export.json')).body).thanks, [{ words: 'It helped us' }])
  await amina.open('/en/account')
  await amina.send('/account/erase', { erasePassword: password, keepName: 'true' })
  assert.deepEqual(await node.as()('thanks.count', { id: second.id }), { count: 0 })
})

test('a node without it has nothing of it', async () => {
  const node = await testApp()
  assert.equal(node.app.operation('thanks.count'), undefined)
  const { id } = await node.as('curator')('practices.share', practice)
  assert.ok(!(await node.get(`/en/records/${id}`)).body.includes('Thanks'))
  assert.equal((await node.get(`/en/records/${id}/thanks`)).statusCode, 404)
})
