/** Nearness of meaning, with a stand-in for the service: vectors of words, in which words of one meaning are one. */
import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { PassThrough } from 'node:stream'
import { readSettings } from '#kernel/config.ts'
import { outbound } from '#kernel/outbound.ts'
import { runShell } from '../../commands/shell.ts'
import { testApp, usualNow } from '../../../test/app.ts'
import { embeddings } from './store.ts'
import { embeddingsAt, usualPatienceMs } from './service.ts'
import { textsAtOnce } from './make.ts'

/** No list of the node knows these pairs. */
const meanings: Record<string, string> = {
  livestock: 'goats',
  wanderers: 'nomads',
  herds: 'goats',
  mbuzi: 'goats',
  hut: 'village',
}
const little = new Set(['of', 'from', 'how', 'do', 'the', 'in'])

/** Each word a direction of its own, by its letters. */
function vectorOf(text: string, dimensions: number): number[] {
  const vector: number[] = Array.from({ length: dimensions }, () => 0)
  for (const word of text.toLowerCase().match(/[\p{L}-]+/gu) ?? []) {
    if (little.has(word)) continue
    let hash = 7
    for (const letter of meanings[word] ?? word) hash = (hash * 31 + letter.codePointAt(0)!) % 1_000_003
    const at = hash % dimensions
    vector[at] = (vector[at] ?? 0) + 1
  }
  if (!vector.some(Boolean)) vector[0] = 1
  return vector
}

type Received = { path: string; authorization: string | undefined; model: string; input: string[] }
type Reply = (asked: Received, response: ServerResponse, usual: () => void) => void

async function standIn() {
  const asked: Received[] = []
  let answer: Reply = (_asked, _response, usual) => usual()
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const { model, input } = JSON.parse(text) as { model: string; input: string[] }
    const one = { path: request.url!, authorization: request.headers.authorization, model, input }
    asked.push(one)
    const data = input.map((each, index) => ({ index, embedding: vectorOf(each, model === 'small' ? 64 : 512) }))
    answer(one, response, () => response.end(JSON.stringify({ object: 'list', data: data.toReversed(), model })))
  }
  const server = createServer((request, response) => void reply(request, response)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/embeddings`
  return { asked, url, set: (next: Reply) => void (answer = next) }
}

const key = 'very-secret-key'

/** Readers wait longer here than they do, for the machine of a test may be busy. */
const longPatienceMs = 30_000

async function appWith({ isSet = true, patienceMs = longPatienceMs } = {}) {
  const service = await standIn()
  let at = usualNow.getTime()
  const node = await testApp({
    now: () => new Date(at),
    fetch: outbound(),
    ...(isSet && { embeddings: { url: service.url, model: 'words', key, patienceMs } }),
  })
  const curator = node.as('curator')
  const practice = async (title: string, more: object = {}): Promise<string> =>
    (await curator('practices.share', { title: { en: title }, originalLanguage: 'en', type: 'practice', ...more })).id
  const search = (q: string, more: object = {}) => node.as()('search', { q, ...more })
  const titles = (records: { body: { title: Record<string, string> } }[]) =>
    records.map(({ body }) => Object.values(body.title)[0])
  const near = async (q: string, more: object = {}) => titles((await search(q, more)).near)
  const kept = async () => embeddings(node.app.database.read).counts()
  return {
    ...node,
    ...service,
    practice,
    search,
    titles,
    near,
    kept,
    later: (ms: number) => void (at += ms),
    make: () => node.app.runtime.services.vectors.makeVectors(),
  }
}

const noise = ['Radio lessons', 'Solar panels', 'Maths games', 'Teacher coaching', 'Open textbooks', 'Village library']

async function libraryOfMeaning(options = {}) {
  const node = await appWith(options)
  for (const title of noise) await node.practice(title)
  await node.practice('Goats of nomads', { summary: { en: 'Nomads lead goats.' }, countries: ['KE'] })
  await node.make()
  return node
}

test('a question is answered by what means the same, though it holds none of the words', async () => {
  const { search, near, titles, get } = await libraryOfMeaning()
  const found = await search('livestock wanderers')
  assert.equal(found.total, 0, 'what is near is in no count')
  assert.deepEqual(titles(found.near), ['Goats of nomads'])
  assert.deepEqual(
    found.nearFoundBy.map((ways: number[]) => ways.map((way) => found.ways[way].kind)),
    [['meaning']],
  )
  assert.deepEqual(await near('livestock wanderers', { country: ['FR'] }), [], 'filters hold for it')
  assert.deepEqual(await near('livestock wanderers', { country: ['KE'] }), ['Goats of nomads'])
  assert.deepEqual(await near('livestock wanderers -goats'), [], 'and so do words that are not wanted')
  assert.deepEqual(await near('livestock wanderers', { exact: true }), [], 'only what was typed counts')
  const page = (await get('/en/search?q=livestock+wanderers')).body
  assert.match(page, /No record has all of your words[^]*Related records[^]*similar in meaning/)
  assert.match(page, /Goats of nomads[^]*Similar in meaning/)
  const account = (await get(`/en/search/explanations/${found.near[0].id}?q=livestock+wanderers`)).body
  assert.match(account, /compared the texts of this record with your question: similarity 0\.\d+/)
})

test('what holds the words stands first and is counted alone; what is near in meaning comes after it', async () => {
  const { practice, search, titles, make } = await libraryOfMeaning()
  await practice('Livestock of wanderers')
  await make()
  const found = await search('livestock wanderers')
  assert.deepEqual([found.total, titles(found.records)], [1, ['Livestock of wanderers']])
  assert.deepEqual(titles(found.near), ['Goats of nomads'])
})

test('a term of a thesaurus has no vector, for it answers no question', async () => {
  const { as, near, make } = await libraryOfMeaning()
  const english = { originalLanguage: 'en' }
  const { id } = await as('curator')('vocabularies.share', { ...english, title: { en: 'T' }, uri: 'urn:t' })
  await as('curator')('concepts.share', { ...english, title: { en: 'Goats' }, uri: 'urn:t:1', vocabulary: id })
  assert.equal(await make(), 1, 'the vocabulary has one')
  assert.deepEqual(await near('livestock'), ['Goats of nomads'])
})

test('editions of one work are near but once, and not at all where one of them holds the words', async () => {
  const { as, search, titles, make, practice } = await appWith()
  for (const title of noise) await practice(title)
  for (const [language, title] of [
    ['en', 'Goats'],
    ['fr', 'Goats chèvres'],
    ['sw', 'Goats bila'],
  ] as const)
    await as('curator')('resources.share', {
      title: { [language]: title },
      originalLanguage: language,
      type: 'story',
      languages: [language],
      work: '0123456789abcdef',
    })
  await make()
  assert.equal(titles((await search('livestock')).near).length, 1)
  const found = await search('bila')
  assert.deepEqual([titles(found.records), titles(found.near)], [['Goats bila'], []])
})

test('among equals, the one nearer in meaning stands first', async () => {
  const { practice, search, titles, make, later } = await appWith()
  for (const title of noise) await practice(title)
  await practice('Tablets hut', { summary: { en: 'At village' } })
  later(10_000)
  await practice('Tablets bees', { summary: { en: 'At village' } })
  assert.deepEqual(titles((await search('tablets village')).records), ['Tablets bees', 'Tablets hut'], 'newer first')
  await make()
  const found = await search('tablets village')
  assert.deepEqual([found.total, titles(found.records)], [2, ['Tablets hut', 'Tablets bees']])
  assert.deepEqual(titles((await search('tablets village', { sort: 'newest' })).records)[0], 'Tablets bees')
})

test('without the setting nobody is asked, and answers are as they were', async () => {
  const { asked, search, app: node, make } = await libraryOfMeaning({ isSet: false })
  const found = await search('livestock wanderers')
  assert.deepEqual([found.near, found.withoutMeaning, await make()], [[], undefined, 0])
  assert.equal(node.runtime.services.meaning, undefined)
  assert.deepEqual(asked, [])
})

test('each text is asked for once, in batches, and again only when it changes; what is withdrawn is forgotten', async () => {
  const { asked, practice, make, kept, as, near } = await appWith()
  const id = await practice('Goats')
  for (let i = 0; i < textsAtOnce + 3; i++) await practice(`Radio ${'abcdefghijklmnopqrstuvwxyz'[i]}`)
  assert.equal(await make(), textsAtOnce + 4)
  assert.deepEqual(
    asked.map(({ input }) => input.length),
    [textsAtOnce, 4],
  )
  assert.equal(await make(), 0)
  const body = { title: { en: 'Goats' }, originalLanguage: 'en', type: 'practice' }
  await as('curator')('practices.revise', { id, revision: 1, body: { ...body, countries: ['KE'] }, note: 'Where' })
  assert.equal(await make(), 0, 'neither title nor summary changed')
  const summary = { en: 'Herds for all' }
  await as('curator')('practices.revise', { id, revision: 2, body: { ...body, summary }, note: 'What' })
  assert.equal(await make(), 1)
  assert.deepEqual(asked.at(-1)!.input, ['Goats\nHerds for all'])
  assert.deepEqual(await near('livestock'), ['Goats'])
  await as('curator')('records.withdraw', { id, revision: 3, reason: 'No longer' })
  assert.deepEqual(await near('livestock'), [], 'at once, before its vector is gone')
  await make()
  assert.equal((await kept()).kept, textsAtOnce + 3)
})

test('the text is the title and the summary as they were written and in English', async () => {
  const { asked, as, make } = await appWith()
  await as('curator')('practices.share', {
    title: { sw: 'Redio', en: 'Radio', fr: 'La radio' },
    summary: { sw: 'Masomo', fr: 'Des cours' },
    originalLanguage: 'sw',
    type: 'practice',
  })
  await make()
  assert.deepEqual(asked[0]!.input, ['Redio\nMasomo\nRadio'])
})

test('the key is sent in its header and told nowhere', async () => {
  const { asked, make, practice, set, reported } = await libraryOfMeaning()
  assert.deepEqual(
    [...new Set(asked.map(({ authorization, path }) => `${path} ${authorization}`))],
    [`/v1/embeddings Bearer ${key}`],
  )
  await practice('Another')
  set((_asked, response) => void response.writeHead(401).end(key))
  const error = (await make().catch((one: unknown) => one)) as Error
  assert.equal((error as { code?: string }).code, 'fetchFailed')
  assert.doesNotMatch(`${error.stack} ${JSON.stringify(error)} ${JSON.stringify(reported)}`, new RegExp(key))
})

const rubbish: Record<string, Reply> = {
  'no vectors': (_asked, response) => void response.end('{"data":[]}'),
  'no JSON': (_asked, response) => void response.end('<html>'),
  null: (_asked, response) => void response.end('null'),
  'a vector of another length': (_asked, response) => void response.end('{"data":[{"embedding":[1,0,1]}]}'),
  'no numbers': (_asked, response) => void response.end('{"data":[{"embedding":[null,"1",{}]}]}'),
  NaN: (_asked, response) => void response.end(`{"data":[{"embedding":[${'NaN,'.repeat(511)}1]}]}`),
  'numbers without an end': (_asked, response) =>
    void response.end(`{"data":[{"embedding":[${'1e999,'.repeat(511)}1]}]}`),
  'nothing but zeros': (_asked, response) => void response.end(`{"data":[{"embedding":[${'0,'.repeat(511)}0]}]}`),
  'a huge body': (_asked, response) => void response.end(`{"data":[${' '.repeat(8_000_000)}]}`),
  'a redirect': (_asked, response) => void response.writeHead(307, { location: 'http://example.org/' }).end(),
  'an error': (_asked, response) => void response.writeHead(500).end(),
  'a line that is cut': (_asked, response) => void response.destroy(),
}

test('a service that answers rubbish changes nothing for readers, and no vector is made of it', async () => {
  const { search, titles, practice, set, kept, make, later } = await libraryOfMeaning()
  await practice('Clean water')
  const before = await kept()
  for (const [name, answer] of Object.entries(rubbish)) {
    set(answer)
    const found = await search(`livestock ${name.replaceAll(/\W/g, '')}`)
    assert.deepEqual([found.total, titles(found.near), found.withoutMeaning], [0, [], true], name)
    await assert.rejects(make(), { name: 'Problem' }, name)
    later(60_000)
  }
  assert.deepEqual(await kept(), before)
  set((_asked, _response, usual) => usual())
  assert.equal(await make(), 1)
  assert.deepEqual((await search('livestock wanderers')).withoutMeaning, undefined)
})

test('a service that hangs costs a reader a moment once; the page is made again when it answers', async () => {
  const {
    get,
    set,
    asked,
    app: node,
  } = await libraryOfMeaning({
    patienceMs: usualPatienceMs,
  })
  await node.runtime.services.meaning!.load()
  const waiting: (() => void)[] = []
  set((_asked, _response, usual) => void waiting.push(usual))
  assert.ok(usualPatienceMs < 1_000)
  assert.doesNotMatch((await get('/en/search?q=livestock+wanderers')).body, /Goats of/)
  assert.equal(waiting.length, 1, 'the page came though the service was asked and has not answered')
  assert.equal(asked.at(-1)!.input[0], 'livestock wanderers')
  const count = asked.length
  for (const answer of waiting) answer()
  // A late answer serves the next reader with the same question.
  let page = ''
  // Each waits a moment where the answer is not there yet.
  for (let i = 0; i < 200 && !page.includes('Goats of'); i++)
    page = (await get('/en/search?q=livestock+wanderers')).body
  assert.match(page, /Goats of nomads/)
  assert.equal(asked.length, count)
})

test('a service that fails is left alone for a while, so that it costs no reader any time', async () => {
  const { search, titles, set, asked, later } = await libraryOfMeaning()
  const count = asked.length
  set((_asked, response) => void response.destroy())
  assert.equal((await search('livestock home')).withoutMeaning, true)
  assert.equal((await search('livestock town')).withoutMeaning, true)
  assert.equal(asked.length, count + 1)
  set((_asked, _response, usual) => usual())
  later(11_000)
  assert.deepEqual(titles((await search('livestock town')).near), ['Goats of nomads'])
})

test('a text that the service refuses is left without a vector, and the others have theirs', async () => {
  const { set, make, kept, practice, near } = await appWith()
  for (const title of ['Goats', 'Too long for it', 'Radio']) await practice(title)
  set(({ input }, response, usual) =>
    input.some((text) => text.includes('Too long')) ? void response.writeHead(400).end() : usual(),
  )
  await make()
  assert.deepEqual(await kept(), { kept: 2, refused: 1 })
  assert.equal(await make(), 0, 'it is not asked for again')
  assert.deepEqual(await near('livestock'), ['Goats'])
  await practice('Another')
  set((_asked, response) => void response.writeHead(400).end())
  await assert.rejects(make(), { code: 'fetchFailed' }, 'where all is refused, no text is to blame')
  assert.deepEqual(await kept(), { kept: 2, refused: 1 })
})

async function shell(node: Awaited<ReturnType<typeof appWith>>, words: string[], model = 'words') {
  const [out, err] = [new PassThrough(), new PassThrough()] as unknown as [NodeJS.WriteStream, NodeJS.WriteStream]
  const { dataDir, databaseAddress, environment } = node.options
  const env = {
    DATA_DIR: dataDir,
    ...(databaseAddress.startsWith('postgres') && { DATABASE_URL: databaseAddress }),
    EMBEDDINGS_URL: node.url,
    EMBEDDINGS_MODEL: model,
    EMBEDDINGS_KEY: key,
  }
  const code = await runShell(words, { env, out, err, environment })
  const told = `${String((out as unknown as PassThrough).read() ?? '')}${String((err as unknown as PassThrough).read() ?? '')}`
  return { code, told }
}

test('another model means other vectors: all are made anew by command, and the doctor tells how it stands', async () => {
  const node = await libraryOfMeaning()
  const before = (await shell(node, ['doctor'])).told
  assert.match(before, /Semantic search\s+words: 7 records have a vector/)
  assert.match(before, /Embedding service\s+answers in \d+ ms/)
  assert.doesNotMatch(before, new RegExp(key))
  assert.match((await shell(node, ['doctor'], 'small')).told, /small: 0 records have a vector/)
  const { code, told } = await shell(node, ['embeddings', 'rebuild'], 'small')
  assert.deepEqual([code, /small: 7 records have a vector/.test(told)], [0, true], told)
  const { dimensions, model } = await embeddings(node.app.database.read).state()
  assert.deepEqual([dimensions, model], [64, 'small'])
  assert.deepEqual(await node.near('livestock wanderers'), [], 'vectors of two models are not compared')
  assert.equal(await node.make(), 7, 'the job of a house with the first model makes its own again')
  assert.deepEqual(await node.near('livestock wanderers'), ['Goats of nomads'])
  node.set((_asked, response) => void response.writeHead(503).end())
  assert.match((await shell(node, ['doctor'])).told, /Embedding service\s+no valid answer \(503\)/)
  assert.equal((await shell(node, ['embeddings', 'burn'])).code, 2)
})

test('a setting that is no address of such a service is told at the start', () => {
  const settings = (url: string, model = 'm') => readSettings({ EMBEDDINGS_URL: url, EMBEDDINGS_MODEL: model }, {})
  assert.equal(embeddingsAt(settings('')), undefined)
  assert.deepEqual(embeddingsAt(settings('http://10.0.0.7:11434/v1/embeddings')), {
    url: 'http://10.0.0.7:11434/v1/embeddings',
    model: 'm',
    key: '',
    patienceMs: usualPatienceMs,
  })
  for (const url of [
    'localhost:11434',
    'ftp://a.example/v1/embeddings',
    'http://a.example/v1',
    'http://u:p@a.example/v1/embeddings',
  ])
    assert.throws(() => embeddingsAt(settings(url)), { code: 'badSetting' }, url)
  assert.throws(() => embeddingsAt(settings('http://a.example/v1/embeddings', '')), { code: 'badSetting' })
})
