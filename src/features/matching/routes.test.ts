import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { chromiumPrinter } from '#kernel/print.ts'
import { chromiumPath, noChromium } from '../../../test/browser.ts'
import { problemOf, testApp } from '../../../test/app.ts'
import { buildSite } from '../../server.ts'

const long = 'A sentence that goes on about schools and what was done in them. '.repeat(200)
const practice = {
  title: { en: 'Lessons by <radio>', ar: 'دروس بالإذاعة' },
  originalLanguage: 'en',
  type: 'practice',
  outcome: 'partly-worked',
  countries: ['SL'],
  technologies: ['radio'],
  summary: { en: long.slice(0, 1_900) },
  problem: { en: long, ar: 'أُغلقت المدارس.' },
  description: { en: long },
  results: { en: long },
  lessons: { en: long },
  unintendedEffects: { en: long },
}

async function appWithOne() {
  const found = await testApp()
  const { id } = await found.as('curator')('practices.share', practice)
  return { ...found, id }
}

test('a record has a summary of one page in each language, with where it is from and how far it was checked', async () => {
  const { get, id } = await appWithOne()
  const { body } = await get(`/records/${id}/summary`)
  const [, sheet] = /<article class="sheet">([\s\S]*)<\/article>/.exec(body) ?? []
  const text = sheet!.replaceAll(/<[^>]*>/g, ' ')
  assert.match(text, /Lessons by &lt;radio&gt;/)
  assert.match(text, /Review: Not reviewed/)
  assert.match(text, new RegExp(`/records/${id}`))
  assert.ok(text.length < 5_000, `${text.length} letters are more than a page`)
  for (const heading of ['Problem', 'Results', 'Lessons']) assert.match(text, new RegExp(heading))
  assert.match((await get(`/ar/records/${id}/summary`)).body, /dir="rtl"[\s\S]*أُغلقت المدارس/)
  assert.equal((await get('/records/0000000000000000/summary')).statusCode, 404)
  assert.match((await get(`/records/${id}`)).body, new RegExp(`href="/records/${id}/summary"`))
})

test('the summary of a practice tells what went wrong, however much else there is to tell', async () => {
  const { as, get } = await testApp()
  const { id } = await as('curator')('practices.share', {
    ...practice,
    objectives: { en: long },
    timeline: { en: long },
    place: { en: 'Freetown' },
    problemsMet: [
      { trouble: { en: 'No batteries.' }, done: { en: 'Wind-up radios.' } },
      { trouble: { en: 'No airtime.' } },
    ],
  })
  const { body } = await get(`/records/${id}/summary`)
  assert.match(
    body,
    /<h2>Problems and responses<\/h2>\s*<p dir="auto">No batteries\. · Wind-up radios\. No airtime\.<\/p>/,
  )
  assert.match(body, /<h2>Unintended effects<\/h2>/)
})

test('the summary of an approach tells what it costs and what studies found', async () => {
  const { as, get } = await testApp()
  const curator = as('curator')
  const own = { originalLanguage: 'en' }
  const { id } = await curator('approaches.share', { ...own, title: { en: 'Lessons by radio' } })
  await curator('practices.share', { ...practice, approaches: [id], costPerLearner: { amount: 8, currency: 'USD' } })
  for (const effectSize of [0.1, 0.2, 0.3, 0.4, 0.5]) {
    const { id: study } = await curator('studies.share', {
      ...own,
      title: { en: `Study ${effectSize}` },
      approaches: [id],
    })
    const finding = { ...own, title: { en: 'A finding' }, study, outcomeDomain: 'Reading', effectSize }
    await curator('evidence.share', finding)
  }
  const { body } = await get(`/records/${id}/summary`)
  const facts = /<dl class="sheet-facts">([^]*?)<\/dl>/
    .exec(body)![1]!
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
  assert.match(facts, /Cost per learner .*US\$8.*Effect on learning .*0\.3.*Outcome 1 practice 1 partly worked/i)
})

test('where the node makes no PDF, a page says how any browser does', async () => {
  const { get, id } = await appWithOne()
  const answer = await get(`/es/records/${id}/summary.pdf`)
  assert.match(String(answer.headers['content-type']), /text\/html/)
  assert.equal(answer.statusCode, 501)
  assert.match(answer.body, /Guardar como PDF/)
  assert.equal((await get('/records/0000000000000000/summary.pdf')).statusCode, 404)
  assert.doesNotMatch(answer.body, /CHROMIUM_PATH/)
  // The summary itself leads to no PDF, and says how it is printed.
  const summary = (await get(`/es/records/${id}/summary`)).body
  assert.doesNotMatch(summary, /summary\.pdf/)
  assert.match(summary, /imprimir/)
})

test('with Chromium, the summary comes as one tagged page of PDF, in Arabic too', { skip: noChromium }, async () => {
  const { app, id, folder } = await appWithOne()
  const printer = chromiumPrinter({ path: chromiumPath!, sandbox: false, timeoutMs: 60_000 })
  const site = { publicUrl: '', siteName: 'Qingdao', dataDir: folder, version: 'test', report: () => {}, printer }
  const web = buildSite(app, site)
  for (const language of ['en', 'ar']) {
    const answer = await web.fastify.inject({ url: `/${language}/records/${id}/summary.pdf` })
    assert.equal(answer.headers['content-type'], 'application/pdf')
    const pdf = answer.rawPayload.toString('latin1')
    assert.match(pdf, /^%PDF-1\.\d/)
    assert.match(pdf, /\/StructTreeRoot/)
    assert.match(pdf, new RegExp(`/Lang \\(${language}\\)`))
    assert.deepEqual(
      [...pdf.matchAll(/\/Type \/Pages\s+\/Count (\d+)/g)].map(([, count]) => count),
      ['1'],
    )
  }
  await web.fastify.close()
})

test('a Chromium that is not there, fails or hangs ends as a problem, and the next one is tried', async () => {
  const reported: Error[] = []
  const report = (error: Error) => reported.push(error)
  const missing = chromiumPrinter({ path: '/nowhere/chromium', report })
  assert.equal(await problemOf(missing('<p>')), 'unavailable')
  assert.equal(await problemOf(chromiumPrinter({ path: '/bin/false', report })('<p>')), 'unavailable')
  if (existsSync('/bin/yes')) {
    const hanging = chromiumPrinter({ path: '/bin/yes', timeoutMs: 200, report })
    assert.equal(await problemOf(hanging('<p>')), 'unavailable')
  }
  assert.ok(reported.length >= 2)
})

test('no more wait for PDF than can be made soon', async () => {
  const printer = chromiumPrinter({ path: '/bin/false' })
  const answers = await Promise.all(Array.from({ length: 12 }, () => problemOf(printer('<p>'))))
  assert.deepEqual([...new Set(answers)], ['unavailable'])
})

test('the front page leads to the map and to places like mine, and a search for findings to its map', async () => {
  const { get, as } = await appWithOne()
  const { body } = await get('/')
  assert.match(body, /href="\/evidence-map"/)
  assert.match(body, /href="\/fit"/)
  const study = await as('curator')('studies.share', { title: { en: 'A trial' }, originalLanguage: 'en' })
  await as('curator')('evidence.share', {
    title: { en: 'A finding' },
    originalLanguage: 'en',
    study: study.id,
    levels: ['1'],
  })
  assert.match((await get('/search?kind=evidence&level=1')).body, /href="\/evidence-map\?level=1"/)
})

test('whatever the address says, it is answered below 500', async () => {
  const { get, id, reported } = await appWithOne()
  for (const path of [
    '/compare?id=&id=..&q=%00',
    `/compare?id=${id}&id=${id}&q=${'a'.repeat(600)}`,
    '/fit?country=__proto__&fill=true',
    '/fit?country=KE&country=UG',
    '/fit?budget=1e999&level=1',
    '/fit?language=%FF&level=constructor',
    '/fit?connectivity=none&connectivity=shared',
    '/evidence-map?country=__proto__&level=%3Cb%3E&subject=1&subject=2',
    `/evidence-map?${'country=x&'.repeat(60)}`,
    '/evidence-map.csv?level=',
    `/records/${id}/summary.exe`,
    '/records/constructor/summary',
  ]) {
    const { statusCode } = await get(path)
    assert.ok(statusCode < 500, `${path} → ${statusCode}`)
  }
  assert.deepEqual(reported, [])
})
