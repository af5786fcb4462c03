/** Nothing that only the file of a source needed is shown to readers: in all records that come with the node, and all code lists. */
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { test } from 'node:test'
import { formatsIn } from '#kernel/i18n/format.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { codeLists } from '#records/vocabularies/index.ts'

const seed = process.env.QINGDAO_TEST_SEED ?? fileURLToPath(new URL('../seed', import.meta.url))

const remains: readonly [what: string, pattern: RegExp][] = [
  ['a mark of HTML', /<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>/i],
  ['an entity of HTML', /&(?:[a-z]{2,8}|#\d+|#x[\da-f]+);/i],
  ['a note of a classification', /\bn\.e\.c\b/i],
  ['a number with capital letters', /\b\d+(?:St|Nd|Rd|Th)\b/],
  ['a sign for a name left out', /[(\s][_-]\)|_\)/],
  ['letters decoded wrongly', /Ã[\u0080-\u00BF]|â€|\uFFFD/],
  ['a sign that steers terminals or turns the line', /[^\P{Cc}\t\n\r]|[\u202A-\u202E]/u],
  ['the indentation of a file', /\n[ \t]{2,}\S/],
]
/** Whole texts are works of others, kept as they are; addresses are for machines. */
const passedOver = new Set(['fullText', 'url', 'websites', 'uri', 'matches', 'repositories', 'documentation'])

type Found = { where: string; what: string; text: string }

function remainsIn(where: string, value: unknown): Found[] {
  if (typeof value === 'string')
    return remains.flatMap(([what, pattern]) =>
      pattern.test(value) ? [{ where, what, text: value.slice(0, 120) }] : [],
    )
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    passedOver.has(name) ? [] : remainsIn(Array.isArray(value) ? where : `${where}.${name}`, inner),
  )
}

async function* recordsOfSeed(): AsyncGenerator<{ kind: string; id: string; body: Record<string, unknown> }> {
  // Values of indicators are no records.
  const isOfRecords = (name: string) => name.endsWith('.jsonl.gz') && name !== 'observations.jsonl.gz'
  for (const name of (await readdir(seed)).filter(isOfRecords)) {
    const lines = gunzipSync(await readFile(join(seed, name)))
      .toString()
      .trim()
      .split('\n')
    for (const line of lines) yield JSON.parse(line)
  }
}

test('no record that comes with the node shows raw remains of its source, and each language that it names has a name', async () => {
  const found: Found[] = []
  const tags = new Set<string>()
  let count = 0
  for await (const { kind, id, body } of recordsOfSeed()) {
    count++
    found.push(...remainsIn(`${kind} ${id}`, body))
    for (const tag of (body.languages ?? []) as string[]) tags.add(tag)
  }
  assert.ok(count > 20_000, `${count} records`)
  assert.deepEqual(found.slice(0, 20), [])

  const nameless = languages.flatMap((language) =>
    [...tags].filter((tag) => formatsIn(language).languageName(tag) === tag).map((tag) => `${language}: ${tag}`),
  )
  assert.ok(tags.size > 100)
  assert.deepEqual(nameless, [])
})

test('no label of a code list shows raw remains', () => {
  const lists = codeLists()
  assert.ok(lists.length > 50)
  assert.deepEqual(
    lists.flatMap(([name, { terms }]) => remainsIn(name, terms)),
    [],
  )
})

/** What is a name everywhere, or is said of subjects that no record has. */
const inEnglishEverywhere = (list: string, english: string): boolean =>
  list === 'licences' ||
  (list === 'subjects' && /not (?:further defined|elsewhere classified)|^Inter-disciplinary/.test(english))

test('each label is there in all six languages: nothing rests in English on a page in another', () => {
  const lacking = codeLists().flatMap(([list, { terms }]) =>
    Object.entries(terms).flatMap(([code, term]) =>
      languages
        .filter((language) => typeof term[language] !== 'string' && !inEnglishEverywhere(list, String(term.en)))
        .map((language) => `${list} ${code} ${language}`),
    ),
  )
  assert.deepEqual(lacking, [])
})
