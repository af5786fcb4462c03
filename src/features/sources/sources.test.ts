/** A curator brings a file of a source: looks at it, applies it, sees what it did, and takes it back. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { languages } from '#kernel/i18n/languages.ts'
import { records } from '#records/store.ts'
import { person } from '../../../test/people.ts'
import { testApp } from '../../../test/app.ts'

const organisation = (n: number, more = {}) =>
  JSON.stringify({
    id: `https://ror.org/0${n}`,
    names: [{ value: `University ${n}`, lang: 'en', types: ['ror_display', 'label'] }],
    status: 'active',
    types: ['education'],
    locations: [{ geonames_details: { name: 'A town', country_code: 'KE' } }],
    ...more,
  })
const file = (...lines: string[]) => ({
  file: { name: 'organisations.jsonl', content: lines.join('\n'), type: 'application/json' },
})
const plain = (body: string) => body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

describe('the pages of sources', { concurrency: false }, async () => {
  const app = await testApp()
  const amina = await person(app, 'Amina', { roles: ['curator'] })
  const omar = await person(app, 'Omar')
  const bring = async (...lines: string[]) => {
    await amina.open('/en/sources/ror')
    return amina.send('/sources/ror', {}, { files: file(...lines) })
  }
  const finished = async (state: RegExp) => {
    for (let n = 0; n < 500; n++) {
      const { body, headers } = await amina.open(amina.at)
      if (!headers.refresh) {
        assert.match(plain(body), state)
        return plain(body)
      }
      await wait(20)
    }
    return assert.fail('it did not end')
  }
  const start = async () => {
    const id = /source-runs\/([0-9a-z]{16})/.exec(amina.at)![1]!
    await amina.send(`/source-runs/${id}/start`, {})
    return id
  }
  const held = async () =>
    (await records(app.app.database.read).all(0, 100)).filter(({ origin }) => origin?.collection === 'ror')

  test('every source is listed with its licence, in six languages, to curators alone', async () => {
    for (const language of languages) {
      const { status, body } = await amina.open(`/${language}/sources`)
      assert.equal(status, 200)
      assert.match(body, /\/sources\/african-storybook/)
      assert.match(body, /creativecommons\.org\/licenses\/by\/4\.0/)
    }
    assert.equal((await omar.open('/en/sources')).status, 403)
  })

  test('a file is looked at before anything changes, and its refused rows are shown with their bytes and reasons', async () => {
    const { body } = await bring(organisation(1), organisation(2), '{"id": "https://ror.org/<script>"', '{}')
    const told = plain(body)
    assert.match(told, /Preview: nothing was changed/)
    assert.match(told, /What would be done: 2 new · 0 changed · 0 unchanged · 2 refused/)
    assert.match(body, /&lt;script&gt;/)
    assert.match(told, /organisations\.jsonl:3/)
    assert.deepEqual(await held(), [])
  })

  test('applied, it is told with its differences; a second file changes and adds', async () => {
    await start()
    assert.match(await finished(/Imported/), /New: University 1/)
    assert.equal((await held()).length, 2)
    await bring(organisation(1, { established: 1950 }), organisation(3))
    await start()
    const told = await finished(/Imported/)
    assert.match(told, /What was done: 1 new · 1 changed · 0 unchanged/)
    assert.match(told, /Changed: University 1/)
    assert.match(plain((await amina.open('/en/sources/ror')).body), /organisations\.jsonl Imported · Amina/)
  })

  test('undone, records go back to the versions before, and what people changed since is left and said', async () => {
    const third = (await held()).find(({ origin }) => origin!.identifier === 'https://ror.org/03')!
    await app.app.followOwn()
    await app.as('curator')('records.withdraw', { id: third.id, revision: third.revision, reason: 'Ours' })
    await amina.open('/en/sources/ror')
    const [newest] = [...(await amina.open('/en/sources/ror')).body.matchAll(/source-runs\/([0-9a-z]{16})/g)]
    await amina.open(`/en/source-runs/${newest![1]!}`)
    await amina.send(`/source-runs/${newest![1]!}/undo`, {})
    const told = await finished(/The import was undone/)
    assert.match(told, /1 record was put back\. 1 was left, as people have changed it since/)
    const first = (await held()).find(({ origin }) => origin!.identifier === 'https://ror.org/01')!
    assert.equal(first.body['established'], undefined)
    assert.equal(first.status, 'published')
    // What was undone can be imported again.
    await bring(organisation(1, { established: 1950 }))
    await start()
    assert.match(await finished(/Imported/), /0 new · 1 changed/)
  })

  test('a file of another source, and words that are no licence, are told beside their fields', async () => {
    await amina.open('/en/sources/ror')
    const wrong = await amina.send(
      '/sources/ror',
      {},
      { files: { file: { name: 'a.csv', content: 'a,b\n1,2', type: 'text/csv' } } },
    )
    assert.equal(wrong.status, 422)
    assert.match(plain(wrong.body), /Nothing in .a\.csv. looks like/)
    await amina.open('/en/sources/ror')
    const licence = await amina.send('/sources/ror', { licence: 'Nobody’s' }, { files: file(organisation(1)) })
    assert.equal(licence.status, 422)
    assert.match(plain(licence.body), /Licence: .Nobody.+s. was not recognised/)
  })
})
