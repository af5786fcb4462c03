/** A list is told by what it holds: who wrote a record has a name, whether or not this site has a record of them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { as } from '../../test/acting.ts'
import { testApp } from '../../test/app.ts'
import { person } from '../../test/people.ts'
import { practice } from '../../test/practice.ts'

const authors = [{ given: 'Awa', name: 'Diallo', orcid: '0000-0002-1825-0097' }, { name: 'Bakary Keïta' }]
const factAt = (page: string, name: string) =>
  new RegExp(`<dt>${name}</dt>\\s*<dd>([^]*?)</dd>`)
    .exec(page)![1]!
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')

test('who checks a draft, and who reads the summary of its record, sees the names of its authors', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const ask = as(node, amina)
  const { id } = await ask('drafts.begin', { kind: 'practice', language: 'en', values: { ...practice, authors } })
  await amina.open(`/fr/drafts/${id}/check`)
  assert.match(factAt(amina.page, 'Auteurs'), /Awa Diallo Identifiant ORCID 0000-0002-1825-0097 Bakary Keïta/)
  assert.doesNotMatch(amina.page, /pas sur ce site/)

  const { id: record } = await node.as('curator')('practices.share', { ...practice, originalLanguage: 'en', authors })
  const { body } = await node.get(`/records/${record}/summary`)
  assert.match(factAt(body, 'Authors'), /Awa Diallo [^]*Bakary Keïta/)
})

test('what a page shows in a part of its own is read where a draft is checked too: the steps of a promise', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const values = {
    title: { en: 'Radios for all schools' },
    milestones: [
      { what: { en: 'Half of the schools' }, dueOn: '2027' },
      { what: { en: 'All schools' }, dueOn: '2029' },
    ],
  }
  const { id } = await as(node, amina)('drafts.begin', { kind: 'commitment', language: 'en', values })
  await amina.open(`/en/drafts/${id}/check`)
  assert.match(factAt(amina.page, 'Milestones'), /Half of the schools · 2027 All schools · 2029/)
})

test('a record whose language nobody states says so', async () => {
  const { as: who, get } = await testApp()
  const { id } = await who('curator')<{ id: string }>('organisations.share', {
    title: { und: 'Radio para todos' },
    originalLanguage: 'und',
  })
  const told = async (language: string) => (await get(`/${language}/records/${id}`)).body
  assert.match(factAt(await told('en'), 'Original language'), /Not stated/)
  assert.match(factAt(await told('zh'), '原文语言'), /未说明/)
})
