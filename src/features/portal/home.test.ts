import assert from 'node:assert/strict'
import { test } from 'node:test'
import { practice } from '../../../test/practice.ts'
import { testApp } from '../../../test/app.ts'

const lesson = {
  title: { en: 'Buy spare parts with the radios, because broken ones stay broken.' },
  originalLanguage: 'en',
  polarity: 'do',
  phase: 'procure',
}

const story = {
  title: { en: 'The hen and the eagle' },
  originalLanguage: 'en',
  url: 'https://example.org/hen',
  type: 'story',
  languages: ['sw'],
}

test('a teacher is led to types of resources that there are in their language, else to those in others', async () => {
  const { get, as } = await testApp()
  const linkIn = async (language: string) =>
    /<div class="door teachers">[^]*?href="([^"]*kind=resource[^"]*)">([^<]+)</
      .exec((await get(`/${language}`)).body)
      ?.slice(1)
  assert.equal(await linkIn('en'), undefined)
  await as('curator')('resources.share', { ...story, languages: ['ar'] })
  await as('curator')('resources.share', { ...story, type: 'book', languages: ['fr'] })
  assert.deepEqual(await linkIn('fr'), [
    '/fr/search?kind=resource&amp;language=fr',
    'Trouver des livres pour enseigner',
  ])
  assert.deepEqual(await linkIn('ar'), ['/ar/search?kind=resource&amp;language=ar', 'ابحث عن قصص للتدريس'])
  assert.deepEqual(await linkIn('es'), [
    '/es/search?kind=resource',
    'Encontrar cuentos y libros para enseñar, en otros idiomas',
  ])
})

async function appWithPractices() {
  const app = await testApp()
  const share = (body: object) =>
    app.as('curator')('practices.share', { ...practice, originalLanguage: 'en', ...body }) as Promise<{ id: string }>
  await share({ title: { en: 'Abacus by post' }, startedOn: '1999', countries: ['PE'], outcome: 'did-not-work' })
  await share({ title: { en: 'Zebra radio' }, startedOn: '2024', countries: ['KE'], outcome: 'worked' })
  await share({ title: { en: 'Mango tablets' }, startedOn: '2011', countries: ['IN'], outcome: 'partly-worked' })
  return { ...app, share }
}

test('the front page says how practices ended, in numbers that lead to them', async () => {
  const { get, share } = await appWithPractices()
  await share({ title: { en: 'No end told' }, outcome: undefined, startedOn: '1990' })

  const { body } = await get('/en')

  assert.match(body, /4 practices and their results/)
  assert.match(body, /href="\/en\/search\?kind=practice&amp;outcome=worked">[^]*?Worked: <strong>1<\/strong>/)
  assert.match(body, /Not stated: <strong>1<\/strong>/)
})

test('the newest practices are those that began last, not those that come first in the alphabet', async () => {
  const { get } = await appWithPractices()
  const { body } = await get('/en')
  const [, newest = ''] = /Newest practices<\/h2>([^]*?)<\/section>/.exec(body) ?? []
  const titles = ['Zebra radio', 'Mango tablets', 'Abacus by post']
  assert.deepEqual(
    titles.toSorted((a, b) => newest.indexOf(a) - newest.indexOf(b)),
    titles,
  )
  assert.ok(titles.every((title) => newest.includes(title)))
})

test('three doors lead into tasks, and every one of them opens', async () => {
  const { get, as } = await appWithPractices()
  await as('curator')('lessons.share', lesson)
  await as('curator')('resources.share', story)
  const { body } = await get('/en')
  const [, doors = ''] = /<div class="doors">([^]*?)<\/section>/.exec(body) ?? []
  const paths = [...doors.matchAll(/href="(\/en[^"]+)"/g)].map(([, path]) => path!.replaceAll('&amp;', '&'))
  assert.equal(paths.length, 11)
  for (const path of paths) assert.ok([200, 303].includes((await get(path)).statusCode), path)
})

test('each task on the front page is named in the language of the reader', async () => {
  const { get, as } = await appWithPractices()
  await as('curator')('resources.share', story)
  const [, doors = ''] = /<div class="doors">([^]*?)<\/section>/.exec((await get('/zh')).body) ?? []
  const tasks = [...doors.matchAll(/href="[^"]+">([^<]+)</g)].map(([, words]) => words!)
  assert.equal(tasks.length, 11)
  assert.deepEqual(
    tasks.filter((words) => !/\p{Script=Han}/u.test(words)),
    [],
  )
})

test('approaches stand beside one another with their figures, the feed beside its list, and each invitation once', async () => {
  const { get, as } = await appWithPractices()
  await as('curator')('approaches.share', { title: { en: 'Lessons by radio' }, originalLanguage: 'en' })
  const { body } = await get('/en')
  assert.match(body, /Approaches compared[^]*Strongest evidence[^]*Cost per learner[^]*Lessons by radio[^]*Not stated/)
  assert.match(body, /Newest practices[^]*kind=practice&amp;sort=newest[^]*class="feed-link"[^]*Nine areas/)
  for (const once of ['class="feed-link"', 'href="/en/lessons/anonymous"'])
    assert.equal(body.split(once).length, 2, once)
})

test('a node without any practice shows no empty heading', async () => {
  const { get } = await testApp()
  // The head names a feed, which may be empty.
  const [main = ''] = /<main[^]*<\/main>/.exec((await get('/en')).body) ?? []
  assert.match(main, /Start here/)
  for (const heading of ['their results', 'Newest practices', 'Lessons learned'])
    assert.ok(!main.includes(heading), heading)
})

test('a lesson stands on the front page with whether to do or to avoid it', async () => {
  const { get, as } = await appWithPractices()
  await as('curator')('lessons.share', lesson)
  assert.match((await get('/en')).body, /Do this<\/span>[^]*?Buy spare parts with the radios/)
})

test('how much there is of each kind stands on a page of its own, practices first, with what each is', async () => {
  const { get, as } = await appWithPractices()
  for (const name of ['A', 'B', 'C', 'D'])
    await as('curator')('organisations.share', { title: { en: name }, originalLanguage: 'en' })
  const { body } = await get('/en/numbers')
  assert.ok(body.indexOf('>Practices</a>') < body.indexOf('>Organisations</a>'))
  assert.match(body, /A ministry, school, university, agency/)
  assert.match(body, /href="\/en\/changes"/)
})

test('a translation made by a machine is marked wherever its title stands, and a title in another language says which', async () => {
  const { get, share, as } = await appWithPractices()
  const { id } = await share({ title: { en: 'Solar kits' }, startedOn: '2025' })
  await as('curator')('records.translate', {
    id,
    language: 'fr',
    revision: 1,
    machine: true,
    texts: { title: 'Kits solaires' },
  })
  const home = (await get('/fr')).body
  assert.match(home, /Kits solaires/)
  assert.match(home, /Traduction automatique/)
  assert.match((await get('/fr/search?q=zebra')).body, /class="mark">En anglais/)
  const page = (await get(`/fr/records/${id}`)).body
  assert.match(page, /Titre original \(anglais\)[^<]*<span lang="en"[^>]*>Solar kits/)
  const others = /Title in 1 other language[^]*?<\/details>/.exec((await get(`/en/records/${id}`)).body)![0]
  assert.match(others, /Kits solaires<\/span> <span class="mark">Machine translation/)
})
