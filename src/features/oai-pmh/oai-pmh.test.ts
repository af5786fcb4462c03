/** A harvester asks a node by OAI-PMH: every verb, every format, every error; and what it is told as records change. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { openFolder } from '#kernel/folder.ts'
import { elementsOf, readXml, type XmlElement } from '#codecs/xml/read-xml.ts'
import { importSource } from '#records/sources/import.ts'
import { ingest } from '#records/sources/ingest.ts'
import { isDemonstration } from '#records/demonstration.ts'
import { records } from '#records/store.ts'
import { openApp } from '#app'
import { buildSite } from '../../server.ts'
import { testApp } from '../../../test/app.ts'
import { practice } from '../../../test/practice.ts'
import { faultsAgainstSchemas } from '../../../test/schemas.ts'
import { fixtures } from '../../../test/source-fixtures.ts'
import { formats } from './formats.ts'

let now = new Date('2026-01-02T03:04:05.678Z')
const later = (seconds: number) => (now = new Date(now.getTime() + seconds * 1_000))

describe('OAI-PMH', { concurrency: false }, async () => {
  const app = await testApp({ now: () => now })
  const answers = new Map<string, string>()
  after(() => answers.clear())

  for (const source of app.app.system.sources.values()) {
    const rows = join(fixtures, source.name, 'rows')
    if (existsSync(rows))
      await importSource(source, await openFolder(rows), (given, actor) =>
        app.app.perform(ingest, actor, { name: source.name, rows: given }),
      )
  }
  await app.app.followOwn()
  const held = await records(app.app.database.read).all(0, 10_000)
  const listed = held.filter((one) => !app.app.system.kinds.get(one.kind)!.isAid && !isDemonstration(one))

  const keep = (what: string, body: string): XmlElement => {
    answers.set(what, body)
    return readXml(body)
  }
  const ask = async (query: string, headers: Record<string, string> = {}) => {
    const { statusCode, body, headers: told } = await app.get(`/oai?${query}`, headers)
    assert.equal(statusCode, 200, String(app.reported))
    assert.match(String(told['content-type']), /^text\/xml/)
    return keep(query, body)
  }
  const codesOf = (root: XmlElement) => [...elementsOf(root, 'error')].map(({ attributes }) => attributes['code'])
  const texts = (root: XmlElement, name: string) => [...elementsOf(root, name)].map(({ text }) => text)
  const tokenOf = (root: XmlElement) => texts(root, 'resumptionToken')[0]
  /** Every page of a list, from the first on. */
  const all = async (verb: string, query: string) => {
    const pages = [await ask(`verb=${verb}&${query}`)]
    for (let token = tokenOf(pages[0]!); token; token = tokenOf(pages.at(-1)!))
      pages.push(await ask(`verb=${verb}&resumptionToken=${token}`))
    return pages
  }

  test('Identify tells who it is', async () => {
    const root = await ask('verb=Identify')
    assert.deepEqual(texts(root, 'protocolVersion'), ['2.0'])
    assert.deepEqual(texts(root, 'deletedRecord'), ['persistent'])
    assert.deepEqual(texts(root, 'granularity'), ['YYYY-MM-DDThh:mm:ssZ'])
    assert.deepEqual(texts(root, 'earliestDatestamp'), ['2026-01-02T03:04:05Z'])
    assert.deepEqual(texts(root, 'baseURL'), ['http://localhost:80/oai'])
  })

  test('every record is listed in each format that fits its kind, and each answer is valid', async () => {
    const root = await ask('verb=ListMetadataFormats')
    assert.deepEqual(
      texts(root, 'metadataPrefix'),
      formats.map(({ prefix }) => prefix),
    )
    const inAmb = listed.filter(({ kind }) => app.app.system.kinds.get(kind)!.amb)
    assert.ok(inAmb.length > 20 && new Set(listed.map(({ kind }) => kind)).size > 12, 'records of many kinds')
    for (const { prefix, isFor } of formats) {
      const pages = await all('ListRecords', `metadataPrefix=${prefix}`)
      const count = pages.flatMap((page) =>
        [...elementsOf(page, 'record')].filter((one) => one.children[0]?.name === 'header'),
      ).length
      assert.equal(count, (isFor ? inAmb : listed).length, prefix)
    }
  })

  test('a record is told by its identifier; what cannot be told is said by the code of the protocol', async () => {
    const [first] = listed.filter(({ kind }) => kind === 'resource')
    const id = `oai:local.qingdao.invalid:${first!.id}`
    const root = await ask(`verb=GetRecord&identifier=${id}&metadataPrefix=oai_dc`)
    assert.deepEqual(texts(root, 'identifier'), [id])
    assert.ok(texts(root, 'dc:title').includes(first!.body.title[first!.body.originalLanguage]!))
    assert.ok(texts(root, 'dc:identifier').some((one) => one.endsWith(`/records/${first!.id}`)))
    const whole = await ask(`verb=GetRecord&identifier=${id}&metadataPrefix=qingdao`)
    const [json] = [...elementsOf(whole, 'record')].filter((one) => one.attributes['mediaType'])
    const { number: _, ...record } = first!
    assert.deepEqual(JSON.parse(json!.text), record)
    const organisation = listed.find(({ kind }) => kind === 'organisation')!.id
    const wrong: Record<string, string> = {
      'verb=GetRecord&identifier=oai:elsewhere.example:1&metadataPrefix=oai_dc': 'idDoesNotExist',
      'verb=GetRecord&identifier=oai:local.qingdao.invalid:0000000000000000&metadataPrefix=oai_dc': 'idDoesNotExist',
      [`verb=GetRecord&identifier=${id}&metadataPrefix=marc21`]: 'cannotDisseminateFormat',
      [`verb=GetRecord&identifier=oai:local.qingdao.invalid:${organisation}&metadataPrefix=lom`]:
        'cannotDisseminateFormat',
      'verb=ListMetadataFormats&identifier=oai:elsewhere.example:1': 'idDoesNotExist',
      'verb=ListRecords&metadataPrefix=marc21': 'cannotDisseminateFormat',
      'verb=ListRecords&metadataPrefix=oai_dc&set=kind.nothing': 'noRecordsMatch',
      'verb=ListRecords&metadataPrefix=oai_dc&until=2001-01-01': 'noRecordsMatch',
      'verb=ListRecords&metadataPrefix=oai_dc&from=2099-01-01': 'noRecordsMatch',
      'verb=ListSets&resumptionToken=x': 'badResumptionToken',
      'verb=ListRecords&resumptionToken=made-up': 'badResumptionToken',
      'verb=ListRecords&resumptionToken=%26%3C': 'badResumptionToken',
    }
    for (const [query, code] of Object.entries(wrong)) assert.deepEqual(codesOf(await ask(query)), [code], query)
  })

  test('wrong arguments are all told, and the request is then not repeated', async () => {
    const wrong: Record<string, string[]> = {
      '': ['badVerb'],
      'verb=Harvest': ['badVerb'],
      'verb=Identify&verb=Identify': ['badVerb'],
      'verb=Identify&set=a': ['badArgument'],
      'verb=Identify&unknown=1': ['badArgument'],
      'verb=ListRecords': ['badArgument'],
      'verb=GetRecord': ['badArgument', 'badArgument'],
      'verb=GetRecord&identifier=%3Cscript%3E&metadataPrefix=oai_dc': ['badArgument'],
      'verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=mods': ['badArgument'],
      'verb=ListRecords&metadataPrefix=oai%20dc': ['badArgument'],
      'verb=ListRecords&metadataPrefix=oai_dc&set=a::b': ['badArgument'],
      'verb=ListRecords&metadataPrefix=oai_dc&from=yesterday': ['badArgument'],
      'verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30': ['badArgument'],
      'verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-02T03:04Z': ['badArgument'],
      'verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-02T00:00:00Z': ['badArgument'],
      'verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-03&until=2026-01-02': ['badArgument'],
      'verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x': ['badArgument'],
    }
    for (const [query, codes] of Object.entries(wrong)) {
      const root = await ask(query)
      assert.deepEqual(codesOf(root), codes, query)
      assert.deepEqual([...elementsOf(root, 'request')][0]!.attributes, {}, query)
    }
  })

  test('records are in sets by kind, area, collection, country and language', async () => {
    const sets = texts(await ask('verb=ListSets'), 'setSpec')
    for (const begins of ['kind.', 'area.', 'collection.', 'country.', 'language.'])
      assert.ok(
        sets.some((set) => set.startsWith(begins)),
        begins,
      )
    for (const set of sets.filter((one) => /^kind\.|^collection\./.test(one))) {
      const pages = await all('ListIdentifiers', `metadataPrefix=oai_dc&set=${set}`)
      const expected = listed.filter(
        ({ kind, origin }) => set === `kind.${kind}` || set === `collection.${origin?.collection}`,
      )
      assert.equal(pages.flatMap((page) => texts(page, 'identifier')).length, expected.length, set)
    }
  })

  test('a list goes on by tokens after a restart and over changes, and nothing is passed over', async () => {
    const first = await ask('verb=ListRecords&metadataPrefix=oai_dc')
    const { completeListSize, cursor } = [...elementsOf(first, 'resumptionToken')][0]!.attributes
    assert.deepEqual([Number(completeListSize), cursor], [listed.length, '0'])
    const token = tokenOf(first)!
    const seen = new Set(texts(first, 'identifier'))
    // One that was told and one that was not yet are changed, and one comes new.
    later(60)
    const changed = [listed[0]!, listed.at(-1)!]
    for (const { id, revision } of changed)
      await app.as('curator')('records.withdraw', { id, revision, reason: 'A test' })
    const fresh = await app.as('curator')('practices.share', { ...practice, originalLanguage: 'en' })
    // Another process with the same data takes over.
    const again = await openApp(app.options)
    const web = buildSite(again, {
      publicUrl: '',
      siteName: 'Qingdao',
      dataDir: app.folder,
      version: 'test',
      report: () => {},
    })
    const deleted = new Set<string>()
    for (let next: string | undefined = token; next;) {
      const { body } = await web.fastify.inject(`/oai?verb=ListRecords&resumptionToken=${next}`)
      const root = keep(`resumed ${seen.size}`, body)
      for (const header of elementsOf(root, 'header')) {
        const [identifier] = texts(header, 'identifier')
        seen.add(identifier!)
        if (header.attributes['status'] === 'deleted') deleted.add(identifier!)
      }
      next = tokenOf(root)
    }
    await web.fastify.close()
    await again.close()
    assert.deepEqual([...seen].map((one) => one.split(':')[2]).sort(), [...listed.map(({ id }) => id), fresh.id].sort())
    assert.deepEqual([...deleted].map((one) => one.split(':')[2]).sort(), changed.map(({ id }) => id).sort())
    for (const at of [0, 7, token.length - 1]) {
      const other = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
      assert.deepEqual(codesOf(await ask(`verb=ListRecords&resumptionToken=${other}`)), ['badResumptionToken'])
    }
    assert.deepEqual(codesOf(await ask(`verb=ListIdentifiers&resumptionToken=${token}`)), ['badResumptionToken'])
  })

  test('only what changed since is told to who asks from then on, by the day and by the second', async () => {
    for (const [from, count] of [
      ['2026-01-02T03:05:05Z', 3],
      ['2026-01-02', listed.length + 1],
      ['2026-01-02T03:05:06Z', 0],
    ] as const) {
      const pages = await all('ListIdentifiers', `metadataPrefix=oai_dc&from=${from}`)
      assert.equal(pages.flatMap((page) => texts(page, 'identifier')).length, count, from)
    }
    const gone = await ask(`verb=GetRecord&identifier=oai:local.qingdao.invalid:${listed[0]!.id}&metadataPrefix=oai_dc`)
    assert.equal([...elementsOf(gone, 'header')][0]!.attributes['status'], 'deleted')
    assert.equal([...elementsOf(gone, 'metadata')].length, 0)
  })

  test('a change that was begun before an answer and ended after it is stamped after it', async () => {
    const asked = now
    later(10)
    await ask('verb=Identify')
    // Whoever wrote it read the clock before.
    const [record] = listed.filter(({ kind }) => kind === 'resource').slice(-1)
    const before = now
    now = asked
    await app.as('curator')('records.withdraw', { id: record!.id, revision: record!.revision, reason: 'A test' })
    now = before
    const root = await ask(`verb=ListIdentifiers&metadataPrefix=oai_dc&from=${now.toISOString().slice(0, 19)}Z`)
    assert.equal(texts(root, 'identifier').length, 1)
  })

  test('POST asks the same, answers are compressed for who takes that, and who asks too fast is told to wait', async () => {
    const posted = await app.web.fastify.inject({
      method: 'POST',
      url: '/oai',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'verb=ListIdentifiers&metadataPrefix=oai_dc',
    })
    assert.ok(texts(keep('posted', posted.body), 'identifier').length > 100)
    const { rawPayload, headers } = await app.web.fastify.inject({
      url: '/oai?verb=ListSets',
      headers: { 'accept-encoding': 'gzip' },
    })
    assert.equal(headers['content-encoding'], 'gzip')
    assert.match(gunzipSync(rawPayload).toString(), /<ListSets>/)
    let refused
    for (let n = 0; n < 400 && !refused; n++) {
      const answer = await app.web.fastify.inject({ url: '/oai?verb=Identify', remoteAddress: '203.0.113.9' })
      if (answer.statusCode !== 200) refused = answer
    }
    assert.equal(refused?.statusCode, 503)
    assert.match(String(refused?.headers['retry-after']), /^\d+$/)
  })

  test('the harvester of Debian reads a set of several pages over the wire, by its tokens', async (t) => {
    const perl = promisify(execFile)
    const hasHarvester = await perl('perl', ['-MHTTP::OAI', '-e', '1']).then(
      () => true,
      () => false,
    )
    if (!hasHarvester) return t.skip('HTTP::OAI for Perl (Debian: libhttp-oai-perl) is not installed')
    const set = 'language.en'
    const pages = await all('ListRecords', `metadataPrefix=oai_dc&set=${set}`)
    assert.ok(pages.length > 1, `${pages.length} pages of ${set}`)
    const headers = pages.flatMap((page) => [...elementsOf(page, 'header')])
    const base = `${await app.web.fastify.listen({ port: 0, host: '127.0.0.1' })}/oai`
    const { stdout } = await perl('perl', [join(import.meta.dirname, 'harvest.pl'), base, 'oai_dc', set])
    const [identity, ...told] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'))
    assert.deepEqual(identity, ['2.0', base, 'persistent'])
    assert.deepEqual(
      told.map(([identifier, datestamp]) => [identifier, datestamp]),
      headers.map((header) => [texts(header, 'identifier')[0], texts(header, 'datestamp')[0]]),
    )
    // It takes U+0085 (next line) at an end for a space, as Perl does.
    const trimmed = (text = '') => text.replaceAll(/^[\s\u0085]+|[\s\u0085]+$/g, '')
    const titled = pages.flatMap((page) =>
      [...elementsOf(page, 'record')].map((one) => trimmed(texts(one, 'dc:title')[0])),
    )
    assert.deepEqual(
      told.map(([, , title]) => trimmed(title)),
      titled,
    )
    assert.ok(titled.filter(Boolean).length > 200, 'titles beyond the first page')
  })

  test('a node without records has no sets and no earlier datestamp than now', async () => {
    const empty = await testApp({ now: () => now })
    const { body } = await empty.get('/oai?verb=ListSets')
    assert.match(keep('no sets', body).children[2]!.attributes['code']!, /noSetHierarchy/)
    assert.deepEqual(texts(keep('empty', (await empty.get('/oai?verb=Identify')).body), 'earliestDatestamp'), [
      `${now.toISOString().slice(0, 19)}Z`,
    ])
  })

  test('all that was answered is valid', async () => {
    assert.ok(answers.size > 60, `${answers.size} answers`)
    assert.deepEqual(await faultsAgainstSchemas(answers), [])
    const [whole] = answers.values()
    assert.ok(
      (await faultsAgainstSchemas(new Map([['broken', whole!.replace('<adminEmail>', '<adminEmail>x ')]]))).length > 0,
    )
  })
})
