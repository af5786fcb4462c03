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
