/** A curator adds a site, a feed, a catalogue or a table by its address; what it describes comes, changes and goes. */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { outbound } from '#kernel/outbound.ts'
import { idOf } from '#records/identifier.ts'
import { records } from '#records/store.ts'
import { problemOf, testApp } from '../../../test/app.ts'
import { freshFolder } from '../../../test/temporary.ts'
import { person } from '../../../test/people.ts'
import { goOnHarvesting } from './run.ts'

type Served = string | Buffer | { status: number; headers?: Record<string, string> } | undefined

describe('harvesting by address', { concurrency: false }, async () => {
  /** What each host serves, by path, and what it was asked for. Answers carry an entity tag. */
  const sites = new Map<string, Record<string, Served>>()
  const asked: string[] = []
  const askedAt: number[] = []
  const server = createServer((request, response) => {
    const host = request.headers.host!.replace(/:\d+$/, '')
    const served = sites.get(host)?.[request.url!]
    if (request.url !== '/robots.txt') asked.push(`${host}${request.url}`)
    askedAt.push(performance.now())
    if (served === undefined) return void response.writeHead(404).end()
    if (typeof served === 'object' && 'status' in served)
      return void response.writeHead(served.status, served.headers).end()
    const etag = `"${Buffer.from(served).toString('base64url').slice(-24)}${served.length}"`
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end()
    response.writeHead(200, { etag }).end(served)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const resolveHost = async (host: string) => [
    { address: host.startsWith('inside.') ? '10.0.0.1' : '127.0.0.1', family: 4 },
  ]
  const node = await testApp({ fetch: outbound(resolveHost, (address) => address.startsWith('10.')) })
  const curator = node.as('curator')
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  const at = (host: string, path = '/') => `http://${host}:${port}${path}`
  const serve = (host: string, documents: Record<string, Served>) => void sites.set(host, documents)
  const goOn = (name: string) =>
    goOnHarvesting(
      {
        perform: node.app.running.perform,
        db: node.app.database.read,
        services: node.app.running.services,
        environment: node.app.environment,
        pauseMs: 0,
      },
      name,
    )
  const run = async (name: string, more: object = {}) => {
    asked.length = 0
    await curator('harvest.run', { name, ...more })
    await goOn(name)
    return (await curator('harvest.read', { name })).source
  }
  const lastRun = async (name: string) => (await curator('sources.runs', { name })).runs[0]
  const find = async (identifier: string) => records(node.app.database.read).find(idOf(identifier))
  const held = async (name: string) =>
    (await records(node.app.database.read).all(0, 10_000)).filter(
      ({ origin, status }) => origin?.collection === name && status === 'published',
    )

  const thing = (name: string, more: object = {}) => ({
    '@context': ['https://w3id.org/kim/amb/context.jsonld', { '@language': 'en' }],
    type: ['LearningResource', 'Book'],
    name,
    inLanguage: ['fr'],
    license: { id: 'https://creativecommons.org/licenses/by-sa/4.0/' },
    creator: [{ type: 'Person', name: 'Ada Diallo' }],
    keywords: ['radio', 'rural'],
    about: [{ id: 'https://example.org/maths', prefLabel: { de: 'Mathematik', en: 'Mathematics' } }],
    ...more,
  })
  const page = (name: string, more: object = {}) =>
    `<!doctype html><html><head><title>x</title><script type="application/ld+json">${JSON.stringify(thing(name, more)).replaceAll('<', '\\u003c')}</script></head><body></body></html>`
  const urlset = (host: string, pages: Record<string, string>) =>
    `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${Object.entries(pages)
      .map(([path, day]) => `<url><loc>${at(host, path)}</loc>${day && `<lastmod>${day}</lastmod>`}</url>`)
      .join('')}</urlset>`
  const index = (...addresses: string[]) =>
    `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${addresses.map((one) => `<sitemap><loc>${one}</loc></sitemap>`).join('')}</sitemapindex>`

  test('a site: its sitemap is found, its pages are read, and what changes, goes or comes back follows', async () => {
    const host = 'site.example'
    const documents: Record<string, Served> = {
      '/': '<html><head><title>A site</title></head></html>',
      '/robots.txt': `User-agent: *\nDisallow: /private\nSitemap: ${at(host, '/sitemap.xml')}`,
      '/sitemap.xml': index(at(host, '/pages.xml.gz')),
      '/pages.xml.gz': gzipSync(
        urlset(host, { '/1': '2026-01-01', '/2': '2026-01-01', '/3': '', '/about': '2026-01-01', '/private/4': '' }),
      ),
      '/1': page('One'),
      '/2': page('Two'),
      '/3': page('Three'),
      '/about': '<html><body>About us</body></html>',
    }
    serve(host, documents)
    const looked = await curator('harvest.check', { address: at(host) })
    assert.deepEqual(
      [looked.input, looked.address, looked.counts.read, looked.samples.map(({ title }: { title: string }) => title)],
      ['sitemap', at(host, '/sitemap.xml'), 3, ['One', 'Two', 'Three']],
    )
    assert.equal((await curator('harvest.list')).sources.length, 0, 'nothing is stored')
    const { name } = await curator('harvest.add', { address: at(host) })
    const first = await run(name)
    assert.deepEqual([first.problem, (await held(name)).length], [null, 3])
    const one = (await find(at(host, '/1')))!
    assert.deepEqual(
      [
        one.body['title'],
        one.body['type'],
        one.body['licence'],
        one.body['languages'],
        one.body['subjects'],
        one.body['keywords'],
      ],
      [{ fr: 'One' }, 'book', 'CC-BY-SA-4.0', ['fr'], ['0541'], { fr: ['radio', 'rural'] }],
    )
    // What robots.txt forbids is said, and the rest is read.
    const { refused } = await curator('harvest.read', { name })
    assert.deepEqual(
      refused.map(({ identifier, code, values }: never) => [identifier, code, values]),
      [[at(host, '/private/4'), 'documentUnread', { problem: 'robotsRefuse' }]],
    )
    // Nothing changed: sitemaps are asked whether they did, and pages of which they say no date.
    assert.equal((await run(name)).progress, null)
    assert.deepEqual(asked.toSorted(), [`${host}/3`, `${host}/pages.xml.gz`, `${host}/sitemap.xml`])
    // One changed, one is gone from the list, one answers that it is gone.
    documents['/1'] = page('One, revised')
    documents['/3'] = undefined
    documents['/4'] = page('Four')
    documents['/pages.xml.gz'] = gzipSync(
      urlset(host, { '/1': '2026-02-01', '/2': '2026-01-01', '/3': '', '/4': '2026-02-01' }),
    )
    await run(name)
    assert.ok(!asked.includes(`${host}/2`), 'its date says that it did not change')
    assert.deepEqual((await find(at(host, '/1')))!.body['title'], { fr: 'One, revised' })
    assert.equal((await find(at(host, '/3')))!.status, 'withdrawn')
    const { counts } = await lastRun(name)
    assert.deepEqual([counts.added, counts.changed, counts.withdrawn], [1, 1, 1])
    documents['/3'] = page('Three')
    documents['/pages.xml.gz'] = gzipSync(urlset(host, { '/1': '2026-02-01', '/2': '2026-01-01', '/3': '' }))
    await run(name)
    assert.deepEqual(
      [(await find(at(host, '/3')))!.status, (await find(at(host, '/4')))!.status],
      ['published', 'withdrawn'],
    )
    // A sitemap that fails for once takes nothing away.
    documents['/pages.xml.gz'] = { status: 500 }
    assert.equal((await run(name)).problem, null)
    assert.equal((await held(name)).length, 3)
  })

  test('a feed in AMB: an answer 304 costs one request; most of it gone at once is asked about', async () => {
    const host = 'feed.example'
    const list = (...names: string[]) =>
      JSON.stringify({
        name: 'Resources',
        '@graph': names.map((one) => thing(one, { id: `https://feed.example/${one}` })),
      })
    const documents: Record<string, Served> = { '/feed.json': list('A', 'B', 'C', 'D', 'E') }
    serve(host, documents)
    const looked = await curator('harvest.check', { address: at(host, '/feed.json') })
    assert.deepEqual(
      [looked.input, looked.repository, looked.size, looked.counts],
      ['feed', 'Resources', 5, { read: 5, refused: 0, unmapped: 0 }],
    )
    const { name } = await curator('harvest.add', { address: at(host, '/feed.json') })
    await run(name)
    assert.equal((await held(name)).length, 5)
    const before = (await lastRun(name)).id
    await run(name)
    assert.deepEqual([asked, (await lastRun(name)).id], [[`${host}/feed.json`], before])
    documents['/feed.json'] = list('A', 'B', 'C', 'D')
    await run(name)
    assert.deepEqual([(await lastRun(name)).counts.withdrawn, (await held(name)).length], [1, 4])
    documents['/feed.json'] = list('A')
    const guarded = await run(name)
    assert.deepEqual(
      [guarded.problem, (await held(name)).length],
      [{ code: 'mostIsGone', values: { held: 4, absent: 3 } }, 4],
    )
    assert.equal((await run(name)).problem.code, 'mostIsGone', 'it is not forgotten')
    const chen = await person(node, 'Chen', { roles: ['curator'] })
    await chen.open(`/en/harvest/${name}`)
    assert.match(chen.page, /Most of what the source gave is gone\. 3 of 4 records/)
    await chen.send(`/harvest/${name}/run`, { acceptLosses: 'yes' })
    while ((await curator('harvest.read', { name })).source.progress) await goOn(name)
    assert.equal((await held(name)).length, 1)
    // What a source no longer answers at all takes nothing away.
    documents['/feed.json'] = undefined
    assert.equal((await run(name)).problem.code, 'fetchFailed')
    assert.equal((await held(name)).length, 1)
  })

  test('a site that asks for a pause between requests gets it, and a page that failed is asked for again in the next run', async () => {
    const page = (n: number) =>
      `<!doctype html><title>x</title><script type="application/ld+json">${JSON.stringify(thing(`Page ${n}`, { url: at('slow', `/${n}`) }))}</script>`
    const urls = [1, 2, 3].map((n) => `<url><loc>${at('slow', `/${n}`)}</loc><lastmod>2026-01-01</lastmod></url>`)
    const documents = {
      '/robots.txt': 'user-agent: *\ncrawl-delay: 0.15\n',
      '/sitemap.xml': `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('')}</urlset>`,
      '/1': page(1),
      '/3': page(3),
    }
    serve('slow', { ...documents, '/2': { status: 500 } })
    const { name } = await curator('harvest.add', { address: at('slow', '/sitemap.xml') })
    askedAt.length = 0
    const first = await run(name)
    assert.equal(askedAt.length, 5)
    const gaps = askedAt.slice(1).map((time, i) => time - askedAt[i]!)
    assert.ok(Math.min(...gaps.slice(1)) > 140, gaps.join(' '))
    assert.deepEqual([first.problem, first.refused, (await held(name)).length], [null, 1, 2])

    serve('slow', { ...documents, '/2': page(2) })
    const second = await run(name)
    assert.deepEqual(asked.toSorted(), ['slow/2', 'slow/sitemap.xml'], 'only what failed')
    assert.deepEqual([second.problem, second.refused, (await held(name)).length], [null, 0, 3])
  })

  test('a site that asks to be left alone for no time, without end, is asked for a document ten times', async () => {
    const host = 'busy.example'
    serve(host, { '/feed.json': JSON.stringify([thing('One')]) })
    const { name } = await curator('harvest.add', { address: at(host, '/feed.json') })
    serve(host, { '/feed.json': { status: 503, headers: { 'retry-after': '0' } } })
    assert.equal((await run(name)).problem.code, 'fetchFailed')
    assert.equal(asked.length, 10)
  })

  test('a file that the operator checked out: read below the folder of the settings alone, and again when it changes', async () => {
    const folder = freshFolder()
    mkdirSync(join(folder, 'lessons'))
    const write = (title: string) =>
      writeFileSync(
        join(folder, 'lessons', 'CITATION.cff'),
        `cff-version: 1.2.0\nmessage: Cite it so\ntitle: ${title}\nabstract: Exercises with soil\nauthors:\n  - family-names: Rai\n    given-names: Asha\n  - name: Open Lessons\nkeywords: [soil]\nlicense: CC-BY-4.0\ndoi: 10.1234/soil\nurl: https://soil.example/\ndate-released: 2026-01-02\n`,
      )
    write('Soil')
    writeFileSync(
      join(folder, 'lessons', 'codemeta.json'),
      JSON.stringify(
        thing('Rivers', {
          '@context': 'https://w3id.org/codemeta/3.0',
          '@type': 'SoftwareSourceCode',
          url: 'https://rivers.example/',
        }),
      ),
    )
    const outside = freshFolder()
    writeFileSync(join(outside, 'secret.json'), JSON.stringify(thing('Secret')))
    symlinkSync(join(outside, 'secret.json'), join(folder, 'lessons', 'link.json'))

    assert.equal(
      await problemOf(curator('harvest.add', { address: 'folder:///lessons/CITATION.cff' })),
      'harvestFolderUnset',
    )
    node.app.running.services.harvestFolder = folder
    const { name, settings } = await curator('harvest.add', { address: 'folder:///lessons/CITATION.cff' })
    assert.equal(settings.input, 'citation')
    assert.equal((await run(name)).problem, null)
    const [soil] = await held(name)
    assert.deepEqual(
      [
        soil?.body['title'],
        soil?.body['creators'],
        soil?.body['licence'],
        soil?.body['publishedOn'],
        soil?.body['url'],
      ],
      [
        { en: 'Soil' },
        [
          { name: 'Rai, Asha', role: 'author' },
          { name: 'Open Lessons', role: 'author' },
        ],
        'CC-BY-4.0',
        '2026-01-02',
        'https://soil.example/',
      ],
    )
    assert.equal((await run(name)).problem, null)
    assert.equal((await held(name))[0]?.revision, 1, 'the same file changes nothing')
    write('Soil and water')
    await run(name)
    assert.deepEqual(
      (await held(name)).map(({ body, revision }) => [body.title, revision]),
      [[{ en: 'Soil and water' }, 2]],
    )

    const code = await curator('harvest.add', { address: 'folder:///lessons/codemeta.json' })
    assert.equal(code.settings.input, 'feed')
    for (const path of [
      'lessons/link.json',
      '../secret.json',
      '%2e%2e/secret.json',
      '..%2f..%2fetc/passwd',
      'none.json',
    ])
      assert.equal(await problemOf(curator('harvest.add', { address: `folder:///${path}` })), 'fileNotFound', path)

    serve('liar', {
      '/sitemap.xml':
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>folder:///lessons/codemeta.json</loc></url></urlset>',
    })
    const { name: liar } = await curator('harvest.add', { address: at('liar', '/sitemap.xml') })
    await run(liar)
    assert.equal((await held(liar)).length, 0, 'a site does not lead to files of the server')
  })

  test('a data catalogue: nested or a graph, with prefixes or whole addresses', async () => {
    const host = 'data.example'
    const dct = 'http://purl.org/dc/terms/'
    const documents: Record<string, Served> = {
      '/catalog.jsonld': JSON.stringify({
        '@context': 'https://elsewhere.example/context.jsonld',
        '@type': 'dcat:Catalog',
        'dcterms:title': { '@language': 'en', '@value': 'Open data' },
        'dcat:dataset': [
          {
            '@id': 'https://data.example/schools',
            '@type': 'dcat:Dataset',
            'dcterms:title': [
              { '@language': 'en', '@value': 'Schools' },
              { '@language': 'fr', '@value': 'Écoles' },
            ],
            'dcat:keyword': ['school', 'internet'],
            'dcterms:publisher': { '@type': 'foaf:Agent', 'foaf:name': 'Ministry of Education' },
            'dcat:landingPage': { '@id': 'https://data.example/schools/about' },
            'dcat:distribution': [
              {
                '@type': 'dcat:Distribution',
                'dcterms:license': { '@id': 'https://creativecommons.org/licenses/by/4.0/' },
                'dcat:mediaType': { '@id': 'https://www.iana.org/assignments/media-types/text/csv' },
              },
            ],
          },
        ],
      }),
      '/graph.jsonld': JSON.stringify({
        '@graph': [
          {
            '@id': 'https://data.example/c',
            '@type': 'http://www.w3.org/ns/dcat#Catalog',
            [`${dct}title`]: [{ '@value': 'A graph' }],
          },
          {
            '@id': 'https://data.example/p',
            '@type': 'http://xmlns.com/foaf/0.1/Organization',
            'http://xmlns.com/foaf/0.1/name': 'Statistics office',
          },
          {
            '@id': 'https://data.example/teachers',
            '@type': ['http://www.w3.org/ns/dcat#Dataset'],
            [`${dct}title`]: [{ '@value': 'Teachers' }],
            [`${dct}publisher`]: [{ '@id': 'https://data.example/p' }],
          },
        ],
      }),
    }
    serve(host, documents)
    const looked = await curator('harvest.check', { address: at(host, '/catalog.jsonld') })
    assert.deepEqual([looked.input, looked.repository, looked.counts.read], ['dcat', 'Open data', 1])
    assert.ok(!asked.some((one) => one.startsWith('elsewhere')), 'a context is never fetched')
    const { name } = await curator('harvest.add', { address: at(host, '/catalog.jsonld') })
    await run(name)
    const { body, origin } = (await find('https://data.example/schools'))!
    assert.deepEqual(
      [body.title, body['type'], body['publisher'], body['licence'], body['formats'], body['keywords'], origin!.url],
      [
        { en: 'Schools', fr: 'Écoles' },
        'other',
        'Ministry of Education',
        'CC-BY-4.0',
        ['text/csv'],
        { en: ['school', 'internet'] },
        'https://data.example/schools/about',
      ],
    )
    const graph = await curator('harvest.add', { address: at(host, '/graph.jsonld') })
    await run(graph.name)
    assert.equal((await find('https://data.example/teachers'))!.body['publisher'], 'Statistics office')
  })

  test('a table: columns mean what they are called or what a curator says; a refused row is mended on the page', async () => {
    const host = 'table.example'
    const documents: Record<string, Served> = {
      '/list.csv':
        'id;titre;Titel der Reihe;lien;langue;niveau\r\n7;Algèbre;Mathe leicht;https://table.example/a;fr;Wunderstufe\r\n8;;Leer;https://table.example/b;fr;\r\n',
      '/list.jsonl': '{"id":1,"name":"One","tags":["radio","rural"]}\n{"id":2,"name":"Two","author":{"name":"Ada"}}\n',
    }
    serve(host, documents)
    const plain = (body: string) => body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
    const chen = await person(node, 'Chen the second', { roles: ['curator'] })
    await chen.open('/en/harvest')
    const given = { address: at(host, '/list.csv'), everyHours: '0', prefix: 'oai_dc' }
    await chen.send('/harvest', { ...given, act: 'check' })
    assert.match(
      plain(chen.page),
      /Table \(CSV, JSON Lines\) · 2 records 2 records were looked at: 1 cannot be taken in, 1 value was not recognised\. Nothing is stored yet\./,
    )
    assert.match(chen.page, /name="columnName\.2" value="Titel der Reihe"/)
    assert.match(chen.page, /<option value="title" selected>/)
    await chen.send('/harvest', {
      ...given,
      act: 'add',
      'columnName.2': 'Titel der Reihe',
      'column.2': 'description',
    })
    const name = 'table-table-example'
    assert.match(chen.at, new RegExp(`/en/harvest/${name}$`))
    assert.equal((await run(name)).refused, 1)
    const key = (n: number) => `${at(host, '/list.csv')}#${n}`
    assert.deepEqual((await find(key(7)))!.body['description'], { fr: 'Mathe leicht' })
    await chen.open(`/en/harvest/${name}`)
    assert.match(plain(chen.page), /#8 There is no title\./)
    assert.match(plain(chen.page), /Wunderstufe Level/)
    const bytes = /<textarea[^>]*>\n([^<]*)<\/textarea>/.exec(chen.page)![1]!.replaceAll('&quot;', '"')
    await chen.send(`/harvest/${name}/retry`, { identifier: key(8), bytes: '{ broken' })
    assert.match(
      plain((await chen.open(`/en/harvest/${name}`)).body),
      /The record is not well formed \(This is not valid JSON/,
    )
    await chen.send(`/harvest/${name}/retry`, {
      identifier: key(8),
      bytes: bytes.replace('"titre": ""', '"titre": "Géométrie"'),
    })
    assert.doesNotMatch(plain((await chen.open(`/en/harvest/${name}`)).body), /Refused records/)
    assert.deepEqual((await find(key(8)))!.body['title'], { fr: 'Géométrie' })

    const lines = await curator('harvest.add', { address: at(host, '/list.jsonl'), columns: { author: '' } })
    await run(lines.name)
    const ofLine = (n: number) => find(`${at(host, '/list.jsonl')}#${n}`)
    assert.deepEqual((await ofLine(1))!.body['keywords'], { en: ['radio', 'rural'] })
    assert.deepEqual((await ofLine(2))!.body['creators'], undefined)
    assert.equal(
      await problemOf(
        curator('harvest.map', { name: lines.name, field: 'column', value: 'author.name', term: 'nothing' }),
      ),
      'invalid',
    )
    await curator('harvest.map', { name: lines.name, field: 'column', value: 'author.name', term: 'creator' })
    await run(lines.name)
    assert.deepEqual((await ofLine(2))!.body['creators'], [{ name: 'Ada', role: 'author' }])
  })

  test('what people here translated stays and the rest follows its source', async () => {
    const host = 'overlay.example'
    const documents: Record<string, Served> = {}
    const say = (name: string, description: string) =>
      void (documents['/feed.json'] = JSON.stringify([thing(name, { id: 'https://overlay.example/1', description })]))
    say('Radio', 'Leçons')
    serve(host, documents)
    const { name } = await curator('harvest.add', { address: at(host, '/feed.json') })
    await run(name)
    const identifier = 'https://overlay.example/1'
    const { id, revision } = (await find(identifier))!
    await curator('records.translate', { id, revision, language: 'en', texts: { title: 'Radio lessons' } })
    // Notes and keywords of this site stand apart, with who added them.
    const dina = await person(node, 'Dina', { roles: ['curator'] })
    await dina.open(`/en/records/${id}/additions`)
    const empty = await dina.send(`/records/${id}/additions`, { note: ' ', keywords: ',' })
    assert.equal(empty.status, 422)
    const foundBy = async (q: string) =>
      (await curator('search', { q })).records.some((record: { id: string }) => record.id === id)
    assert.equal(await foundBy('village'), false)
    assert.doesNotMatch((await node.get('/en/search?q=village')).body, /Radio lessons/)
    await dina.send(`/records/${id}/additions`, { note: 'Works offline.', keywords: 'offline, village' })
    // It is found by them at once, on the page that was kept too.
    assert.ok((await foundBy('village')) && (await foundBy('works offline')))
    assert.match((await node.get('/en/search?q=village')).body, /Radio lessons/)
    say('Radio pour tous', 'Des leçons')
    assert.equal((await run(name)).refused, 0)
    assert.ok(await foundBy('village'), 'after its source changed it')
    await node.app.rebuildSearch()
    assert.ok(await foundBy('village'), 'in an index made anew')
    const shown = (await node.get(`/en/records/${id}`)).body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
    assert.match(
      shown,
      /Radio lessons .*Added by this site .* Works offline\. Keywords: offline · village Dina · 2 January 2026/,
    )
    assert.doesNotMatch(shown, /Add a note/)
    const [addition] = (await curator('additions.list', { id })).additions
    const omar = await person(node, 'Omar')
    assert.equal((await omar.open(`/en/records/${id}/additions`)).status, 403)
    const after = (await find(identifier))!
    assert.deepEqual(
      [after.body.title, after.body['description'], after.translations['en']?.machine],
      [{ fr: 'Radio pour tous', en: 'Radio lessons' }, { fr: 'Des leçons' }, false],
    )
    assert.ok(after.translations['en']!.ofRevision < after.sourceRevision, 'it is older than its original')
    // The same again changes nothing, and a second change keeps it too.
    await run(name, { all: true })
    assert.equal((await find(identifier))!.revision, after.revision)
    say('Radio encore', 'Des leçons')
    await run(name)
    assert.deepEqual((await find(identifier))!.body.title, { fr: 'Radio encore', en: 'Radio lessons' })
    await dina.open(`/en/records/${id}/additions`)
    await dina.send(`/records/${id}/additions/${addition.id}/remove`, {})
    assert.deepEqual((await curator('additions.list', { id })).additions, [])
    assert.equal(await foundBy('village'), false)
    assert.ok(await foundBy('encore'))
    // What is gone from its source goes, though it was translated here.
    documents['/feed.json'] = JSON.stringify([thing('Another', { id: 'https://overlay.example/2' })])
    await run(name, { acceptLosses: true })
    assert.equal((await find(identifier))!.status, 'withdrawn')
  })

  test('hostile sites end with a reason, and nothing of theirs stays but what was whole', async () => {
    const host = 'hostile.example'
    const documents: Record<string, Served> = {}
    serve(host, documents)
    const check = () => problemOf(curator('harvest.check', { address: at(host, '/x') }))
    const cases: [string, Served, string][] = [
      ['gzip bomb', gzipSync(Buffer.alloc(40 * 1024 * 1024, 60)), 'tooLarge'],
      ['private address', { status: 302, headers: { location: 'http://inside.example/' } }, 'addressRefused'],
      [
        'entity bomb',
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>',
        'sourceUnrecognised',
      ],
      [
        'entity bomb within',
        '<urlset><!DOCTYPE x [<!ENTITY a "b">]><url><loc>&a;</loc></url></urlset>',
        'doctypeRefused',
      ],
      ['deep nesting', `${'['.repeat(500)}${']'.repeat(500)}`, 'tooDeep'],
      ['poison', '{"@type":"Book","name":"x","__proto__":{"a":1}}', 'malformedJson'],
      ['nothing known', 'Hello', 'sourceUnrecognised'],
      ['an empty page', '<html></html>', 'sourceUnrecognised'],
    ]
    for (const [what, served, code] of cases) {
      documents['/x'] = served
      assert.equal(await check(), code, what)
    }
    // An index within an index without end, and one that leads back to itself.
    for (let n = 0; n < 6; n++) documents[`/map${n}.xml`] = index(at(host, `/map${n + 1}.xml`))
    const chain = await curator('harvest.add', { address: at(host, '/map0.xml') })
    assert.equal((await run(chain.name)).problem.code, 'endlessList')
    assert.ok(asked.length < 6)
    documents['/round.xml'] = index(at(host, '/round.xml'))
    const round = await curator('harvest.add', { address: at(host, '/round.xml') })
    assert.deepEqual([(await run(round.name)).problem, asked.length], [null, 1])
    // Pages that lead inside, and addresses of others, are not followed; HTML is text no longer.
    documents['/pages.xml'] = urlset(host, { '/inside': '', '/good': '' }).replace(
      '</urlset>',
      '<url><loc>http://other.example/</loc></url></urlset>',
    )
    documents['/inside'] = { status: 302, headers: { location: 'http://inside.example/' } }
    documents['/good'] = page('<b onclick="x()">Good</b>', {
      description: '<script>alert(1)</script>Text',
      url: 'javascript:alert(1)',
    })
    const pages = await curator('harvest.add', { address: at(host, '/pages.xml') })
    await run(pages.name)
    assert.deepEqual(asked.toSorted(), [`${host}/good`, `${host}/inside`, `${host}/pages.xml`])
    const { body } = (await held(pages.name))[0]!
    assert.deepEqual([body['title'], body['description'], body['url']], [{ fr: 'Good' }, { fr: 'Text' }, undefined])
    const { refused } = await curator('harvest.read', { name: pages.name })
    assert.deepEqual(
      refused.map(({ values }: { values: unknown }) => values),
      [{ problem: 'addressRefused' }],
    )
  })
})
