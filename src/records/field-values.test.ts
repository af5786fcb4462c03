/** What programs send for a field and cannot be meant: refused at its place, in words that say how it is written. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kinds } from '#app'
import { languages } from '#kernel/i18n/languages.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import { problemWords, ruleWords } from '#ui/problem-words.ts'
import { Problem } from '#kernel/problem.ts'
import { parseStrictJson } from '#kernel/input-limits.ts'
import { keyOf, person } from '../../test/people.ts'
import { appWithStory, story } from '../../test/story.ts'
import { violationsOfBody } from './check.ts'

const said = (kind: string, field: string, value: unknown, base: object = story): string => {
  const body = { ...base, [field]: value }
  return violationsOfBody(kinds.get(kind)!, body)
    .filter(({ place }) => place === field || place.startsWith(`${field}.`))
    .map((one) => `${one.place} ${ruleWords({ t: messagesIn('en') }, one)}`)
    .join('; ')
}

test('a date is one of the calendar, as exact as it is known', () => {
  for (const sound of ['2021', '2021-02', '2021-02-28', '2000-02-29', '2024-02-29'])
    assert.equal(said('resource', 'publishedOn', sound), '', sound)
  for (const day of ['2021-02-30', '2021-02-29', '1900-02-29', '2021-04-31'])
    assert.equal(
      said('resource', 'publishedOn', day),
      `publishedOn “${day}” is not a real date: check the day and the month`,
    )
  for (const text of [
    '2021-13',
    '2021-00-01',
    '2021-02-32',
    '21-01-01',
    '2021/01/01',
    '01.02.2021',
    '',
    ' 2021',
    '３０２１',
    'today',
  ])
    assert.equal(
      said('resource', 'publishedOn', text),
      'publishedOn must be a year, a month or a day, written as 2015, 2015-03 or 2015-03-17',
      text,
    )
  for (const language of languages)
    assert.match(
      ruleWords({ t: messagesIn(language) }, { place: '', rule: 'noSuchDay', values: { text: '2021-02-30' } }),
      /2021-02-30/,
    )
})

test('a period with a day that is not there is told of that day', () => {
  assert.match(said('practice', 'startedOn', '2021-02-30', { endedOn: '2021-03-01' }), /not a real date/)
})

test('numbers, amounts and points are what they say', () => {
  const practice = (field: string, value: unknown) => said('practice', field, value, {})
  for (const [field, value, words] of [
    ['peopleReached', 1.5, 'must be a whole number'],
    ['peopleReached', '5', 'must be a whole number'],
    ['peopleReached', 1e21, 'must be 9007199254740991 or less'],
    ['peopleReached', -1, 'must be 0 or more'],
    ['costYear', 2020.5, 'must be a whole number'],
    ['costYear', 999, 'must be 1000 or more'],
    ['crossBorder', 'yes', 'must be true or false'],
    ['coordinates', [1, 2], 'must have two parts: latitude, such as -1.29, and longitude, such as 36.82'],
    ['coordinates', '1,2', 'must have two parts: latitude, such as -1.29, and longitude, such as 36.82'],
    ['costPerLearner', 5, 'must have two parts: amount, such as 12.5, and currency, such as USD'],
  ] as const)
    assert.equal(practice(field, value), `${field} ${words}`)
  const inCurrency = (currency: string) => practice('costPerLearner', { amount: 5, currency })
  for (const currency of ['kes', 'QQQ', 'XXX', 'dollars'])
    assert.match(
      inCurrency(currency),
      /^costPerLearner\.currency must be the code of a currency \(ISO 4217\)/,
      currency,
    )
  for (const currency of ['KES', 'USD', 'ZMW', 'XOF']) assert.equal(inCurrency(currency), '')
  assert.match(
    practice('costPerLearner', { amount: 1e308, currency: 'KES' }),
    /amount must be 9007199254740991 or less/,
  )
  for (const sound of [0, 5, 1e2, Number.MAX_SAFE_INTEGER]) assert.equal(practice('peopleReached', sound), '')
})

test('texts, words, lines and identifiers hold something, and a line is one', () => {
  for (const [field, value, words] of [
    [
      'description',
      'text',
      'description must be texts by language: the code of each language, such as en, with the text in it',
    ],
    [
      'description',
      null,
      'description must be texts by language: the code of each language, such as en, with the text in it',
    ],
    ['description', { en: '' }, 'description.en is empty'],
    ['description', { en: '\u200b' }, 'description.en is empty'],
    ['description', { en_US: 'a' }, 'description.en_US is not the code of a language, such as en or sw'],
    ['description', { EN: 'a' }, 'description.EN “EN” was not recognised: did you mean “en”?'],
    [
      'keywords',
      ['a'],
      'keywords must be words by language: the code of each language, such as en, with a list of words in it',
    ],
    ['keywords', { en: [' '] }, 'keywords.en.0 is empty'],
    ['keywords', { en: ['a', 'a'] }, 'keywords.en has the same entry twice'],
    ['publisher', 'A\nB', 'publisher must be one line, without line breaks, tabs or other control characters'],
    ['publisher', '\u00a0', 'publisher is empty'],
    ['identifiers', [' '], 'identifiers.0 is empty'],
    ['languages', ['EN'], 'languages “EN” was not recognised: did you mean “en”?'],
    ['languages', ['zh-hant'], 'languages “zh-hant” was not recognised: did you mean “zh-Hant”?'],
    ['url', 'https://..', 'url must be a full web address, starting with https://'],
    ['url', 'https://a..b', 'url must be a full web address, starting with https://'],
  ] as const)
    assert.equal(said('resource', field, value), words)
  for (const [field, value] of [
    ['languages', ['zh-Hant', 'en-US', 'mul']],
    ['url', 'https://example.org./a?b#c'],
    ['publisher', 'می‌خواهم'],
  ] as const)
    assert.equal(said('resource', field, value), '', field)
})

test('half of a character is refused before it is read, with its place', () => {
  const problem = (() => {
    try {
      return parseStrictJson('{"a":\n"\\ud800"}')
    } catch (error) {
      return error
    }
  })()
  assert.ok(problem instanceof Problem)
  assert.equal(problem.code, 'notUtf8')
  assert.match(problemWords({ t: messagesIn('en') }, problem).detail, /\(2:1\)$/)
  assert.deepEqual(parseStrictJson('"\\ud83d\\ude00"'), '😀')
})

test('over the API the problem says it in the language of the answer, the names that are not known among it', async () => {
  const app = await appWithStory()
  const ada = await person(app, 'Ada', { roles: ['curator'] })
  const headers = { authorization: `Bearer ${await keyOf(app, ada.id, ['resources'])}`, 'accept-language': 'fr' }
  const payload = { ...story, publishedOn: '2021-02-30', colour: 'red' }
  const answer = await app.web.fastify.inject({ method: 'POST', url: '/api/resources', headers, payload })
  assert.equal(answer.statusCode, 400)
  const { violations } = answer.json()
  assert.deepEqual(
    violations.map(({ place }: { place: string }) => place),
    ['colour', 'publishedOn'],
  )
  assert.match(violations[0].message, /^n’est pas connu ici/)
  assert.match(violations[1].message, /2021-02-30.*n’existe pas dans le calendrier/)
})
