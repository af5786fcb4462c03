/** Of the practices of the world, whatever one record says of another stands on the pages of both. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seedFolder } from '../../commands/seed.ts'
import { kinds } from '#app'
import { testApp } from '../../../test/app.ts'
import { readDump } from '#features/dump/dump.ts'
import { fieldsOf } from '#records/field-plan.ts'
import type { StoredRecord } from '#records/record.ts'
import { importer } from '#records/sources/import.ts'
import { ingest } from '#records/sources/ingest.ts'

const linking = ['practice', 'lesson', 'study', 'evidence', 'approach']
const isOurs = ({ origin }: Pick<StoredRecord, 'origin'>) =>
  origin?.collection === 'practices-world' || origin?.collection === 'approaches'

/** A node with these records of the seed, and the organisations that they name. */
async function withWorld() {
  const all: Omit<StoredRecord, 'number'>[] = []
  for (const name of [...linking, 'organisation'])
    for await (const record of readDump(seedFolder, `${name}.jsonl.gz`)) all.push(record)
  const ours = all.filter(isOurs)
  const named = new Set(
    ours.flatMap(({ body }) =>
      ((body['organisations'] ?? []) as { organisation: string }[]).map(({ organisation }) => organisation),
    ),
  )
  const node = await testApp()
  const rows = [...ours, ...all.filter(({ id, kind }) => kind === 'organisation' && named.has(id))]
  for (const [collection, of] of Map.groupBy(rows, ({ origin }) => origin?.collection ?? ''))
    for (let from = 0; from < of.length; from += 500)
      await node.app.perform(ingest, importer(collection), {
        name: collection,
        rows: of.slice(from, from + 500).map(({ kind, origin, body }) => ({
          place: 'seed',
          kind,
          identifier: origin!.identifier,
          body,
        })),
      })
  await node.app.followOwn()
  return { ...node, records: new Map(rows.map((record) => [record.id, record])) }
}

const node = await withWorld()
const pages = new Map<string, string>()
const pageOf = async (id: string): Promise<string> => {
  const read = pages.get(id) ?? (await node.get(`/en/records/${id}`)).body
  pages.set(id, read)
  return read
}
/** All of a list that is too long for a page stand behind one link. */
const leadsTo = (page: string, from: string, to: string, rel: string) =>
  page.includes(`/records/${to}`) || page.includes(`linked=${encodeURIComponent(`${rel}:${from}`)}`)

test('each link of a practice, lesson, study, finding or approach shows on the pages of both', async () => {
  const seen: Record<string, number> = {}
  const missing: string[] = []
  for (const { id, kind, body } of node.records.values())
    for (const { field, name, valuesIn } of fieldsOf(kinds.get(kind)!)) {
      if (!field.rel) continue
      for (const to of valuesIn(body) as string[]) {
        const other = node.records.get(to)
        if (!other) continue
        const way = `${kind} ${name} ${other.kind}`
        seen[way] = (seen[way] ?? 0) + 1
        if (!leadsTo(await pageOf(id), id, to, field.rel)) missing.push(`${way}: ${id} does not show ${to}`)
        if (!leadsTo(await pageOf(to), to, id, field.rel)) missing.push(`${way}: ${to} does not show ${id}`)
      }
    }
  assert.deepEqual(missing.slice(0, 20), [], `${missing.length} are missing`)
  for (const [way, most] of Object.entries({
    'practice evidence evidence': 60,
    'practice organisations.organisation organisation': 250,
    'practice approaches approach': 90,
    'lesson practices practice': 100,
    'evidence study study': 60,
  }))
    assert.ok(seen[way]! >= most, `${way}: ${seen[way]}, of ${JSON.stringify(seen)}`)
})

test('a study lists what it found, which way and how surely, and the practices that rest on it', async () => {
  const findings = [...node.records.values()].filter(({ kind }) => kind === 'evidence')
  const practices = [...node.records.values()].filter(({ kind }) => kind === 'practice')
  const studies = [...node.records.values()].filter(({ kind }) => kind === 'study')
  assert.ok(studies.length >= 58)
  let withPractice = 0
  for (const { id } of studies) {
    const page = await pageOf(id)
    const own = findings.filter(({ body }) => body['study'] === id)
    assert.ok(own.length > 0, `${id} has no finding`)
    const list =
      /<section aria-labelledby="found">([^]*?)<\/section>/.exec(page)?.[1] ?? assert.fail(`${id} lists no findings`)
    for (const { id: finding, body } of own) {
      assert.ok(list.includes(`/records/${finding}`), `${id} ${finding}`)
      if (body['evidenceLevel']) assert.ok(list.includes(String(body['evidenceLevel'])), `${id} ${finding}`)
      if (body['effectSize'] !== undefined) assert.match(list, /<figure class="chart rows effects/)
    }
    for (const practice of practices)
      if (own.some(({ id: finding }) => ((practice.body['evidence'] ?? []) as string[]).includes(finding))) {
        assert.ok(page.includes(`/records/${practice.id}`), `${id} ${practice.id}`)
        withPractice++
      }
  }
  assert.ok(withPractice >= 58, String(withPractice))
})

const told = () => [...node.records.values()].filter(({ kind }) => ['practice', 'lesson', 'evidence'].includes(kind))
const contributors = 'Contributors to Qingdao (Practices of the world)'

test('whoever cites a practice, a lesson or a finding credits those who wrote it, and not whom it tells of', async () => {
  assert.ok(told().length >= 260)
  for (const kind of ['practice', 'lesson', 'evidence']) {
    const of = told().filter((one) => one.kind === kind)
    const { id } = of.find(({ body }) => kind !== 'practice' || body['organisations']) ?? assert.fail(kind)
    const page = await pageOf(id)
    const cite = /<p class="cite" dir="auto">([^<]*)/.exec(page)![1]!
    assert.ok(cite.startsWith(`${contributors}. `), cite)
    assert.match(page, /<ul class="byline"[^]*?Contributors to Qingdao/)
    const names = [...page.matchAll(/<meta name="citation_author" content="([^"]*)"/g)].map(([, name]) => name)
    assert.deepEqual(names, [contributors])
    assert.match((await node.get(`/records/${id}.ris`)).body, new RegExp(`\\r\\nAU  - Contributors to Qingdao[^]*`))
    assert.equal((await node.get(`/records/${id}.ris`)).body.match(/^AU {2}- /gm)!.length, 1)
    assert.ok((await node.get(`/records/${id}.bib`)).body.includes(`author = {{${contributors}}}`))
    assert.deepEqual(JSON.parse((await node.get(`/records/${id}.csl`)).body)[0].author, [{ literal: contributors }])
    const { author } = JSON.parse((await node.get(`/records/${id}.jsonld`)).body)
    assert.deepEqual([author].flat(), [{ '@type': 'Organization', name: contributors }])
    const asked = `verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:local.qingdao.invalid:${id}`
    const dc = (await node.get(`/oai?${asked}`)).body
    assert.deepEqual(
      [...dc.matchAll(/<dc:creator>([^<]*)/g)].map(([, name]) => name),
      [contributors],
    )
  }
})

test('a day in Arabic keeps its order in a citation, and the sign of dollars in a text in Arabic', async () => {
  const { id } = told().find(({ kind }) => kind === 'lesson')!
  const cite = /<p class="cite" dir="auto">([^<]*)/.exec((await node.get(`/ar/records/${id}`)).body)![1]!
  assert.match(cite, /v1, \u20682 يناير 2026\u2069\./)
  const paid = [...node.records.values()].find(({ body }) => body['costPerLearner'])!
  assert.match((await node.get(`/ar/records/${paid.id}`)).body, /\d[^<]*\u2066US\$\u2069/)
})
