import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import { test } from 'node:test'
import { responseCache, isKnown, isUnchanged, makeReady } from './response.ts'

const page = (text: string) =>
  makeReady({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: text, keep: true }, 'br')
const long = readFileSync(new URL('../../../docs/architecture.md', import.meta.url), 'utf8')

test('an answer asked for again becomes smaller, and stays the same answer', async () => {
  const cache = responseCache()
  const first = page(long)
  cache.put('/', first)
  assert.equal(cache.get('/'), first)
  while (cache.get('/') === first) await new Promise((resolve) => setTimeout(resolve, 2))
  const polished = cache.get('/')!
  assert.ok(polished.body.length < first.body.length)
  assert.equal(polished.headers['content-length'], polished.body.length)
  assert.equal(polished.etag, first.etag)
  assert.equal(brotliDecompressSync(polished.body).toString(), long)
})

test('an answer that is kept holds its own bytes alone, not the larger piece of memory that it was made in', async () => {
  const cache = responseCache()
  for (const text of [long, long.slice(0, 2_000), 'short']) {
    const first = page(text)
    assert.equal(first.body.buffer.byteLength, first.body.length)
    if (text === 'short') continue
    cache.put(text, first)
    while (cache.get(text) === first) await new Promise((resolve) => setTimeout(resolve, 2))
    const polished = cache.get(text)!
    assert.equal(polished.body.buffer.byteLength, polished.body.length)
  }
})

test('what was made before a change does not come back after it', async () => {
  const cache = responseCache()
  cache.put('/', page(long))
  cache.get('/')
  cache.clear()
  const newer = page(`${long} newer`)
  cache.put('/', newer)
  await new Promise((resolve) => setTimeout(resolve, 50))
  assert.equal(cache.get('/'), newer)
})

test('the shelf holds only so much, and lets the oldest go', () => {
  const cache = responseCache(200_000)
  for (let i = 0; i < 400; i++) cache.put(`/${i}`, page(`${i}`))
  assert.equal(cache.get('/0'), undefined)
  assert.ok(cache.get('/399'))
})

test('an entity tag is known in any of its forms', () => {
  const { etag } = page('x')
  assert.ok(isKnown(etag, etag) && isKnown(`"a", ${etag}`, etag) && isKnown('*', etag) && isKnown(etag.slice(2), etag))
  assert.ok(!isKnown('"other"', etag) && !isKnown(undefined, etag))
})

test('who asks by date is told what has not changed since; an entity tag goes before a date', () => {
  const answer = { status: 200, headers: {}, body: 'x', keep: true }
  const ready = makeReady({ ...answer, changedAt: '2026-01-02T03:04:05.678Z' }, undefined)
  const since = (date: string, tag?: string) =>
    isUnchanged({ 'if-modified-since': date, ...(tag !== undefined && { 'if-none-match': tag }) }, ready)
  assert.ok(since('Fri, 02 Jan 2026 03:04:05 GMT') && since('Sat, 03 Jan 2026 00:00:00 GMT'))
  assert.ok(!since('Fri, 02 Jan 2026 03:04:04 GMT') && !since('yesterday') && !isUnchanged({}, ready))
  assert.ok(!since('Sat, 03 Jan 2026 00:00:00 GMT', '"other"') && since('yesterday', ready.etag))
  const undated = makeReady(answer, undefined)
  assert.ok(!isUnchanged({ 'if-modified-since': 'Sat, 03 Jan 2099 00:00:00 GMT' }, undated))
})

test('what is made ready after an answer leaves that answer as it was', () => {
  const texts = ['short', 'x'.repeat(700), 'é'.repeat(5_000), '学'.repeat(400_000)]
  const made = texts.map((body) =>
    makeReady({ status: 200, headers: { 'content-type': 'text/plain' }, body, keep: true }, undefined),
  )
  assert.deepEqual(
    made.map(({ body }) => body.toString()),
    texts,
  )
})
