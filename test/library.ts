/** A node with ways to fill and ask it, for tests of finding. */
import { testApp } from './app.ts'

type Shared = { id: string }

export async function library() {
  const app = await testApp()
  const curator = app.as('curator')
  const share = async (kind: string, body: object) => (await curator<Shared>(`${kind}.share`, body)).id
  const resource = (title: string, more: object = {}) =>
    share('resources', { title: { en: title }, originalLanguage: 'en', type: 'book', languages: ['en'], ...more })
  const practice = (title: string, more: object = {}) =>
    share('practices', { title: { en: title }, originalLanguage: 'en', type: 'practice', ...more })
  const search = (q: string, more: object = {}) => app.as()('search', { q, ...more })
  const titles = async (q: string, more: object = {}) =>
    (await search(q, more)).records.map(({ body }: any) => Object.values(body.title)[0])
  return { ...app, share, resource, practice, search, titles }
}
