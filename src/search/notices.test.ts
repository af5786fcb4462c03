/** What the page of a search says of the reader's own words: what a result lacks, what else was looked for, what to try next. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { library } from '../../test/library.ts'

const textOf = (body: string) =>
  body
    .replace(/^[^]*<main[^>]*>|<\/main>[^]*$/g, '')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/[^\S\u00a0]+/g, ' ')

async function reading() {
  const node = await library()
  const read = async (language: string, q: string, more = '') =>
    (await node.get(`/${language}/search?q=${encodeURIComponent(q)}${more}`)).body
  return { ...node, read }
}

test('what a related result does not contain stands between quotation marks, as it was typed', async () => {
  const { resource, read } = await reading()
  for (const title of ['Old lamps', 'Lampes zorblax']) await resource(title)
  for (const [language, q, said] of [
    ['en', 'old lamps Gizzmo, Quuxly or wizzbang', 'Does not contain: “Gizzmo”, “Quuxly or wizzbang”.'],
    ['fr', 'lampes zorblax pour l’Zzécole', 'Ne contient pas\u00a0: «\u00a0Zzécole\u00a0».'],
    ['es', 'old lamps quuxly o wizzbang', 'No contiene: «quuxly o wizzbang».'],
    ['ru', 'old lamps quuxly или wizzbang', 'Не содержит: «quuxly или wizzbang».'],
    ['ar', 'old lamps quuxly أو wizzbang', 'لا يحتوي على: «quuxly أو wizzbang».'],
    ['zh', 'old lamps quuxly或wizzbang', '不包含：“quuxly或wizzbang”。'],
  ] as const)
    assert.ok(textOf(await read(language, q)).includes(said), `${q}: ${textOf(await read(language, q))}`)
})

test('where no record has all words, the number is of related ones, and nothing is said twice', async () => {
  const { resource, read } = await reading()
  await resource('Old lamps')
  const related = textOf(await read('en', 'old lamps zorblax'))
  assert.match(related, /No record has all of your words\. Here is 1 related record\./)
  assert.match(related, /Related records These have some of your words, or are about a related topic\. Open resource/)
  const nothing = textOf(await read('en', 'zorblax'))
  assert.equal(nothing.match(/No results found|Nothing found/g)?.length, 1)
  assert.match(nothing, /What else you can try/)
})

test('where something has all words, what is only related is said not to be counted', async () => {
  const { resource, read } = await reading()
  for (const title of ['Old lamps of zorblax', 'Old lamps']) await resource(title)
  assert.match(
    textOf(await read('en', 'old lamps zorblax')),
    /1 record [^]*related topic\. They are not in the number above\./,
  )
})

test('filters are offered where there is something to filter, or something chosen, under one heading', async () => {
  const { resource, read } = await reading()
  await resource('Old lamps')
  const headings = (body: string) => body.match(/<h2>Filters<\/h2>/g)?.length ?? 0
  const found = await read('en', 'lamps')
  assert.deepEqual([headings(found), /<nav aria-label="Filters">[^]*name="from"[^]*<\/nav>/.test(found)], [1, true])
  const nothing = await read('en', 'zorblax')
  assert.deepEqual([headings(nothing), /filters/i.test(textOf(nothing))], [0, false])
  assert.equal(headings(await read('en', 'lamps', '&country=KE')), 1)
})

test('a word in the way is offered with how much there is without it, and the way leads to the rest of the question', async () => {
  const { resource, read, get } = await reading()
  for (let i = 0; i < 2; i++) await resource(`Old lamps ${i}`)
  for (const title of ['Zorblax', 'Quuxly', 'Wizzbang']) await resource(title)
  for (const [q, named, unit] of [
    ['old lamps Zorblax', 'Zorblax', '2 records'],
    ['old lamps Quuxly or wizzbang', 'Quuxly or wizzbang', '2 records'],
    ['Quuxly or wizzbang, old lamps', 'Quuxly or wizzbang', '2 records'],
  ] as const) {
    const body = await read('en', q)
    const [, address = '', words, total] =
      /remove:[^]*?<a href="([^"]+)"[^>]*>“([^”]+)”<\/a> <span class="n">([^<]+)/.exec(body) ?? []
    assert.deepEqual([words, total], [named, unit], q)
    assert.match((await get(address.replaceAll('&amp;', '&'))).body, /<strong>2 records</, q)
  }
  assert.match(textOf(await read('es', 'old lamps Zorblax')), /«Zorblax» 2 fichas/)
})

test('of a long question at most four words are offered alone, those that find least, and no numbers', async () => {
  const { resource, read } = await reading()
  for (const [i, title] of ['Kettle', 'Lamp', 'Garden', 'Whistle', 'Drum'].entries())
    for (let n = 0; n <= i; n++) await resource(`${title} ${n} 77`)
  const offered = [
    ...(await read('en', 'zorblax drum whistle garden lamp kettle 77')).matchAll(
      /Search only for “([^”]+)”<\/a> <span class="n">([^<]+)/g,
    ),
  ]
  assert.deepEqual(
    offered.map(([, word, total]) => [word, total]),
    [
      ['whistle', '4 records'],
      ['garden', '3 records'],
      ['lamp', '2 records'],
      ['kettle', '1 record'],
    ],
  )
})

test('a French word is offered without the article that leans on it', async () => {
  const { resource, read } = await reading()
  for (const title of ['Écoles', 'Lampe', 'Sifflet']) await resource(title, { languages: ['fr'] })
  const text = textOf(await read('fr', "lampe zorblax d'écoles quuxly"))
  assert.match(text, /Rechercher seulement «\u00a0écoles\u00a0» 1 fiche/)
})

test('of the names that were found, those in the reader’s language are told; others only alone, each with its language', async () => {
  const { practice, read } = await reading()
  await practice('School dropout of girls')
  const told = async () => textOf(await read('es', 'abandono escolar'))
  assert.match(await told(), /También se muestran resultados de: School dropout \(inglés\)\. Solo/)
  await practice('Niñas', { title: { es: 'Deserción escolar de niñas' }, originalLanguage: 'es' })
  assert.match(await told(), /También se muestran resultados de: Deserción escolar\. Solo/)
})

test('where other names say nothing new, there is the way to the typed words alone and no empty box', async () => {
  const { practice, read } = await reading()
  // Found by a word in a language that neither the reader nor the record is in.
  await practice('Lessons on the air', { summary: { en: 'By radio.', es: 'La radio en las escuelas.' } })
  const body = await read('fr', 'écoles radio')
  for (const [, box] of body.matchAll(/<div class="notice">([^]*?)<\/div>/g))
    assert.ok(textOf(box!.replaceAll(/<a [^]*?<\/a>/g, '')).trim() !== '', box)
  assert.ok(body.includes('exact=true'))
})
