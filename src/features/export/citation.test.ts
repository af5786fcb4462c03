/** What a reader takes into their own list of references. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../test/app.ts'

const english = (title: string) => ({ title: { en: title }, originalLanguage: 'en' })

async function cited(plural: string, body: object) {
  const { as, get } = await testApp()
  const { id } = await as('curator')(`${plural}.share`, body)
  const of = async (form: string) => (await get(`/records/${id}.${form}`)).body
  return {
    jsonld: JSON.parse(await of('jsonld')),
    csl: JSON.parse(await of('csl'))[0],
    bib: await of('bib'),
    ris: await of('ris'),
  }
}

const study = {
  ...english('Reading by radio'),
  citation: 'Otieno, A., & de Melo, G. (2019). Reading by radio. Journal of Radio, 3(1), 5–9. doi: 10.1000/radio.1',
}

test('a study is an article of its authors in its journal, read out of its citation', async () => {
  const { csl, bib, ris } = await cited('studies', study)
  assert.equal(csl.type, 'article-journal')
  assert.deepEqual(csl.author, [
    { family: 'Otieno', given: 'A.' },
    { family: 'de Melo', given: 'G.' },
  ])
  assert.deepEqual(
    [csl['container-title'], csl.volume, csl.issue, csl.page, csl.DOI, csl.issued['date-parts'][0][0]],
    ['Journal of Radio', '3', '1', '5–9', '10.1000/radio.1', 2019],
  )
  assert.match(
    bib,
    /^@article\{[^]*author = \{Otieno, A\. and de Melo, G\.\}[^]*journal = \{Journal of Radio\}[^]*pages = \{5--9\}/,
  )
  for (const line of ['TY  - JOUR', 'AU  - Otieno, A.', 'JO  - Journal of Radio', 'VL  - 3', 'SP  - 5', 'EP  - 9'])
    assert.ok(ris.split('\r\n').includes(line), line)
})

test('an organisation that wrote a report stays whole', async () => {
  const { csl, bib, ris, jsonld } = await cited('studies', {
    ...english('Fluency'),
    citation: 'Bill & Melinda Gates Foundation. (2014). Fluency. Seattle, WA: Author.',
  })
  assert.deepEqual([csl.type, csl.author], ['report', [{ literal: 'Bill & Melinda Gates Foundation' }]])
  assert.deepEqual(jsonld.author, [{ '@type': 'Organization', name: 'Bill & Melinda Gates Foundation' }])
  assert.match(bib, /^@techreport[^]*author = \{\{Bill \\& Melinda Gates Foundation\}\}/)
  assert.match(ris, /AU {2}- Bill & Melinda Gates Foundation\r\n/)
})

test('what was said of a study itself counts more than its citation', async () => {
  const { csl } = await cited('studies', { ...study, container: 'Radio Quarterly', publicationType: 'chapter' })
  assert.deepEqual([csl.type, csl['container-title'], csl.volume], ['chapter', 'Radio Quarterly', '3'])
})

test('a story is a book of who wrote it, a simulation is software', async () => {
  const story = await cited('resources', {
    ...english('The moon'),
    type: 'story',
    languages: ['en'],
    creators: [
      { name: 'Ursula Nafula', role: 'author' },
      { name: 'Rob Owen', role: 'illustrator' },
    ],
  })
  assert.deepEqual([story.csl.type, story.csl.author], ['book', [{ literal: 'Ursula Nafula' }]])
  assert.match(story.ris, /^TY {2}- BOOK/)
  const simulation = await cited('resources', { ...english('Waves'), type: 'simulation', languages: ['en'] })
  assert.match(simulation.bib, /^@software/)
})

test('translators, editors and who alone contributed are named; people are split where a comma says so', async () => {
  const book = await cited('resources', {
    ...english('Why?'),
    type: 'book',
    languages: ['en'],
    creators: [
      { name: 'Nafula, Ursula', role: 'editor' },
      { name: 'Translators without Borders', role: 'translator' },
    ],
    url: 'https://books.example/why',
    identifiers: ['urn:isbn:9783161484100'],
    publisher: 'Book House',
  })
  assert.deepEqual(book.csl.editor, [{ family: 'Nafula', given: 'Ursula' }])
  assert.deepEqual(book.csl.translator, [{ literal: 'Translators without Borders' }])
  assert.match(book.bib, /editor = \{Nafula, Ursula\}[^]*translator = \{\{Translators without Borders\}\}/)
  assert.match(book.bib, /isbn = \{9783161484100\}[^]*url = \{https:\/\/books\.example\/why\}/)
  for (const line of ['ED  - Nafula, Ursula', 'A4  - Translators without Borders', 'SN  - 9783161484100'])
    assert.ok(book.ris.split('\r\n').includes(line), line)
  assert.deepEqual(book.jsonld.translator, [{ '@type': 'Organization', name: 'Translators without Borders' }])
  assert.deepEqual(book.jsonld.editor, [
    { '@type': 'Person', name: 'Ursula Nafula', familyName: 'Nafula', givenName: 'Ursula' },
  ])
  const alone = await cited('resources', {
    ...english('Readers'),
    type: 'book',
    languages: ['en'],
    creators: [{ name: 'Book Dash volunteers', role: 'contributor' }],
  })
  assert.deepEqual(alone.csl.author, [{ literal: 'Book Dash volunteers' }])
  assert.match(alone.ris, /AU {2}- Book Dash volunteers\r\n/)
})

test('a question has one mark at its end', async () => {
  const { as, get } = await testApp()
  const { id } = await as('curator')('resources.share', { ...english('Why?'), type: 'book', languages: ['en'] })
  const page = (await get(`/en/records/${id}`)).body
  assert.match(page, /<p class="cite" dir="auto">Why\? /)
  assert.doesNotMatch(page, /Why\?\./)
})

const practice = {
  ...english('Radio lessons'),
  type: 'practice',
  startedOn: '2019',
  endedOn: '2021-06',
}

test('a practice is cited by its authors as they wish to be named, with the year in which it was published here; who ran it did not write it', async () => {
  const { as, get } = await testApp()
  const organisation = await as('curator')('organisations.share', english('Ministry of Radio'))
  const funder = await as('curator')('organisations.share', english('Rich Fund'))
  const { id, createdAt } = await as('curator')('practices.share', {
    ...practice,
    authors: [{ name: 'Otieno', given: 'Achieng', orcid: '0000-0002-1825-0097' }, { name: 'Radio Girl' }],
    organisations: [
      { organisation: organisation.id, role: 'lead' },
      { organisation: funder.id, role: 'funder' },
    ],
  })
  const year = createdAt.slice(0, 4)
  const csl = JSON.parse((await get(`/records/${id}.csl`)).body)[0]
  assert.deepEqual(csl.author, [{ family: 'Otieno', given: 'Achieng' }, { literal: 'Radio Girl' }])
  assert.deepEqual(csl.contributor, [{ literal: 'Ministry of Radio' }])
  assert.equal(String(csl.issued['date-parts'][0][0]), year)
  assert.deepEqual(csl['event-date']['date-parts'], [[2019], [2021, 6]])
  const page = (await get(`/en/records/${id}`)).body
  const cite = /<p class="cite" dir="auto">([^<]*)/.exec(page)![1]!
  assert.ok(cite.startsWith('Achieng Otieno and Radio Girl. Radio lessons. Carried out 2019–2021.'), cite)
  assert.ok(cite.includes(`(${year})`), cite)
  assert.match(page, /<ul class="byline"[^]*Achieng Otieno[^]*https:\/\/orcid\.org\/0000-0002-1825-0097/)
  const jsonld = JSON.parse((await get(`/records/${id}.jsonld`)).body)
  assert.equal(jsonld.author[0]['@id'], 'https://orcid.org/0000-0002-1825-0097')
  assert.equal(jsonld.author.length, 2)
  assert.equal(jsonld.contributor['@type'] ?? jsonld.contributor[0]['@type'], 'Organization')
  assert.match(
    (await get('/search.csv?kind=practice')).body,
    /changed_at,authors,[^]*,"?Otieno, Achieng; Radio Girl"?,/,
  )
  for (const form of ['bib', 'ris', 'csl']) {
    const whole = (await get(`/search.${form}?kind=practice`)).body
    assert.ok(whole.includes('Otieno') && !whole.includes('Rich Fund'), form)
    if (form !== 'csl') assert.ok(!whole.includes('Ministry of Radio'), form)
  }
})

test('lists of references take the abstract, the keywords and the language along', async () => {
  const { csl, bib, ris } = await cited('practices', {
    ...practice,
    summary: { en: 'Lessons by radio.\nThirty a term.', fr: 'Des leçons.' },
    description: { en: 'A long story.' },
    technologies: ['radio'],
    keywords: { en: ['nomads', 'herders, wells'], fr: ['nomades'] },
  })
  assert.equal(csl.abstract, 'Lessons by radio. Thirty a term.')
  assert.match(csl.keyword, /nomads, herders wells/)
  assert.match(bib, /abstract = \{Lessons by radio\.[^]*keywords = \{[^}]*nomads/)
  const lines = ris.split('\r\n')
  for (const line of [
    'AB  - Lessons by radio. Thirty a term.',
    'KW  - Broadcast radio',
    'KW  - nomads',
    'KW  - herders wells',
    'LA  - en',
  ])
    assert.ok(lines.includes(line), `${line}\n${ris}`)
})

test('who leaves the authors empty stays unnamed', async () => {
  const { csl, bib, jsonld } = await cited('practices', practice)
  assert.equal(csl.author, undefined)
  assert.doesNotMatch(bib, /author/)
  assert.equal(jsonld.author, undefined)
})

test('an ORCID iD with a wrong check digit is refused in words', async () => {
  const { as } = await testApp()
  await assert.rejects(
    as('curator')('practices.share', { ...practice, authors: [{ name: 'A', orcid: '0000-0002-1825-0098' }] }),
    ({ violations }: { violations: { place: string; rule: string }[] }) => {
      assert.deepEqual(
        violations.map(({ place, rule }) => [place, rule]),
        [['authors.0.orcid', 'orcid']],
      )
      return true
    },
  )
})
