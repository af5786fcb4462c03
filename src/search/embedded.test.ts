/** A map or a chart of what was found, for pages of other sites: in a frame, and as plain HTML. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../test/app.ts'
import { htmlFaults } from '../../test/html-faults.ts'

const node = await testApp()
const share = (title: string, more: object) =>
  node.as('curator')('practices.share', { title: { en: title }, originalLanguage: 'en', type: 'practice', ...more })
await share('Radio in Kenya', { countries: ['KE'], levels: ['1'] })
await share('Radio in Kenya, again', { countries: ['KE'], levels: ['1', '2'] })
await share('Radio in Peru', { countries: ['PE'], levels: ['2'] })
const { get } = node

const table = /<th scope="row"><a href="(http:\/\/[^"]+)">Kenya<\/a><\/th>\s*<td>2<\/td>/

test('a map stands in a frame, with its table, and leads to the site in a new window', async () => {
  const answer = await get('/en/embed/search?q=radio&view=map')
  assert.match(String(answer.headers['content-security-policy']), /frame-ancestors \*/)
  assert.match(answer.body, /<base target="_blank"/)
  assert.match(answer.body, /<svg class="world"[^]*Kenya: 2[^]*<table>[^]*Kenya/)
  assert.doesNotMatch(answer.body, /<form|<script|<ol class="cards"/)
  assert.match((await get('/en/embed/search?q=radio&view=charts')).body, /<figure class="chart/)
  assert.match((await get('/en/embed/search?q=radio&view=table')).body, /<ol class="cards"/, 'tables are too wide')
  assert.match((await get('/en/embed/search?q=zzzz&view=map')).body, /class="notice"/)
})

test('as plain HTML a map is a drawing with its numbers as a table, and needs nothing of ours but the shape of the world', async () => {
  const piece = await get('/ar/embed/search/html?q=radio&view=map')
  assert.match(String(piece.headers['content-type']), /^text\/plain/)
  assert.equal(piece.headers['access-control-allow-origin'], '*')
  assert.match(piece.body, /^<figure lang="ar" dir="rtl">\s*<svg role="img" aria-label="[^"]*radio[^"]*"/)
  assert.doesNotMatch(piece.body, /<form|<script|<style|<link|class=|href="\//)
  const [, picture] = /<image href="http:\/\/[^/"]+(\/[^"]+)"/.exec(piece.body)!
  assert.equal((await get(picture!)).statusCode, 200)

  const english = (await get('/en/embed/search/html?q=radio&view=map')).body
  const [, address] = table.exec(english)!
  const found = await get(
    new URL(address!.replaceAll('&amp;', '&')).pathname + new URL(address!.replaceAll('&amp;', '&')).search,
  )
  assert.match(found.body, /Radio in Kenya, again/)
  assert.doesNotMatch(found.body, /Radio in Peru/)
  assert.match(english, /<a href="http:\/\/[^"]+\/en\/search\?q=radio&amp;view=map">/)
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>Elsewhere</title></head><body><main><h1>Ours</h1>${english}</main></body></html>`
  assert.deepEqual(await htmlFaults(page), [])
})

test('as plain HTML a chart is a table with bars, of the filter that was chosen', async () => {
  const piece = (await get('/en/embed/search/html?q=radio&view=charts&of=level')).body
  assert.match(
    piece,
    /<th scope="col">Education level<\/th>[^]*Primary education<\/a><\/th><td><span style="[^"]*100px/,
  )
  assert.match((await get('/en/embed/search/html?q=radio&view=timeline')).body, /<table>/)
})

test('the page of a search offers what it shows: the list, or the map', async () => {
  const shown = async (query: string) => (await get(`/en/search?${query}`)).body
  assert.match(await shown('q=radio'), /\/embed\/search\?q=radio&quot;/)
  assert.match(await shown('q=radio&view=map'), /\/embed\/search\?q=radio&amp;view=map&quot;/)
  assert.match(await shown('q=radio&view=map'), /\/embed\/search\/html\?q=radio&amp;view=map/)
})
