/** What every answer says to browsers, so that a page does only what the node made it for. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from './app.ts'

test('every answer has the usual security headers, and no page holds inline scripts or styles', async () => {
  const { get, as } = await testApp()
  const { id } = await as('curator')('organisations.share', { title: { en: 'Ministry' }, originalLanguage: 'en' })
  for (const path of ['/', '/search?q=ministry', `/records/${id}`, '/map', '/nowhere', '/api/search', '/sign-in']) {
    const answer = await get(path)
    assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/)
    assert.doesNotMatch(String(answer.headers['content-security-policy']), /unsafe/)
    assert.equal(answer.headers['x-content-type-options'], 'nosniff')
    assert.doesNotMatch(
      answer.body,
      /<style|style="|onclick=|<script(?! type="application\/ld\+json"| src="\/assets\/)/,
    )
  }
})

test('a style or script bears only what concerns it: half a kilobyte less for each file of a first visit', async () => {
  const { get } = await testApp()
  const named = [...(await get('/en')).body.matchAll(/"(\/assets\/[^"#]+)/g)].map(([, path]) => path!)
  assert.ok(named.some((path) => path.endsWith('.css')) && named.some((path) => path.endsWith('.svg')))
  for (const path of named) {
    const { headers } = await get(path)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    const isPart = /\.(?:css|js)$/.test(path)
    assert.equal(headers['content-security-policy'] === undefined, isPart, `${path}: a picture can be opened by itself`)
  }
})

test('a node that is met over TLS tells browsers to come by nothing else; one that is not, does not', async () => {
  const open = await testApp()
  const closed = await testApp({ address: 'https://qingdao.example.org' })
  for (const path of ['/en', '/api/search', '/nowhere', '/health']) {
    assert.equal((await open.get(path)).headers['strict-transport-security'], undefined)
    assert.match(String((await closed.get(path)).headers['strict-transport-security']), /^max-age=\d{8}$/)
    assert.match(String((await closed.get(path)).headers['strict-transport-security']), /^max-age=\d{8}$/, 'kept, too')
  }
})
