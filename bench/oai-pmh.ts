/**
 * OAI-PMH beside what cannot be avoided: giving records beside reading the same rows and writing them nowhere (aim: a quarter),
 * taking them beside parsing the same XML and storing nothing (aim: a fifth). Records per second.
 */
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApp } from '#app'
import { readPage } from '#codecs/oai-pmh/read-response.ts'
import { followJournal } from '#features/oai-pmh/follow.ts'
import { formats } from '#features/oai-pmh/formats.ts'
import { answer } from '#features/oai-pmh/provider.ts'
import { keepPage } from '#features/harvest/keep.ts'
import { addHarvest, runHarvest } from '#features/harvest/operations.ts'
import { cutItem, rowsOf } from '#features/harvest/rows.ts'
import { harvests } from '#features/harvest/store.ts'
import { records } from '#records/store.ts'

const count = Number(process.argv[2] ?? 20_000)
const system = { kind: 'system', id: 'bench' } as const
const folders = ['there', 'here'].map((name) => join(tmpdir(), `qingdao-oai-${process.pid}-${name}`))
const open = (dataDir: string, pages: readonly string[] = []) =>
  openApp({
    dataDir,
    databaseAddress: join(dataDir, 'qingdao.sqlite'),
    environment: {
      now: () => new Date(),
      random: (size) => randomBytes(size),
      fetch: async (url) => ({
        status: url.endsWith('robots.txt') ? 404 : 200,
        headers: {},
        url,
        body: new TextEncoder().encode(
          pages.find((page) => page.includes(`<${new URL(url).searchParams.get('verb')}>`)) ?? '',
        ),
      }),
    },
  })
const perSecond = async (work: () => Promise<number>): Promise<number> => {
  const begun = performance.now()
  const done = await work()
  return Math.round((done / (performance.now() - begun)) * 1_000)
}
const told = (what: string, rate: number, floor?: number) =>
  console.log(
    `${what.padEnd(44)} ${String(rate).padStart(8)}/s${floor ? `   ${(rate / floor).toFixed(2)} of the floor` : ''}`,
  )

const there = await open(folders[0]!)
const share = there.operation('sources.ingest')!
const source = [...there.runtime.services.sources.keys()].find((name) => name === 'african-storybook')!
for (let from = 0; from < count; from += 1_000)
  await there.perform(share, system, {
    name: source,
    rows: Array.from({ length: 1_000 }, (_, i) => ({
      place: `bench:${from + i}`,
      kind: 'resource',
      identifier: `https://bench.example/${from + i}`,
      body: {
        title: { en: `Story number ${from + i}`, fr: `Histoire numéro ${from + i}` },
        originalLanguage: 'en',
        description: { en: 'A story of a girl who reads to her village by the light of a lamp. '.repeat(4) },
        type: 'story',
        languages: ['en', 'fr'],
        levels: ['1'],
        audiences: ['learner'],
        subjects: ['0232'],
        keywords: { en: ['reading', 'village', 'light'] },
        licence: 'CC-BY-4.0',
        creators: [{ name: 'Nafula, Ursula', role: 'author' }],
        publisher: 'A publisher',
        url: `https://bench.example/${from + i}`,
      },
    })),
  })
while (!(await there.perform(followJournal, system, { anew: false })).isDone);
const context = {
  ...there.environment,
  db: there.database.read,
  services: there.runtime.services,
  actor: system,
  journal: () => {},
}
const floor = await perSecond(async () => {
  let read = 0
  for (
    let after = 0, page;
    (page = await records(there.database.read).all(after, 200)).length > 0;
    after = page.at(-1)!.number
  )
    read += page.length
  return read
})
told('reading the rows, writing nowhere', floor)
const pages: string[] = []
for (const { prefix } of formats) {
  const rate = await perSecond(async () => {
    let given = 0
    for (let query: string | undefined = `verb=ListRecords&metadataPrefix=${prefix}`; query;) {
      const xml = await answer(context, new URLSearchParams(query), 'https://bench.example')
      if (prefix === 'oai_dc') pages.push(xml)
      given += xml.split('<record>').length - 1
      const token = /<resumptionToken[^>]*>([^<]+)</.exec(xml)?.[1]
      query = token && `verb=ListRecords&resumptionToken=${token}`
    }
    return given
  })
  told(`giving ${prefix}`, rate, floor)
}

const describing = await Promise.all(
  ['Identify', 'ListMetadataFormats'].map((verb) =>
    answer(context, new URLSearchParams({ verb }), 'https://bench.example'),
  ),
)
const here = await open(folders[1]!, [...describing, pages[0]!])
const parsing = await perSecond(async () => pages.reduce((sum, page) => sum + readPage(page).records.length, 0))
told('parsing the pages, storing nothing', parsing)
const { name } = await here.perform(addHarvest, system, { address: 'https://bench.example/oai' })
await here.perform(runHarvest, system, { name })
const take = async () => {
  let taken = 0
  for (const page of pages) {
    const found = (await harvests(here.database.read).find(name))!
    const { rows, unmapped } = rowsOf(readPage(page).records.map(cutItem), found)
    await here.perform(
      keepPage,
      { kind: 'system', id: `import/${name}` },
      { name, step: found.step, rows, unmapped, next: {} },
    )
    taken += rows.length
  }
  return taken
}
told('harvesting them', await perSecond(take), parsing)
told('harvesting them again, unchanged', await perSecond(take), parsing)
await here.close()
await there.close()
for (const folder of folders) await rm(folder, { recursive: true, force: true })
