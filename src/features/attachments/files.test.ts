/** Pictures and documents that people attach: who sees them, and what is not taken. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { beginDraft, saveDraft } from '#features/editorial/drafts/write.ts'
import { stepDraft } from '#features/editorial/drafts/steps.ts'
import { drafts } from '#features/editorial/drafts/store.ts'
import { withdraw } from '#records/operations.ts'
import { doJob, testApp, problemOf } from '../../../test/app.ts'
import { person } from '../../../test/people.ts'
import { docx, jpeg, pdf, png } from '../../../test/pictures.ts'
import { attachmentsIn } from '#records/attachment.ts'

let now = new Date('2026-11-20T10:00:00Z')
const app = await testApp({ now: () => now })
const { app: node } = app
const amina = await person(app, 'Amina')
const boris = await person(app, 'Boris')
const curator = await person(app, 'Carla', { roles: ['curator'] })
const acting = (who: typeof amina, roles: string[] = ['contributor']) =>
  ({ kind: 'person', id: who.id, roles }) as const
const draftOf = async (id: string) => (await drafts(node.database.read).find(id))!
const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const picture = png(60, 40, { text: 'taken at home' })
const plain = png(60, 40)

describe('attachments', { concurrency: false }, () => {
  let id = ''
  let form = ''

  async function attach(name: string, content: Buffer, values: Record<string, string> = {}) {
    await amina.open(`/en${form}`)
    return amina.send(form, values, { button: ['go', 'stay'], files: { 'attachments.new.file': { name, content } } })
  }

  test('a picture is taken with what is to be seen on it; what was typed stays when something is wrong', async () => {
    await amina.open('/en/share')
    await amina.send('/share', { kind: 'building-block' })
    id = /\/drafts\/([0-9a-z]{16})/.exec(amina.at)![1]!
    form = `/drafts/${id}/edit/attachments`
    const typed = { title: 'A radio club', purpose: 'To listen', procedure: 'Meet at five.' }
    await amina.send(`/drafts/${id}/edit/identity`, typed, { button: ['go', 'stay'] })

    await amina.open(`/en${form}`)
    const hintAt = (name: string) =>
      new RegExp(`id="f-attachments-new-${name}-hint">([^<]*)<`).exec(amina.page)?.[1] ?? 'none'
    assert.match(hintAt('title'), /^What the picture or document shows, in a few words/)
    assert.equal(hintAt('licence'), 'A name, short form or code, in any of the six languages.')

    const tooLarge = await attach('big.png', Buffer.concat([picture, Buffer.alloc(10 * 1024 * 1024)]), {
      'attachments.new.alternative': 'Six pupils',
    })
    assert.equal(tooLarge.status, 422)
    assert.match(tooLarge.body, /is larger than 10 MB/)
    assert.match(tooLarge.body, /value="Six pupils"/)

    const wrong = await attach('club.png', Buffer.from('<svg onload="alert(1)"/>'), {})
    assert.match(wrong.body, /is not a type of file that is accepted/)

    const silent = await attach('IMG 1.exe', picture, { 'attachments.new.alternative': '' })
    assert.equal(silent.status, 422)
    assert.match(silent.body, /describe what the picture “IMG 1\.png” shows/)
    const saved = await amina.send(
      form,
      { 'attachments.0.alternative': 'Six pupils around a radio' },
      { button: ['go', 'stay'], files: {} },
    )
    assert.equal(saved.status, 200)
    assert.deepEqual(attachmentsIn((await draftOf(id)).body), [
      {
        file: sha(plain),
        name: 'IMG 1.png',
        mediaType: 'image/png',
        bytes: plain.length,
        width: 60,
        height: 40,
        alternative: { en: 'Six pupils around a radio' },
      },
    ])
    assert.deepEqual(readdirSync(join(app.folder, 'uploads')), [])
  })

  test('the word of the form on what a file is, is not taken', async () => {
    await amina.open(`/en${form}`)
    await amina.send(form, { 'attachments.0.mediaType': 'text/html', 'attachments.0.name': '../x.html' }, { files: {} })
    const [kept] = attachmentsIn((await draftOf(id)).body)
    assert.deepEqual([kept!.mediaType, kept!.name], ['image/png', 'IMG 1.png'])
  })

  test('only those who may see the draft see its files; a digest alone opens nothing', async () => {
    const address = `/files/${sha(plain)}/IMG%201.png`
    assert.equal((await amina.open(`${address}?draft=${id}`)).status, 200)
    assert.equal((await boris.open(`${address}?draft=${id}`)).status, 404)
    assert.equal((await app.get(`${address}?draft=${id}`)).statusCode, 404)

    const own = (await node.perform(beginDraft, acting(boris), { kind: 'building-block', language: 'en' })) as {
      id: string
    }
    const stolen = attachmentsIn((await draftOf(id)).body)
    await node.perform(saveDraft, acting(boris), { id: own.id, revision: 1, values: { attachments: stolen } })
    assert.equal((await boris.open(`${address}?draft=${own.id}`)).status, 404)
    const body = { title: { en: 'Mine' }, originalLanguage: 'en', purpose: { en: 'x' }, attachments: stolen }
    assert.equal(await problemOf(app.as('curator')('building-blocks.share', body)), 'invalid')
  })

  test('a name that is very long is cut so that it fits, and none breaks the address of a file', async () => {
    await boris.open('/en/share')
    await boris.send('/share', { kind: 'building-block' })
    const own = /\/drafts\/([0-9a-z]{16})/.exec(boris.at)![1]!
    const content = png(61, 40)
    await boris.open(`/en/drafts/${own}/edit/attachments`)
    await boris.send(
      `/drafts/${own}/edit/attachments`,
      { 'attachments.new.alternative': 'A club' },
      { button: ['go', 'stay'], files: { 'attachments.new.file': { name: `${'a'.repeat(230)}.png`, content } } },
    )
    const [named] = attachmentsIn((await draftOf(own)).body)
    assert.deepEqual([named!.name.length, named!.name.slice(-5)], [200, 'a.png'])
    const cut = encodeURIComponent(`${'a'.repeat(199)}😀`)
    assert.equal((await boris.open(`/files/${sha(content)}/${cut}?draft=${own}`)).status, 200)
    assert.deepEqual(app.reported, [])
  })

  test('what a program puts there that is no list of files, breaks no page', async () => {
    for (const attachments of ['x', [null, 1, {}], { file: sha(plain) }]) {
      const { id: own } = (await node.perform(beginDraft, acting(amina), { kind: 'building-block' })) as { id: string }
      await node.perform(saveDraft, acting(amina), { id: own, revision: 1, values: { attachments } })
      assert.equal((await amina.open(`/en/drafts/${own}/edit/attachments`)).status, 200)
      assert.equal((await amina.open(`/en/drafts/${own}`)).status, 200)
    }
  })

  test('published, it is on the page with its text and size, in JSON, and served so that nothing in it can run', async () => {
    await attach('Plan.pdf', pdf, { 'attachments.new.title': 'Our plan' })
    await attach('Report.docx', docx())
    assert.match((await attach('Macro.docx', docx({ macros: true }))).body, /contains macros/)
    for (const [step, who, roles, more] of [
      ['submit', amina, ['contributor'], {}],
      ['accept', curator, ['contributor', 'curator'], { verdict: 'sound' }],
      ['publish', curator, ['contributor', 'curator'], {}],
    ] as const) {
      const { revision } = await draftOf(id)
      await node.perform(stepDraft, acting(who, [...roles]), { id, step, revision, ...more })
    }
    const { body } = await app.get(`/en/records/${id}`, { accept: 'text/html' })
    assert.match(
      body,
      new RegExp(
        `<img src="/files/${sha(plain)}/IMG%201.png" alt="Six pupils around a radio" width="60" height="40" loading="lazy"`,
      ),
    )
    assert.match(body, /Our plan<\/a> <span class="small">PDF, 1 kB/)
    const record = (await app.get(`/records/${id}.json`)).json()
    assert.equal(record.body.attachments.length, 3)

    const image = await app.get(`/files/${sha(plain)}/IMG%201.png`)
    assert.deepEqual([image.statusCode, image.rawPayload], [200, plain])
    assert.equal(image.headers['content-type'], 'image/png')
    assert.equal(image.headers['x-content-type-options'], 'nosniff')
    assert.match(String(image.headers['content-security-policy']), /default-src 'none'.*sandbox/)
    assert.match(String(image.headers['content-disposition']), /^inline/)
    assert.match(String(image.headers['cache-control']), /immutable/)
    const plan = await app.get(`/files/${sha(pdf)}/Plan'%22%0d%0ax.pdf`)
    assert.equal(plan.headers['content-disposition'], "attachment; filename*=UTF-8''Plan%27%22%0D%0Ax.pdf")
    assert.equal((await app.get('/files/nothing/x')).statusCode, 404)
  })

  test('a photograph is kept without where it was taken', async () => {
    await amina.open('/en/share')
    await amina.send('/share', { kind: 'building-block' })
    form = amina.at.replace(/^\/en/, '').replace('/identity', '/attachments')
    await attach('IMG_2.jpg', jpeg(), { 'attachments.new.alternative': 'A room' })
    const [kept] = attachmentsIn((await draftOf(/\/drafts\/([0-9a-z]{16})/.exec(form)![1]!)).body)
    const bytes = await node.runtime.services.files.bytes(kept!.file)
    assert.doesNotMatch(bytes.toString('latin1'), /GPS|phone/)
  })

  test('one’s own data holds one’s files; what nothing names any more is cleared after a week, what is withdrawn is not shown', async () => {
    const told = JSON.parse((await amina.open('/en/account/export.json')).body)
    assert.deepEqual(
      told.files.map(({ name }: { name: string }) => name),
      ['IMG 1.png', 'Plan.pdf', 'Report.docx', 'IMG_2.jpg'],
    )
    await amina.open(`/en${form}`)
    await amina.send(form, { 'attachments.0.remove': 'true' }, { files: {} })
    assert.equal(await doJob(node, 'files'), 0)
    now = new Date(Date.parse('2026-11-20T10:00:00Z') + 400 * 24 * 60 * 60_000)
    assert.equal(await doJob(node, 'files'), 1)
    assert.equal((await app.get(`/files/${sha(plain)}/a.png`)).statusCode, 200)

    await node.perform(withdraw, acting(curator, ['curator']), { id, revision: 1, reason: 'A mistake' })
    assert.equal((await app.get(`/files/${sha(plain)}/a.png`)).statusCode, 404)
    assert.deepEqual(app.reported, [])
  })
})
