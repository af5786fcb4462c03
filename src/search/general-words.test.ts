/** Words that nearly everything here is of: when they may be missing, and that the page says so. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { library } from '../../test/library.ts'

test('where hardly anything holds all words, those that fit nearly everything here may be missing, in six languages', async () => {
  const { practice, search } = await library()
  await practice('Chess for refugees', { summary: { en: 'Chess in camps.' } })
  await practice('Other games')
  for (const [language, q] of [
    ['en', 'digital chess for refugees'],
    ['fr', 'les échecs pour les réfugiés avec le numérique'],
    ['es', 'recursos educativos digitales de ajedrez para refugiados'],
    ['ru', 'цифровые технологии: шахматы для беженцев'],
    ['zh', '难民 国际象棋 教育技术'],
    ['ar', 'الشطرنج للاجئين بالتكنولوجيا الرقمية'],
  ]) {
    const { records, near } = await search(q!, { languages: [language!] })
    assert.deepEqual(
      [...records, ...near].map(({ body }: any) => body.title.en),
      ['Chess for refugees'],
      q,
    )
  }
  const { total, records } = await search('digital chess for refugees', { languages: ['en'] })
  assert.deepEqual([total, records.length], [1, 1])
  // Where nothing else is told, they are what is sought.
  assert.deepEqual((await search('digital technology', { languages: ['en'] })).total, 0)
})

test('where enough holds all words, general ones exclude as others do', async () => {
  const { practice, search } = await library()
  for (let i = 0; i < 6; i++) await practice(`Digital chess ${i}`)
  await practice('Wooden chess')
  assert.equal((await search('digital chess', { languages: ['en'] })).total, 6)
})

test('words that nearly everything is of need not be found where little has all, and the page says which', async () => {
  const { practice, search, get } = await library()
  await practice('Coding clubs for girls', { summary: { en: 'Clubs after school.' } })
  await practice('Choir', { summary: { en: 'Digital technology.' } })
  const { total, spared } = await search('digital coding clubs', { languages: ['en'] })
  assert.deepEqual([total, spared], [1, ['digital']])
  const { body } = await get('/en/search?q=digital+coding+clubs')
  assert.match(
    body,
    /<strong>1 record<[^]*Some results may not include: “digital”[^]*Only the words I entered[^]*Coding clubs for girls/,
  )
  for (let i = 0; i < 5; i++) await practice(`Digital coding clubs ${i}`)
  const all = await search('digital coding clubs', { languages: ['en'] })
  assert.deepEqual([all.total, all.spared], [5, undefined])
})
