/** The AMB form of resources and courses, judged by the JSON Schemas that the profile publishes (fixtures/amb). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readdirSync, readFileSync } from 'node:fs'
import { ambFaults } from '../../../test/amb-faults.ts'
import { appWithStory, story } from '../../../test/story.ts'

test('the examples that the profile publishes are judged as it says', () => {
  const folder = new URL('../../../fixtures/amb/examples/', import.meta.url)
  const judged = (kind: 'valid' | 'invalid') =>
    readdirSync(new URL(`${kind}/`, folder)).map((name) => ({
      name,
      faults: ambFaults(JSON.parse(readFileSync(new URL(`${kind}/${name}`, folder), 'utf8'))),
    }))
  const [valid, invalid] = [judged('valid'), judged('invalid')]
  assert.ok(valid.length > 30 && invalid.length > 30)
  assert.deepEqual(
    valid.filter(({ faults }) => faults.length > 0),
    [],
  )
  assert.deepEqual(
    invalid.filter(({ faults }) => faults.length === 0),
    [],
  )
})

test('a resource is given in the AMB profile by its ending or by what is asked for, and is valid', async () => {
  const { get, id } = await appWithStory()
  const answer = await get(`/records/${id}.amb`)
  assert.equal(answer.headers['content-type'], 'application/ld+json; profile="https://w3id.org/kim/amb/"')
  const value = answer.json()
  assert.deepEqual(ambFaults(value), [])
  assert.equal(value.learningResourceType[0].id, 'https://w3id.org/kim/hcrt/text')
  assert.equal(value.id, story.url)
  assert.equal(value.name, story.title.en)
  assert.deepEqual(value.license, { id: 'https://creativecommons.org/licenses/by/4.0/' })
  assert.equal(value.educationalLevel[0].id, 'https://w3id.org/kim/educationalLevel/level_1')
  assert.deepEqual(value.creator, [{ type: 'Person', name: 'Liz Ralfe' }])
  const asked = await get(`/records/${id}`, { accept: 'application/ld+json; profile="https://w3id.org/kim/amb/"' })
  assert.deepEqual(asked.json(), value)
  assert.match(
    String((await get(`/records/${id}`)).headers.link),
    /\.amb>; rel="describedby"; type="application\/ld\+json"; profile="https:\/\/w3id\.org\/kim\/amb\/"/,
  )
})

test('whatever a resource or a course says, its AMB form is valid', async () => {
  const { get, as } = await appWithStory()
  const faults: string[] = []
  const harvested = async (id: string) => {
    const { body } = await get(`/oai?verb=GetRecord&metadataPrefix=amb&identifier=oai:local.qingdao.invalid:${id}`)
    const element = /<amb [^>]*>([^]*)<\/amb>/.exec(body)
    assert.ok(element, body)
    return JSON.parse(element[1]!.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'))
  }
  const check = async (name: string, body: object) => {
    const { id } = await as('curator')(name, body)
    const value = (await get(`/records/${id}.amb`)).json()
    for (const fault of ambFaults(value)) faults.push(`${JSON.stringify(body)}: ${fault}`)
    assert.deepEqual(await harvested(id), value, 'a harvester reads the same')
  }
  const everything = {
    ...story,
    languages: ['tuv', 'sw', 'en-GB', 'zh-Hant'],
    levels: ['0', '4', '6', 'adult', 'teacher'],
    audiences: ['learner', 'developer', 'public'],
    subjects: ['061', '0011', '021', '10'],
    keywords: { en: ['birds', 'eagles'], sw: ['ndege'] },
    access: 'free-registration',
    publisher: 'African Storybook',
    creators: [
      { name: 'Liz Ralfe', role: 'author' },
      { name: 'bird99', role: 'illustrator' },
      { name: 'African Storybook Initiative', role: 'editor' },
    ],
    publishedOn: '2014',
    modifiedOn: '2020-02-29',
  }
  for (const licence of [
    'CC-BY',
    'CC0-1.0',
    'MIT',
    'BSD-3-Clause',
    'GPL-3.0-or-later',
    'GFDL',
    'ISC',
    'all-rights-reserved',
  ])
    await check('resources.share', { ...everything, licence })
  for (const type of ['book', 'simulation', 'course', 'tutorial', 'video', 'reference', 'exercise', 'other'])
    await check('resources.share', { ...everything, type })
  await check('resources.share', {
    title: { tuv: 'Akeny' },
    originalLanguage: 'tuv',
    type: 'story',
    languages: ['tuv'],
  })
  await check('courses.share', {
    title: { en: 'Java' },
    originalLanguage: 'en',
    languages: ['en'],
    provider: 'X',
    duration: '6 weeks',
  })
  assert.deepEqual(faults, [])
})

test('only resources and courses have an AMB form', async () => {
  const { get, as } = await appWithStory()
  const { id } = await as('curator')('practices.share', {
    title: { en: 'Radio' },
    originalLanguage: 'en',
    type: 'practice',
  })
  const { statusCode, headers } = await get(`/records/${id}.amb`)
  assert.equal(statusCode, 404)
  assert.match(String(headers['content-type']), /^application\/problem\+json/)
})
