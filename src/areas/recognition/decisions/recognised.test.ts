/** Where something is recognised: rules that fit come first, with what is missing; decisions end by their dates. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { openFolder } from '#kernel/folder.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { importer, importSource } from '#records/sources/import.ts'
import { ingest } from '#records/sources/ingest.ts'
import { doJob, problemOf, testApp } from '../../../../test/app.ts'
import { sources } from '../sources.ts'
import { validityOn } from './validity.ts'

async function withDecisions() {
  const node = await testApp({ now: () => new Date('2026-11-28T00:00:00Z') })
  for (const source of sources) {
    const folder = await openFolder(join(import.meta.dirname, '../sources', source.folder))
    const { counts } = await importSource(source, folder, (rows) =>
      node.app.perform(ingest, importer(source.name), { name: source.name, rows }),
    )
    assert.equal(counts.refused, 0, source.name)
    assert.ok(counts.added > 5, source.name)
  }
  await node.app.followOwn()
  return node
}
/** All tests that only read look at the same one. */
const node = await withDecisions()
/** The part of the page below a heading, to the next. */
const below = (page: string, heading: string) => page.split(`<h2>${heading}</h2>`)[1]?.split(/<h2/)[0] ?? ''

test('a learner says what they hold and sees where it counts, as what, who decides and what they need', async () => {
  const page = async (query: string) => (await node.get(`/en/recognition/where${query}`)).body
  const online = await page('?held=online-course&awardedIn=IN')
  assert.match(
    below(online, 'These rules cover it'),
    /India: credit for SWAYAM[^]*University Grants Commission[^]*Law or regulation[^]*up to 40 per cent[^]*What you need:[^]*Passing the examination/,
  )
  assert.match(below(online, 'These rules cover it'), /Malaysia: credit for experience and MOOCs/)
  assert.ok(!online.includes('Refugees'))
  const unsaid = await page('?held=online-course')
  assert.match(below(unsaid, 'These may cover it: tell more'), /SWAYAM[^]*It depends on where it was awarded/)
  const abroad = await page('?held=online-course&awardedIn=FR&country=IN')
  assert.match(below(abroad, 'These do not cover it'), /SWAYAM[^]*It covers what was awarded in other countries/)
  assert.match(await page('?held=micro-credential&country=PE'), /That does not mean that it is not recognised/)
  assert.match(
    await page('?held=nothing&framework=x&country=nowhere'),
    /India: credit/,
    'what is no code is passed over',
  )
  const all = await page('')
  assert.match(all, /\d+ rules are recorded here[^]*India: credit/, 'before anything is chosen, in a line or two each')
  assert.doesNotMatch(all, /What you need:|These may cover it/)
  assert.match((await node.get('/en/countries/MY')).body, /3 rules for recognising learning here/)
  for (const language of languages) assert.equal((await node.get(`/${language}/recognition/where`)).statusCode, 200)
})

test('rules for the recognition of prior learning stand by name on the page of their country, and lead from that of the area', async () => {
  const colombia = (await node.get('/en/countries/CO')).body
  assert.match(colombia, /id="prior-learning"[^]*Colombia: certification of competences for work/)
  assert.match(
    (await node.get('/es/countries/CO')).body,
    /Reconocimiento de aprendizajes previos[^]*Colombia: certificación/,
  )
  assert.doesNotMatch((await node.get('/en/countries/SN')).body, /id="prior-learning"/)
  const link = /href="(\/en\/recognition\/where\?held=experience)"/.exec((await node.get('/en/recognition')).body)![1]!
  assert.match(below((await node.get(link)).body, 'These rules cover it'), /Colombia[^]*Chile|Chile[^]*Colombia/)
})

test('all rules that come with the site name their sources and day, and their texts are in each language, marked as machine translations', async () => {
  const { frameworks } = await node.as()('recognition.frameworks', {})
  const { lines } = await node.as()('recognition.where', {})
  assert.ok(lines.length >= 25 && frameworks.length >= 6)
  for (const { body, translations } of [
    ...frameworks,
    ...lines.map(({ decision }: { decision: unknown }) => decision),
  ]) {
    assert.ok(body.consulted.length > 0 && body.checkedOn, body.title.en)
    const { title, description, recognisedBy, recognisedAs, legalBasis, limits, notChecked, requirements = [] } = body
    const needed = requirements.map(({ what }: { what: unknown }) => what)
    const all = [title, description, recognisedBy, recognisedAs, legalBasis, limits, notChecked, ...needed]
    for (const texts of all.filter(Boolean))
      assert.deepEqual(Object.keys(texts).toSorted(), [...languages].toSorted(), `${body.title.en}: ${texts.en}`)
    assert.deepEqual(Object.keys(translations).toSorted(), languages.filter((one) => one !== 'en').toSorted())
  }
  const reached = new Set(
    lines.flatMap(({ decision }: { decision: { body: { countries?: string[] } } }) => decision.body.countries ?? []),
  )
  for (const one of ['ZA', 'SN', 'FJ', 'CO', 'CL', 'CA', 'US', 'JM', 'CN', 'KR', 'AU', 'TH', 'DE', 'UA', 'KZ'])
    assert.ok(reached.has(one), one)
})

test('an adviser who reads Arabic sees rule, basis, limits and what is needed in Arabic', async () => {
  const page = (await node.get('/ar/recognition/where?held=experience&country=PT')).body
  assert.match(page, /البرتغال: الاعتراف بالكفاءات[^]*مراكز Qualifica[^]*ملف إنجاز وجلسة أمام لجنة/)
  const main = /<main[^]*<\/main>/.exec((await node.get('/ar/recognition/where?held=degree&country=SN')).body)![0]
  assert.match(main, /اتفاقية أديس[^]*الأساس القانوني[^]*راجع قائمة الجهة الوديعة/)
  assert.doesNotMatch(main, /<(?:p|li|span)[^>]*lang="en"/)
})

test('a rule says on which pages it was read and what was not checked; one that nobody read on a page is marked as known', async () => {
  const portugal = below(
    (await node.get('/en/recognition/where?held=experience&country=PT')).body,
    'These rules cover it',
  )
  assert.match(
    portugal,
    /Portugal: recognition, validation[^]*Sources, read on 29 November 2026:[^]*<bdi>dgert\.gov\.pt<\/bdi>[^]*Not checked against a source: The law of 2007/,
  )
  assert.doesNotMatch(portugal, /From general knowledge, not checked against a source/)
  const { app, as, get } = await testApp()
  const { id } = await as('curator')('recognition-decisions.share', {
    title: { en: 'Peru: credit for micro-credentials' },
    originalLanguage: 'en',
    countries: ['PE'],
    heldLearning: ['micro-credential'],
  })
  await app.followOwn()
  assert.match(
    (await get('/en/recognition/where?country=PE')).body,
    /Peru: credit[^]*From general knowledge, not checked against a source/,
  )
  assert.match((await get(`/en/records/${id}`)).body, /From general knowledge, not checked against a source/)
  assert.match((await get(`/ar/records/${id}`)).body, /من المعرفة العامة، لم يُتحقق منه بالرجوع إلى مصدر/)
})

test('a level is compared with those of other frameworks by what both were referenced to, and that is no recognition', async () => {
  const { frameworks } = await node.as()('recognition.frameworks', {})
  const idOf = (part: string) =>
    frameworks.find(({ body }: { body: { title: { en: string } } }) => body.title.en.includes(part)).id as string
  const page = (await node.get(`/en/recognition/where?framework=${idOf('Irish')}:8`)).body
  assert.match(page, /level 6 of the European Qualifications Framework/)
  const levels = /id="levels"[^]*?<\/section>/.exec(page)![0]
  assert.match(levels, /Scottish[^]*<td>9, 10<\/td>/)
  assert.match(levels, /Wales[^]*<td>6<\/td>/)
  assert.match(levels, /German[^]*<td>6<\/td>/)
  // In their own language, from right to left, and with the titles of what comes with the site.
  const arabic = (await node.get(`/ar/recognition/where?framework=${idOf('Irish')}:8`)).body
  assert.match(arabic, /dir="rtl"[^]*id="levels"[^]*الإطار الوطني للمؤهلات في البرتغال/)
  assert.ok(!levels.includes('Irish'))
  assert.match(levels, /A comparison of levels is not a recognition/)
  assert.match(
    (await node.get(`/en/recognition/where?framework=${idOf('Scottish')}:1`)).body,
    /was not referenced to the European Qualifications Framework/,
  )
  const asked = node.as()('recognition.where', { framework: 'aaaaaaaaaaaaaaaa:1' })
  assert.equal(await problemOf(asked), 'notFound')
})

test('agencies of every continent come with the site, each with its site and in the language of the reader', async () => {
  const { records } = await node.as()('search', {
    kind: 'organisation',
    organisationType: 'quality-agency',
    limit: 200,
  })
  const all = (await node.as()('organisations.list', { limit: 500 })).records.filter(
    ({ origin }: { origin?: { collection: string } }) => origin?.collection === 'quality-agencies',
  )
  assert.ok(all.length >= 100 && records.length > 0, `${all.length}`)
  const countries = new Set(all.flatMap(({ body }: { body: { countries?: string[] } }) => body.countries ?? []))
  for (const one of ['KE', 'NG', 'SN', 'ZA', 'AR', 'CO', 'US', 'IN', 'AU', 'SA', 'KZ', 'CN', 'GB', 'FR'])
    assert.ok(countries.has(one), one)
  for (const { body, translations } of all) {
    assert.deepEqual(Object.keys(body.description).toSorted(), [...languages].toSorted(), body.title.en)
    assert.ok(body.websites.length > 0 && body.references.length > 0, body.title.en)
    assert.ok(translations.ar.machine && !translations.en, body.title.en)
  }
  assert.match(
    (await node.get('/en/search?kind=organisation&organisationType=quality-agency&country=KE')).body,
    /Commission for University Education/,
  )
  const kenya = all.find(
    ({ body }: { body: { title: { en: string } } }) => body.title.en === 'Commission for University Education',
  )
  assert.match((await node.get(`/ar/records/${kenya.id}`)).body, /يعتمد مؤسسات وبرامج التعليم العالي[^]*cue\.or\.ke/)
})

test('a decision of which only the register tells the end says so, and counts neither as valid nor as ended', async () => {
  const { records } = await node.as()('quality-decisions.list', {})
  const named = (part: string) =>
    records.find(({ body }: { body: { title: { en: string } } }) => body.title.en.includes(part))
  const open = named('Open University')
  const page = (await node.get(`/en/records/${open.id}`)).body
  assert.match(
    page,
    /data-state="unknown"[^]*See the register[^]*href="https:\/\/www\.msche\.org\/institution\/9158\/"/,
  )
  const { validity, register } = await node.as()('recognition.validity', { id: open.id })
  assert.deepEqual([validity, register], ['unknown', 'https://www.msche.org/institution/9158/'])
  assert.match((await node.get(`/en/records/${named('B+').id}`)).body, /data-state="ended"/)
  const agency = (await node.get(`/en/records/${open.body.agencies[0]}`)).body
  assert.match(agency, /id="quality"[^]*data-state="unknown"[^]*accreditation of The Open University/)
  assert.equal(validityOn({ validUntil: '2030', register: 'https://a.example' }, '2026-01-01'), 'valid')
})

test('what an agency decided on a course is shown there and turns when its day has passed', async () => {
  let now = new Date('2026-03-01T00:00:00Z')
  const node = await testApp({ now: () => now })
  const share = node.as('curator')
  const { id: agency } = await share('organisations.share', { title: { en: 'An agency' }, originalLanguage: 'en' })
  const { id: course } = await share('courses.share', {
    title: { en: 'Algebra online' },
    originalLanguage: 'en',
    languages: ['en'],
  })
  const { id } = await share('quality-decisions.share', {
    title: { en: 'Accreditation of Algebra online' },
    originalLanguage: 'en',
    decidesOn: [course],
    agencies: [agency],
    qualityScope: 'course',
    qualityStandard: 'Standard for online courses, 2025',
    qualityResult: 'met-with-conditions',
    decidedOn: '2025-06-01',
    validUntil: '2026-09-30',
  })
  const on = async (time: string) => {
    now = new Date(time)
    await doJob(node.app, 'silence')
    return (await node.get(`/en/records/${course}`)).body
  }
  assert.match(
    await on('2026-03-01T00:00:00Z'),
    /id="quality"[^]*data-state="valid"[^]*Accreditation of Algebra[^]*Met with conditions[^]*An agency[^]*Standard for online courses/,
  )
  assert.match(await on('2026-07-02T00:00:00Z'), /id="quality"[^]*data-state="ending"/)
  assert.match(await on('2026-10-01T00:00:00Z'), /id="quality"[^]*data-state="ended"/)
  assert.match((await node.get(`/en/records/${id}`)).body, /data-state="ended"/)
  assert.match((await node.get(`/en/records/${agency}`)).body, /id="quality"[^]*Accreditation of Algebra/)
  assert.equal(await problemOf(node.as()('recognition.validity', { id: course })), 'recordNotFound')
})

test('a date may be a year or a month: the last day counts, and the first', () => {
  assert.equal(validityOn({ validUntil: '2026' }, '2026-12-31'), 'ending')
  assert.equal(validityOn({ validUntil: '2026' }, '2027-01-01'), 'ended')
  assert.equal(validityOn({ validFrom: '2026-05' }, '2026-04-30'), 'upcoming')
  assert.equal(validityOn({ validFrom: '2026-05' }, '2026-05-01'), 'valid')
  assert.equal(validityOn({}, '2026-05-01'), 'valid')
})
