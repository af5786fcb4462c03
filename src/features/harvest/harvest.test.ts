/** A curator adds a repository; its records come, change and go, whatever its server does. */
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { languages } from '#kernel/i18n/languages.ts'
import { outbound } from '#kernel/outbound.ts'
import { idOf } from '#records/identifier.ts'
import { records } from '#records/store.ts'
import { doJob, problemOf, testApp } from '../../../test/app.ts'
import { person } from '../../../test/people.ts'
import { dc, gone, list, oai, repository, type Page } from '../../../test/repository.ts'
import { readPage } from '#codecs/oai-pmh/read-response.ts'
import { cutItem, rowsOf } from './rows.ts'
import { goOnHarvesting } from './run.ts'

const start = Date.parse('2026-01-02T03:04:05.000Z')

async function harvesting(answer: Parameters<typeof repository>[0]) {
  const outside = await repository(answer)
  let at = start
  const node = await testApp({ now: () => new Date(at), fetch: outside.fetch })
  const curator = node.as('curator')
  const { name } = await curator('harvest.add', { address: outside.address })
  const goOn = () =>
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
  const read = async () => curator('harvest.read', { name })
  outside.asked.length = 0
  return {
    ...node,
    ...outside,
    name,
    curator,
    goOn,
    read,
    pass: (ms: number) => void (at += ms),
    run: async (all = false) => {
      await curator('harvest.run', { name, all })
      await goOn()
      await node.app.followOwn()
      return (await read()).source
    },
    held: async () =>
      (await records(node.app.database.read).all(0, 10_000)).filter(({ origin }) => origin?.collection === name),
    find: async (n: number | string) => records(node.app.database.read).find(idOf(`oai:repository.example:${n}`)),
    runs: async () => (await curator('sources.runs', { name })).runs,
  }
}

/** How `harvesting-process.ts` is told what to do. */
const fallIn = (args: readonly string[]) =>
  fork(new URL('../../../test/harvesting-process.ts', import.meta.url), args, { stdio: 'ignore' })

describe('harvesting', { concurrency: false }, () => {
  test('a source that is added while the node runs stands among the sources and licences, with what is said of it now', async () => {
    const world = await harvesting(() => oai(list(dc(1))))
    await world.run()
    const credit = async () =>
      new RegExp(`<section id="${world.name}"[^]*?</section>`).exec((await world.get('/en/credits')).body)?.[0] ?? ''
    assert.match(await credit(), new RegExp(world.address))
    await world.curator('harvest.change', {
      name: world.name,
      title: 'Lessons of the lake',
      settings: { licence: 'CC-BY-4.0' },
    })
    assert.match(await credit(), /<h2[^]*Lessons of the lake[^]*creativecommons\.org\/licenses\/by\/4\.0/)
  })

  test('records come with their origin, a second run changes nothing, and what changes or is deleted follows', async () => {
    let changed = ''
    const world = await harvesting((query) => {
      if (query.has('from')) return oai(list(changed) || '<error code="noRecordsMatch"/>')
      if (query.get('resumptionToken') === 'next') return oai(list(dc(3) + gone(4), '', ' cursor="2"'))
      return oai(
        list(
          dc(
            1,
            '<dc:type>Textbook</dc:type><dc:rights>https://creativecommons.org/licenses/by/4.0/</dc:rights><dc:subject>Mathematics</dc:subject><dc:subject>Knots &amp;amp; braids</dc:subject>',
          ) + dc(2),
          'next',
          ' completeListSize="4"',
        ),
      )
    })
    assert.equal((await world.run()).problem, null)
    assert.equal((await world.held()).length, 3)
    const first = (await world.find(1))!
    assert.deepEqual(first.origin, {
      collection: world.name,
      identifier: 'oai:repository.example:1',
      url: 'https://repository.example/1',
    })
    assert.equal(first.body['type'], 'book')
    assert.equal(first.body['licence'], 'CC-BY-4.0')
    assert.deepEqual(first.body['languages'], ['en'])
    assert.deepEqual(first.body['subjects'], ['0541'])
    assert.deepEqual(first.body['keywords'], { en: ['Knots & braids'] })
    // It asks from its last answer on, and a little before.
    changed = dc(1) + dc(2)
    await world.run()
    assert.match(world.asked.at(-1)!, /from=2026-01-02T02%3A54%3A05Z/)
    assert.equal((await world.find(2))!.revision, 1, 'the same record is no change')
    const before = (await world.held()).map(({ id, revision }) => `${id} ${revision}`)
    await world.run(true)
    await world.run(true)
    const after = (await world.held()).map(({ id, revision }) => `${id} ${revision}`)
    assert.equal(after.filter((one) => !before.includes(one)).length, 1, 'the first is as it was at first, once')
    changed = gone(2) + dc(5)
    await world.run()
    assert.equal((await world.find(2))!.status, 'withdrawn')
    changed = dc(2)
    await world.run()
    assert.equal((await world.find(2))!.status, 'published', 'what comes back is there again')
    assert.match([...world.agents].join(' '), /^Qingdao\/1 \(\+http:\/\/localhost:8080\)$/)
    // Its core is the source’s; the history can be looked at, and the last run undone.
    const { id, body } = first
    assert.equal(
      await problemOf(
        world.curator('resources.revise', {
          id,
          revision: (await world.find(1))!.revision,
          body: { ...body, title: { en: 'Ours' } },
        }),
      ),
      'harvestedRecord',
    )
    const [last] = await world.runs()
    assert.deepEqual([last.counts.changed, last.state], [1, 'done'])
    assert.match((await world.get('/records/' + id)).body, /A repository/)
  })

  test('what cannot be mapped is counted, and means what a curator says from the next run on', async () => {
    const world = await harvesting(() =>
      oai(
        list(
          dc(1, '<dc:type>Lernspiel</dc:type>') + dc(2, '<dc:type>Lernspiel</dc:type><dc:subject>Knots</dc:subject>'),
        ),
      ),
    )
    await world.run()
    assert.deepEqual((await world.read()).unmapped, [
      { field: 'type', value: 'Lernspiel', count: 2 },
      { field: 'subject', value: 'Knots', count: 1 },
    ])
    assert.equal((await world.find(1))!.body['type'], 'other')
    assert.equal(
      await problemOf(
        world.curator('harvest.map', { name: world.name, field: 'type', value: 'Lernspiel', term: 'game of chance' }),
      ),
      'invalid',
    )
    await world.curator('harvest.map', { name: world.name, field: 'type', value: 'Lernspiel', term: 'Exercise' })
    await world.run()
    assert.equal((await world.find(1))!.body['type'], 'exercise')
    assert.deepEqual(
      (await world.read()).unmapped.map(({ field }: { field: string }) => field),
      ['subject'],
    )
  })

  test('a record that cannot be read waits with its bytes and reason until it is mended, tried again or dismissed', async () => {
    const broken = dc(2).replace('</dc:title>', '</dc:titel>')
    const world = await harvesting(() =>
      oai(list(dc(1) + broken + dc(3).replace(/<dc:title>.*<\/dc:title>/, '') + dc(4))),
    )
    const told = await world.run()
    assert.deepEqual([told.refused, (await world.held()).length], [2, 2])
    const { refused } = await world.read()
    assert.deepEqual(
      refused.map(({ identifier, code }: { identifier: string; code: string }) => [identifier, code]),
      [
        ['oai:repository.example:2', 'malformedRecord'],
        ['oai:repository.example:3', 'titleMissing'],
      ],
    )
    assert.equal(refused[0].bytes, broken)
    const { name } = world
    const again = await world.curator('harvest.retry', { name, identifier: 'oai:repository.example:2' })
    assert.equal(again.refused, 1)
    const mended = await world.curator('harvest.retry', { name, identifier: 'oai:repository.example:2', bytes: dc(2) })
    assert.equal(mended.added, 1)
    await world.curator('harvest.dismiss', { name, identifier: 'oai:repository.example:3' })
    assert.deepEqual((await world.read()).refused, [])
  })

  test('servers of the real world: encodings, half pages, 503, redirects, wrong clocks, lost tokens', async () => {
    let half = 2
    let busy = 1
    let expired = 1
    const world = await harvesting((query) => {
      const token = query.get('resumptionToken')
      if (token === null) {
        if (busy-- > 0) return (response) => void response.writeHead(503, { 'retry-after': '0' }).end()
        const page = oai(
          list(dc(1, '<dc:description>\u00e9t\u00e9 &nbsp; R&D &#8;</dc:description>'), 'two'),
          '2099-01-01T00:00:00Z',
        ).replace('UTF-8', 'ISO-8859-1')
        return Buffer.from(page, 'latin1')
      }
      if (token === 'two') {
        const page = oai(list(dc(2) + dc(3), 'three'))
        return half-- > 0 ? page.slice(0, page.indexOf('Title 3')) : page
      }
      if (token === 'three')
        return expired-- > 0
          ? oai('<error code="badResumptionToken">expired</error>')
          : (response) => void response.writeHead(302, { location: '/moved?resumptionToken=four' }).end()
      return oai(list(dc(4)))
    })
    const told = await world.run()
    assert.equal(told.problem, null)
    assert.equal((await world.held()).length, 4)
    assert.match(
      (await world.find(1))!.body['description'] ? JSON.stringify((await world.find(1))!.body['description']) : '',
      /été\s+R&D/,
    )
    // A clock that is wrong by seventy years is not asked from.
    await world.run()
    assert.match(
      world.asked.find((one) => one.includes('from='))!,
      /from=2026-01-01T02%3A54%3A05Z/,
    )
    const short = await harvesting(() => oai(list(dc(1), '', ' completeListSize="500"')))
    assert.equal((await short.run()).problem.code, 'listEndsEarly')
    assert.equal((await short.held()).length, 1)
  })

  test('a server that asks to be left alone is, and the run goes on afterwards', async () => {
    let busy = true
    const world = await harvesting((query) => {
      if (query.get('resumptionToken') === null) return oai(list(dc(1), 'two'))
      return busy ? (response) => void response.writeHead(503, { 'retry-after': '600' }).end() : oai(list(dc(2)))
    })
    const waiting = await world.run()
    assert.equal(waiting.progress.notBefore, '2026-01-02T03:14:05.000Z')
    busy = false
    await world.goOn()
    assert.ok((await world.read()).source.progress, 'not before')
    world.pass(601_000)
    await world.goOn()
    assert.equal((await world.read()).source.progress, null)
    assert.equal((await world.held()).length, 2)
  })

  test('a server that asks to be left alone for no time, without end, is asked ten times and has failed', async () => {
    let isBusy = false
    const world = await harvesting(() =>
      isBusy ? (response) => void response.writeHead(429, { 'retry-after': '0' }).end() : oai(list(dc(1))),
    )
    isBusy = true
    const { problem, progress } = await world.run()
    assert.deepEqual([problem.code, progress, world.asked.length], ['fetchFailed', null, 10])
    isBusy = false
    assert.equal((await world.run()).problem, null, 'the next run is another')
  })

  test('who is told to come back at once waits a little all the same, and leaves the turn to others', async () => {
    let isBusy = false
    const world = await harvesting(() =>
      isBusy ? (response) => void response.writeHead(503, { 'retry-after': '0' }).end() : oai(list(dc(1))),
    )
    isBusy = true
    const { perform, services } = world.app.running
    const { environment, database } = world.app
    await world.curator('harvest.run', { name: world.name })
    await goOnHarvesting({ perform, db: database.read, services, environment, pauseMs: 6_000 }, world.name)
    assert.equal((await world.read()).source.progress.notBefore, '2026-01-02T03:04:11.000Z')
    assert.equal(world.asked.length, 1)
  })

  test('a process that is killed in the middle loses nothing: the next one goes on where it stopped', async () => {
    const pages = 12
    let reached = (_page: number) => {}
    const world = await harvesting((query) => {
      const page = Number(query.get('resumptionToken') ?? 0)
      const records = [0, 1, 2, 3, 4].map((n) => dc(page * 5 + n)).join('')
      const last = page === pages - 1
      return (response) => {
        reached(page)
        setTimeout(() => response.end(oai(list(records, last ? '' : String(page + 1)))), 20)
      }
    })
    await world.curator('harvest.run', { name: world.name })
    for (const until of [5]) {
      const child = fallIn([world.options.dataDir, world.options.databaseAddress, world.name])
      await new Promise<void>((resolve) => {
        reached = (page) => {
          if (page >= until) resolve()
        }
        child.once('exit', () => resolve())
      })
      child.kill('SIGKILL')
      await new Promise((resolve) =>
        child.exitCode === null && child.signalCode === null ? child.once('exit', resolve) : resolve(null),
      )
      const { progress } = (await world.read()).source
      assert.ok(progress && progress.pages >= until - 1 && progress.pages < pages, `${progress?.pages} pages`)
      assert.equal((await world.held()).length, progress.pages * 5, 'records and progress are one')
    }
    reached = () => {}
    await world.goOn()
    const held = await world.held()
    assert.deepEqual([held.length, held.every(({ revision }) => revision === 1)], [pages * 5, true])
    assert.equal(world.asked.filter((one) => one.includes('metadataPrefix')).length, 1, 'it never began again')
    assert.deepEqual((await world.runs())[0].counts.added, pages * 5)
  })

  test('a curator looks at a repository, adds it, runs it and sees what was refused, on pages', async () => {
    const outside = await repository(() =>
      oai(list(dc(1) + dc(2).replace('</dc:title>', '</dc:titel>') + dc(3, '<dc:type>Lernspiel</dc:type>'))),
    )
    const node = await testApp({ fetch: outside.fetch })
    const chen = await person(node, 'Chen', { roles: ['curator'] })
    const plain = (body: string) => body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
    await chen.open('/en/harvest')
    const wrong = await chen.send('/harvest', {
      address: 'https://inside.example/oai',
      prefix: 'oai_dc',
      everyHours: '0',
      act: 'add',
    })
    assert.equal(wrong.status, 422)
    assert.match(plain(wrong.body), /Address: /)
    const looked = await chen.send('/harvest', {
      address: outside.address,
      prefix: 'oai_dc',
      everyHours: '0',
      act: 'check',
    })
    assert.match(
      plain(looked.body),
      /A repository · Repository \(OAI-PMH\) · oai_dc 3 records were looked at: 1 cannot be taken in, 1 value was not recognised\. Nothing is stored yet\. Its first records: Title 1 Title 3 .*Lernspiel/,
    )
    assert.equal((await node.as('curator')('harvest.list')).sources.length, 0)
    await chen.send('/harvest', { address: outside.address, prefix: 'oai_dc', everyHours: '0', act: 'add' })
    assert.match(chen.at, /\/en\/harvest\/oai-repository-example$/)
    await chen.send('/harvest/oai-repository-example/run', {})
    let body = ''
    for (let n = 0; n < 500; n++) {
      const told = await chen.open('/en/harvest/oai-repository-example')
      body = told.body
      if (!told.headers.refresh) break
      await wait(20)
    }
    assert.match(
      plain(body),
      /Refused records 1 record was refused\..*oai:repository\.example:2 The record is not well formed/,
    )
    assert.match(body, /&lt;dc:title&gt;Title 2/)
    assert.match(plain(body), /Lernspiel Type 1/)
    await chen.send('/harvest/oai-repository-example/mapping', {
      field: 'type',
      value: 'Lernspiel',
      term: 'nothing known',
    })
    assert.match(plain(chen.page), /Term of this site: .*nothing known/)
    await chen.send('/harvest/oai-repository-example/dismiss', { identifier: 'oai:repository.example:2' })
    assert.doesNotMatch(plain((await chen.open('/en/harvest/oai-repository-example')).body), /Refused records/)
    for (const language of languages)
      assert.equal((await chen.open(`/${language}/harvest/oai-repository-example`)).status, 200)
    assert.match(plain((await chen.open('/en/sources/oai-repository-example')).body), /Imported/)
    const omar = await person(node, 'Omar')
    assert.equal((await omar.open('/en/harvest')).status, 403)
  })

  test('one node harvests another', async () => {
    const there = await testApp()
    const address = await there.web.fastify.listen({ port: 0, host: '127.0.0.1' })
    for (const title of ['One', 'Two', 'Three'])
      await there.as('curator')('resources.share', {
        title: { en: title },
        originalLanguage: 'en',
        type: 'book',
        languages: ['en'],
        url: `https://books.example/${title}`,
        licence: 'CC-BY-4.0',
        creators: [{ name: 'Ada Diallo', role: 'author' }],
        publisher: 'A publisher',
        subjects: ['0541'],
        levels: ['2'],
        keywords: { en: ['radio'] },
        description: { en: `About ${title}` },
      })
    // Each format of the other is read, and says as much of a resource as it can.
    const said = async (prefix: string) => {
      const answer = await fetch(`${address}/oai?verb=ListRecords&metadataPrefix=${prefix}&set=kind.resource`)
      const { rows } = rowsOf(readPage(await answer.text()).records.map(cutItem), {
        settings: { language: 'en', licence: '' } as never,
        mapping: {},
      })
      assert.equal(rows.length, 3, prefix)
      const { title, type, licence, creators, publisher, subjects, levels, keywords, description, url, languages } =
        rows[0]!.body as Record<string, unknown>
      return { title, type, licence, creators, publisher, subjects, levels, keywords, description, url, languages }
    }
    const whole = await said('qingdao')
    assert.deepEqual([whole.title, whole.levels], [{ en: 'One' }, ['2']])
    const unsaid = { levels: undefined }
    assert.deepEqual(await said('amb'), whole)
    assert.deepEqual(await said('mods'), { ...whole, ...unsaid })
    assert.deepEqual(await said('lom'), whole)
    assert.deepEqual(await said('datacite'), { ...whole, ...unsaid, type: 'other' })
    const here = await testApp({ fetch: outbound(undefined, () => false) })
    const { name } = await here.as('curator')('harvest.add', {
      address: `${address}/oai`,
      settings: { set: 'kind.resource' },
    })
    await here.as('curator')('harvest.run', { name })
    const { perform, services } = here.app.running
    await goOnHarvesting(
      { perform, services, db: here.app.database.read, environment: here.app.environment, pauseMs: 0 },
      name,
    )
    const { source } = await here.as('curator')('harvest.read', { name })
    assert.deepEqual([source.problem, source.refused], [null, 0])
    const held = await records(here.app.database.read).all(0, 100)
    assert.deepEqual(held.map(({ body }) => body.title.en).sort(), ['One', 'Three', 'Two'])
    assert.ok(held.every(({ body }) => body['type'] === 'book' && body['licence'] === 'CC-BY-4.0'))
  })

  test('where the work on one source fails as nobody foresaw, the other sources that are due are read all the same', async () => {
    const [first, second] = [await repository(() => oai(list(dc(1)))), await repository(() => oai(list(dc(2))))]
    let isOdd = false
    const node = await testApp({
      fetch: async (url, ...more) => {
        if (isOdd && url.includes(String(first.port))) throw new TypeError('not foreseen')
        return first.fetch(url, ...more)
      },
    })
    const curator = node.as('curator')
    for (const { address } of [first, second]) await curator('harvest.add', { address })
    isOdd = true
    await assert.rejects(doJob(node.app, 'harvest'), /not foreseen/, 'the job is known to have failed')
    const held = await records(node.app.database.read).all(0, 100)
    assert.deepEqual(
      held.map(({ body }) => body.title.en),
      ['Title 2'],
    )
  })

  test('hostile servers end with a reason, and nothing of theirs stays but what was whole', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    const external = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    const endless: Page = (response) => {
      response.writeHead(200, { 'content-type': 'text/xml' })
      const chunk = Buffer.alloc(1024 * 1024, ' ')
      const more = () => {
        while (response.writable && response.write(chunk));
      }
      response.on('drain', more)
      more()
    }
    const cases: [string, (query: URLSearchParams) => Page, string, number][] = [
      ['entity bomb', () => oai(list(dc(1))).replace('?>', `?>${bomb}`), 'doctypeRefused', 0],
      [
        'external entity',
        () => oai(list(dc(1, '<dc:subject>&a;</dc:subject>'))).replace('?>', `?>${external}`),
        'doctypeRefused',
        0,
      ],
      [
        'decompression bomb',
        () => (response) =>
          void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(40 * 1024 * 1024))),
        'tooLarge',
        0,
      ],
      ['endless document', () => endless, 'tooLarge', 0],
      ['no OAI-PMH', () => '<html><body>Not found</body></html>', 'malformedXml', 0],
      [
        'private address',
        () => (response) => void response.writeHead(302, { location: 'http://inside.example/latest/meta-data' }).end(),
        'addressRefused',
        0,
      ],
      ['the same token again and again', () => oai(list(dc(1), 'round')), 'endlessList', 1],
      [
        'empty pages without end',
        (query) => oai(list(query.has('metadataPrefix') ? dc(1) : '', `t${Math.random()}`)),
        'endlessList',
        1,
      ],
      ['deep nesting', () => oai(list(dc(1, '<a>'.repeat(500) + '</a>'.repeat(500)) + dc(2))), '', 1],
      [
        'robots',
        (query) => (query.has('robots') ? 'User-agent: *\nDisallow: /oai' : oai(list(dc(1)))),
        'robotsRefuse',
        0,
      ],
    ]
    let now: (query: URLSearchParams) => Page = () => oai(list(''))
    let known = await harvesting((query) => now(query))
    for (const [what, answer, code, count] of cases) {
      now = answer
      const told = await known.run(true)
      assert.equal(told.problem?.code ?? '', code, what)
      assert.equal((await known.held()).filter(({ status }) => status === 'published').length, count, what)
      for (const { id, revision } of (await known.held()).filter(({ status }) => status === 'published'))
        await known.curator('records.withdraw', { id, revision, reason: 'A test' })
      if (count > 0) known = await harvesting((query) => now(query))
    }
    now = () => oai(list(dc(7).replace('Title 7', '&lt;script&gt;alert(1)&lt;/script&gt;Seven \u202E evil')))
    await known.run(true)
    const seven = (await known.find(7))!
    assert.deepEqual(seven.body.title, { en: 'Seven  evil' })
  })
})
