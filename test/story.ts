/** A node with one record, for tests of pages. */
import { testApp } from './app.ts'

export const story = {
  title: { en: 'The Clever Little Bird', sw: 'Ndege mdogo mwerevu' },
  originalLanguage: 'en',
  type: 'story',
  languages: ['en'],
  licence: 'CC-BY-4.0',
  creators: [{ name: 'Liz Ralfe', role: 'author' }],
  url: 'https://example.org/bird',
  publishedOn: '2014-05-06',
  levels: ['1'],
  description: { en: 'A bird outwits an eagle.' },
}

export async function appWithStory() {
  const app = await testApp()
  const { id } = await app.as('curator')('resources.share', story)
  return { ...app, id }
}
