/** The records that come with every node: none twice, none with what no reader should see. */
import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { test } from 'node:test'
import { readDump } from '#features/dump/dump.ts'
import type { StoredRecord } from '#records/record.ts'
import { seedFolder } from '../../commands/seed.ts'

type Kept = Omit<StoredRecord, 'number'>
const all: Kept[] = []
for (const name of (await readdir(seedFolder)).filter((one) => one.endsWith('.jsonl.gz') && !/observations/.test(one)))
  for await (const record of readDump(seedFolder, name)) all.push(record)
const ofKind = (...names: string[]) => all.filter(({ kind }) => names.includes(kind))

const folded = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}|\([^()]*\)/gu, '')
    .replaceAll(/[\s\p{P}]+/gu, ' ')
    .trim()
const within = (text: string) => [...text.matchAll(/\(([^()]+)\)/g)].map(([, inner]) => inner!)

/** Groups of several that have a name in common. */
function* twice<One>(records: readonly One[], namesOf: (record: One) => readonly string[]): Generator<[string, One[]]> {
  const found = new Map<string, Set<One>>()
  for (const record of records)
    for (const name of namesOf(record)) found.set(name, (found.get(name) ?? new Set<One>()).add(record))
  for (const [name, some] of found) if (some.size > 1) yield [name, [...some]]
}

test('no organisation stands twice: none of the same name in the same country, or in none, and none of the same number', () => {
  const organisations = ofKind('organisation')
  assert.ok(organisations.length > 1_700)
  const namesOf = ({ body: { title } }: Kept) => Object.values(title).map((name) => folded(name).replace(/^the /, ''))
  const countriesOf = ({ body }: Kept) => (body['countries'] ?? []) as string[]
  const doubled = [...twice(organisations, namesOf)].flatMap(([name, some]) =>
    some.flatMap((one, at) =>
      some
        .slice(at + 1)
        .filter((other) => {
          const [here, there] = [countriesOf(one), countriesOf(other)]
          return here.length === 0 || there.length === 0 || here.some((code) => there.includes(code))
        })
        .map((other) => `${name}: ${one.id} ${other.id}`),
    ),
  )
  assert.deepEqual(doubled, [])
  const numbersOf = ({ body }: Kept) =>
    ((body['identifiers'] ?? []) as string[]).filter((one) => one.startsWith('https://ror.org/'))
  assert.deepEqual([...twice(organisations, numbersOf)], [])
})

test('whoever funds or runs under several spellings is one: USAID, the World Bank, the Open University', () => {
  const organisations = ofKind('organisation')
  for (const name of [
    'USAID',
    'World Bank',
    'WB_Loan',
    'Open University',
    'United States Agency for International Development',
  ])
    assert.ok(
      organisations.filter(({ body: { title } }) =>
        Object.values(title).some(
          (one) =>
            [one, ...within(one)].some((other) => folded(other).replace(/^the /, '') === folded(name)) &&
            !/infodev/i.test(one),
        ),
      ).length <= 1,
      name,
    )
  const idOf = (name: string) =>
    organisations.find(({ body: { title } }) => Object.values(title).includes(name))?.id ?? assert.fail(name)
  const funded = (id: string) =>
    ofKind('funding').filter(({ body }) => ((body['funders'] ?? []) as string[]).includes(id))
  assert.ok(funded(idOf('World Bank')).length > 0)
  assert.ok(funded(idOf('United States Agency for International Development (USAID)')).length > 0)
})

test('stories of the same title in the same language by the same author are one work', () => {
  const stories = ofKind('resource').filter(({ body }) => body['type'] === 'story')
  assert.ok(stories.length > 1_700)
  const authorsOf = ({ body }: Kept) =>
    ((body['creators'] ?? []) as { name: string; role: string }[])
      .filter(({ role }) => role === 'author')
      .map(({ name }) => folded(name))
  const namesOf = (story: Kept) =>
    authorsOf(story).map(
      (author) => `${story.body.originalLanguage} ${folded(story.body.title[story.body.originalLanguage]!)} ${author}`,
    )
  const groups = [...twice(stories, namesOf)]
  assert.ok(groups.some(([name]) => name.includes('the animals of uganda')))
  for (const [name, some] of groups)
    assert.equal(
      new Set(some.map(({ body }) => body['work'])).size,
      1,
      `${name}: ${some.map(({ id }) => id).join(' ')}`,
    )
})

test('no text has characters that stand for nothing, and what is owned or given has an owner and a giver with a name', () => {
  const unseen = /[\u00AD\u115F\u1160\u2028\u2029\u3164\uFEFF\uFFA0\uFFFD]|(?<![\p{Script=Khmer}\u200B])\u200B/u
  assert.ok(all.length > 30_000)
  assert.deepEqual(
    all.filter(({ body }) => unseen.test(JSON.stringify(body))).map(({ id }) => id),
    [],
  )
  const ids = new Set(all.map(({ id }) => id))
  const naming = ofKind('solution', 'platform', 'practice')
  const named = naming.flatMap(({ id, body }) =>
    [
      ...((body['owners'] ?? body['organisations'] ?? []) as { organisation: string }[]).map((one) => one.organisation),
      ...((body['providers'] ?? []) as string[]),
    ].map((to) => ({ id, to })),
  )
  assert.ok(named.length > 500, String(named.length))
  for (const { id, to } of named) assert.ok(ids.has(to), `${id} ${to}`)
  const grants = ofKind('funding').filter(({ body }) => body['recipients'])
  assert.ok(grants.length > 100)
  // Of some grants the source numbers who received them and names nobody; its agents may also come in another part.
  for (const { id, body } of grants)
    for (const to of (body['funders'] ?? []) as string[]) assert.ok(ids.has(to), `${id} ${to}`)
})
