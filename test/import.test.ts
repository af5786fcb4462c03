/** Real collections, read with the command that an operator types. */
import assert from 'node:assert/strict'
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { sources, openApp } from '#app'
import { idOf } from '#records/identifier.ts'
import { ingest } from '#records/sources/ingest.ts'
import { records } from '#records/store.ts'
import { freshDatabase, freshFolder, testApp, usualNow } from './app.ts'
import { expectedOf, fixtures } from './source-fixtures.ts'
import { typed } from './typed.ts'

const data = process.env.QINGDAO_TEST_DATA ?? fileURLToPath(new URL('../../shared/data', import.meta.url))
const noData = existsSync(join(data, 'partners-ror'))
  ? false
  : 'no folder of real collections on this machine (QINGDAO_TEST_DATA)'
/** What is said on the command line is the same whatever engine is behind it. */
const saidOnce = process.env.TEST_DATABASE_URL ? 'tried once' : false

async function shell() {
  const folder = freshFolder()
  const { address, drop } = await freshDatabase(folder)
  after(drop)
  const database = address.startsWith('postgres') ? ['--database-url', address] : []
  const run = (...words: string[]) => typed([...words, '--data-dir', folder, ...database])
  const environment = {
    now: () => usualNow,
    random: (size: number) => new Uint8Array(size),
    fetch: async () => assert.fail('no network'),
  }
  return { run, folder, open: () => openApp({ dataDir: folder, databaseAddress: address, environment }) }
}

/** The fixtures as an operator keeps collections: each in the folder where the command looks for it. */
function folderOfFixtures(): string {
  const folder = freshFolder()
  for (const { name, folder: usual } of sources.values())
    cpSync(join(fixtures, name, 'rows'), join(folder, usual), { recursive: true })
  return folder
}

test('a folder of collections is imported with one command, refusals are told, and a second run changes nothing', async () => {
  const { run, folder, open } = await shell()
  const given = folderOfFixtures()
  const first = await run('import', 'all', given)
  for (const { name, title } of sources.values()) {
    const { added, changed, unchanged, refused } = expectedOf(name).rows!.counts!
    const line = `${title}: ${added} new, ${changed} changed, ${unchanged} unchanged, ${refused} refused`
    // The rubric of this project has been replaced by hostile ones before its fixture is read.
    if (name !== 'rubrics') assert.ok(first.stdout.includes(line), `${line}\n${first.stdout}${first.stderr}`)
  }
  assert.equal(first.status, 1, 'the exit code says that something was refused')
  // The file that its publisher broke is refused with its place.
  assert.match(readFileSync(join(folder, 'reports/lrmi.tsv'), 'utf8'), /refused\tlrmi\/accessibilityFeature\.ttl.*15/)
  const app = await open()
  const before = await records(app.database.read).counts()
  await app.close()
  const second = await run('import', 'all', given)
  assert.match(second.stdout, /: 0 new, 0 changed, [1-9]/)
  assert.doesNotMatch(second.stdout, /: [1-9]\d* new|, [1-9]\d* changed/)
  const again = await open()
  assert.deepEqual(await records(again.database.read).counts(), before)
  await again.close()
})

test(
  'a collection that cannot be read is named, and the others of the folder are imported',
  { skip: saidOnce },
  async () => {
    const { run } = await shell()
    const given = folderOfFixtures()
    cpSync(
      join(fixtures, 'innovative-public-services/not-utf-8'),
      join(given, 'practices-innovative-public-services'),
      {
        recursive: true,
      },
    )
    const { stdout, status } = await run('import', 'all', given)
    assert.match(stdout, /✗ [^\n]*education-cases\.csv: The file could not be read: This is not valid UTF-8\./)
    assert.match(stdout, /Hewlett[^\n]*: [1-9]\d* new/)
    assert.equal(status, 1)
  },
)

test(
  'everything there is can be imported, and a second run changes nothing',
  { skip: noData || saidOnce },
  async () => {
    const { run, folder, open } = await shell()
    const first = await run('import', 'all', data)
    assert.match(first.stdout, /African Storybook: 1747 new, 0 changed, 0 unchanged, 0 refused/)
    assert.match(first.stdout, /Digital public goods[^\n]*: 263 new/)
    // The one file that its publisher broke is refused with its place; the exit code says that something was.
    assert.match(readFileSync(join(folder, 'reports/lrmi.tsv'), 'utf8'), /refused\tlrmi\/accessibilityFeature\.ttl.*15/)
    assert.equal(first.status, 1)
    const app = await open()
    const before = await records(app.database.read).counts()
    assert.ok(before.reduce((sum, { count }) => sum + count, 0) > 30_000)
    const second = await run('import', 'all', data)
    assert.doesNotMatch(second.stdout, /: [1-9]\d* new|, [1-9]\d* changed/)
    assert.deepEqual(await records(app.database.read).counts(), before)
    await app.close()
  },
)

test('wrong words on the command line are told what is right', { skip: saidOnce }, async () => {
  const { run } = await shell()
  assert.match((await run('imprt')).stderr, /“imprt” is not known\. Did you mean “import”\?/)
  assert.match((await run('import', 'african', data)).stderr, /Did you mean “african-storybook”|Known: /)
  assert.match((await run('start', '--prot', '80')).stderr, /“--prot” is not an option of this command/)
  assert.match((await run('start', '--port', 'eighty')).stderr, /PORT \(or --port\) cannot be “eighty”/)
  assert.match((await run('import', 'ror', '/no/such/folder')).stderr, /Folder not found/)
  assert.equal((await run('records', 'read', '--id', '0000000000000000')).status, 4)
})

test('help says what each command does', { skip: saidOnce }, async () => {
  const { run } = await shell()
  const { stdout, status } = await run('--help')
  assert.equal(status, 0)
  for (const word of ['start', 'import', 'dump', 'doctor', 'help operations', 'help settings'])
    assert.match(stdout, new RegExp(word))
  assert.match((await run('import', '--help')).stdout, /You can run it again/)
  assert.match((await run('records', 'withdraw', '--help')).stdout, /--reason/)
})

test('a row that does not fit is refused with its place and reason, and the rows beside it are taken', async () => {
  const { app } = await testApp()
  const row = (n: number, body: object) => ({
    place: `list.csv:${n}`,
    kind: 'practice',
    identifier: `https://example.org/${n}`,
    body: { title: { en: `Row ${n}` }, originalLanguage: 'en', type: 'practice', ...body },
  })
  const taking = (rows: object[]) =>
    app.perform(ingest, { kind: 'system', id: 'import/ror' }, { name: 'ror', rows }) as Promise<any>
  const answer = await taking([
    row(1, {}),
    row(2, { countries: ['Atlantis'] }),
    row(3, { type: undefined }),
    row(4, {}),
  ])
  assert.equal(answer.added, 2)
  assert.deepEqual(
    answer.refused.map(({ place, values }: any) => [place, values.field, values.rule]),
    [
      ['list.csv:2', 'countries', 'vocabulary'],
      ['list.csv:3', 'type', 'required'],
    ],
  )
  const again = await taking([row(1, {}), row(4, { stage: 'pilot' })])
  assert.deepEqual([again.added, again.changed, again.unchanged], [0, 1, 1])
})

test('what people of this node changed or withdrew, a later import leaves alone and says so', async () => {
  const { app, as } = await testApp()
  const row = (title: string) => ({
    place: 'list.csv:1',
    kind: 'practice',
    identifier: 'https://example.org/1',
    body: { title: { en: title }, originalLanguage: 'en', type: 'practice' },
  })
  const taking = (title: string) =>
    app.perform(ingest, { kind: 'system', id: 'import/ror' }, { name: 'ror', rows: [row(title)] }) as Promise<any>
  await taking('As it came')
  await app.follow()
  const {
    records: [record],
  } = await as()('practices.list')
  await as('curator')('practices.revise', {
    id: record.id,
    revision: 1,
    body: { ...record.body, title: { en: 'As we know it' } },
  })
  assert.equal((await taking('As it came')).unchanged, 1)
  assert.equal((await taking('As it is now at the source')).refused[0].code, 'editedHere')
  assert.equal((await as()('records.read', { id: record.id })).body.title.en, 'As we know it')
})

test('a second file of a source adds to what the first said, and takes nothing away', async () => {
  const { run, open } = await shell()
  const text = readFileSync(join(fixtures, 'what-works-clearinghouse/rows/wwc-findings.csv'), 'utf8')
  const later = join(freshFolder(), 'another-quarter.csv')
  writeFileSync(later, text.split('\n').slice(0, 2).join('\n'))
  await run('import', 'what-works-clearinghouse', join(fixtures, 'what-works-clearinghouse/rows'))
  const { stdout, stderr } = await run('import', 'what-works-clearinghouse', later)
  assert.match(stdout, /0 new, 0 changed, 3 unchanged, 0 refused/, stderr)
  const app = await open()
  const all = await records(app.database.read).all(0, 1_000)
  assert.ok(all.every(({ revision }) => revision === 1))
  await app.close()
})

test('a pathway in which no course is recognised is refused, and the full one stays', async () => {
  const { run, open } = await shell()
  const given = freshFolder()
  const file = join(given, 'ossu-math.md')
  cpSync(join(fixtures, 'ossu/rows/ossu-math.md'), file)
  await run('import', 'ossu', given)
  const held = async () => {
    const app = await open()
    const all = await records(app.database.read).all(0, 1_000)
    await app.close()
    return all
  }
  const before = await held()
  assert.ok(before.some(({ kind }) => kind === 'pathway'))
  writeFileSync(file, '# OSSU\n\n## Curriculum\n\n### Core\n\nThe courses are elsewhere now.\n')
  const { stdout, status } = await run('import', 'ossu', file)
  assert.match(stdout, /✗ ossu-math\.md: No course was recognised/)
  assert.equal(status, 1)
  assert.deepEqual(await held(), before)
})

test('a reading that lost most of a record is refused, unless the operator accepts it', async () => {
  const { app } = await testApp()
  const full = {
    title: { en: 'A pathway' },
    steps: [{ title: { en: 'First' }, items: [{ title: { en: 'A course' } }] }],
    originalLanguage: 'en',
    description: { en: 'What is taught, in which order and why. '.repeat(20) },
    areas: ['pathways'],
  }
  const { description: _, ...short } = full
  const take = (body: object, more = {}) =>
    app.perform(
      ingest,
      { kind: 'system', id: 'import/galaxy' },
      {
        name: 'galaxy',
        rows: [{ place: 'a.md', kind: 'pathway', identifier: 'https://example.org/a', body }],
        ...more,
      },
    )
  await take(full)
  const refused = await take(short)
  assert.equal(refused.changed, 0)
  assert.equal(refused.refused[0]!.code, 'losesMost')
  assert.equal((await take(short, { acceptLosses: true, dryRun: true })).changed, 1)
  assert.equal((await take(full)).unchanged, 1, 'a dry run changed nothing')
  assert.equal((await take(short, { acceptLosses: true })).changed, 1)
})

test('a file that is the whole of its source withdraws what it no longer has, and says how much', async () => {
  const { run, open } = await shell()
  const file = join(freshFolder(), 'levels of another name.ttl')
  const base = 'http://w3id.org/openeduhub/vocabs/eqfCompetenceLevels/'
  const levels = (...numbers: number[]) =>
    writeFileSync(
      file,
      [
        `@base <${base}> .`,
        '@prefix skos: <http://www.w3.org/2004/02/skos/core#> .',
        '@prefix dct: <http://purl.org/dc/terms/> .',
        '<> a skos:ConceptScheme ; dct:title "Levels"@en .',
        ...numbers.map((n) => `<${n}> a skos:Concept ; skos:prefLabel "Niveau ${n}"@de ; skos:topConceptOf <> .`),
      ].join('\n'),
    )
  const published = async () => {
    const app = await open()
    const all = await records(app.database.read).all(0, 1_000)
    await app.close()
    return all.filter(({ status }) => status === 'published').length
  }
  levels(1, 2, 3, 4)
  const first = await run('import', file)
  assert.match(first.stdout, /5 new/, first.stderr)
  levels(1, 2, 3)
  assert.match((await run('import', file, '--dry-run')).stdout, /1 record would be withdrawn/)
  const shorter = await run('import', file)
  assert.match(shorter.stdout, /0 new, 0 changed, 4 unchanged, 0 refused/)
  assert.match(shorter.stdout, /1 record was withdrawn, as the source no longer has it/)
  assert.equal(await published(), 4)
  levels(1, 2, 3, 4)
  assert.match((await run('import', file)).stdout, /0 new, 1 changed, 4 unchanged/)
  assert.equal(await published(), 5, 'what is back at its source is published again')
  levels(1)
  const most = await run('import', file)
  assert.match(most.stdout, /3 of the 5 records held are missing here, which is most of them/)
  assert.equal(most.status, 1)
  assert.equal(await published(), 5)
  assert.match((await run('import', file, '--accept-losses')).stdout, /3 records were withdrawn/)
})

test('what a whole does not have is withdrawn, unless it is most of what is there or people changed it', async () => {
  const { app, as } = await testApp()
  const actor = { kind: 'system', id: 'import/eqf' } as const
  const concept = (n: number) => ({
    place: `levels.ttl#${n}`,
    kind: 'vocabulary',
    identifier: `https://example.org/level/${n}`,
    body: { title: { en: `Level ${n}` }, originalLanguage: 'en', uri: `https://example.org/level/${n}` },
  })
  const take = (rows: object[], more = {}) => app.perform(ingest, actor, { name: 'eqf', rows: rows as never, ...more })
  const ids = [1, 2, 3, 4].map((n) => idOf(`https://example.org/level/${n}`))
  assert.equal((await take([1, 2, 3, 4].map(concept))).added, 4)
  await as('curator')('records.withdraw', { id: ids[3]!, revision: 1, reason: 'Ours' })
  assert.deepEqual((await take([], { present: [ids[0]], dryRun: true })).absent, { withdrawn: 0, held: 3, absent: 2 })
  assert.deepEqual((await take([], { present: ids.slice(0, 2) })).absent, { withdrawn: 1, held: 3, absent: 1 })
  await assert.rejects(as()('records.read', { id: ids[2]! }), { code: 'withdrawn' })
  assert.equal((await take([concept(3)])).changed, 1)
  assert.equal((await as()('records.read', { id: ids[2]! })).status, 'published')
  assert.deepEqual((await take([], { present: [], acceptLosses: true })).absent, { withdrawn: 3, held: 3, absent: 3 })
  // A source that does not say that its file is the whole withdraws only when the operator says it.
  assert.equal((await app.perform(ingest, actor, { name: 'ror', rows: [], present: [] })).absent, undefined)
})

test('files and folders of any name are recognised by what is in them, and what is left is told with its reason', async () => {
  const { run, open } = await shell()
  const given = freshFolder()
  const put = (from: string, to: string) => cpSync(join(fixtures, from), join(given, to), { recursive: true })
  put('asn-science/rows/DC-science.json', 'a/standards.json')
  put('case-example/rows/what-standards-could-be.case.json', 'a/b/package.json')
  put('ossu/rows/ossu-math.md', 'curriculum.md')
  put('ror/rows/ror-education-government.jsonl', 'organisations.txt')
  put('hewlett-grants/rows', 'grants and agents')
  put('what-works-clearinghouse/rows/wwc-findings.csv', 'export (3).csv')
  put('african-storybook/rows/en/0127_different-plays.md', 'a story.md')
  writeFileSync(join(given, 'holiday.txt'), 'sun')
  writeFileSync(join(given, 'nothing.csv'), '')
  writeFileSync(join(given, 'LICENSE'), 'MIT')
  const tried = await run('import', given, '--dry-run')
  assert.match(tried.stdout, /CASE 1\.0\): 1 file was recognised \(a\/b\/package\.json\)/, tried.stderr)
  assert.match(tried.stdout, /2 files were not imported:/)
  assert.match(tried.stdout, /holiday\.txt: it looks like the files of no source/)
  assert.match(tried.stdout, /nothing\.csv: it is empty/)
  assert.match(tried.stdout, /Nothing was changed/)
  await run('import', given)
  const app = await open()
  const sourcesOf = new Set((await records(app.database.read).all(0, 10_000)).map(({ origin }) => origin?.collection))
  await app.close()
  for (const name of [
    'asn-science',
    'case-example',
    'ossu',
    'ror',
    'hewlett-grants',
    'what-works-clearinghouse',
    'african-storybook',
  ])
    assert.ok(sourcesOf.has(name), name)
})

test(
  'what a file does not say is said on the command line, and a word that is no licence is refused',
  { skip: saidOnce },
  async () => {
    const { run, open } = await shell()
    const story = join(fixtures, 'african-storybook/rows/en/0127_different-plays.md')
    assert.match((await run('import', story, '--licence', 'Nobody’s')).stderr, /--licence cannot|--licence/)
    const words = ['--licence', 'CC BY 4.0', '--publisher', 'A library', '--subject', '0232']
    await run('import', story, '--base-address', 'https://stories.example/', ...words)
    const app = await open()
    const [record] = await records(app.database.read).all(0, 10)
    await app.close()
    assert.equal(record!.origin!.identifier, 'https://stories.example/en/0127_different-plays.md')
    const { licence, publisher, subjects, levels } = record!.body as Record<string, unknown>
    assert.deepEqual([licence, publisher, subjects, levels], ['CC-BY-4.0', 'A library', ['0232'], undefined])
  },
)

test(
  'a file in which nothing is recognised is told with what was expected; a dry run changes nothing',
  { skip: saidOnce },
  async () => {
    const { run, open } = await shell()
    const other = join(freshFolder(), 'other.csv')
    writeFileSync(other, 'a,b\n1,2\n')
    const { stderr, status } = await run('import', 'what-works-clearinghouse', other)
    assert.match(stderr, /Nothing in .* looks like “What Works Clearinghouse findings”\. Expected: CSV: s_studyid/s)
    assert.equal(status, 1)
    const tried = await run('import', 'ossu', join(fixtures, 'ossu/rows'), '--dry-run')
    assert.match(tried.stdout, /[1-9]\d* would be new, 0 changed.*Nothing was changed/)
    const app = await open()
    assert.deepEqual(await records(app.database.read).all(0, 10), [])
    await app.close()
  },
)
