import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bestText, directionOf, isLanguage, negotiateLanguage, wishesOf } from './languages.ts'
import { formatsIn } from './format.ts'

test('the browser’s wish chooses among the six; English when none of them is wished', () => {
  assert.equal(negotiateLanguage('fr-CA, en;q=0.8'), 'fr')
  assert.equal(negotiateLanguage('de, sw;q=0.9, es;q=0.1'), 'es')
  assert.equal(negotiateLanguage('ar;q=0, ru'), 'ru')
  assert.equal(negotiateLanguage('tlh'), 'en')
  assert.equal(negotiateLanguage(undefined), 'en')
})

test('any header gives a language of the interface, and wishes in order', () => {
  fc.assert(fc.property(fc.string(), (header) => isLanguage(negotiateLanguage(header))))
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('en', 'fr', 'zh-Hans', 'sw'), fc.integer({ min: 1, max: 9 })), {
        maxLength: 5,
      }),
      (wishes) => {
        const header = wishes.map(([tag, tenths]) => `${tag};q=0.${tenths}`).join(', ')
        assert.deepEqual(
          wishesOf(header),
          [...wishes].sort((a, b) => b[1] - a[1]).map(([tag]) => tag),
        )
      },
    ),
  )
})

const tag = fc.constantFrom('en', 'fr', 'es', 'pt-BR', 'zh-Hant', 'sw', 'ar')

test('the best text of a language map is one of its own, in the wanted language if there is one', () => {
  fc.assert(
    fc.property(
      fc.dictionary(tag, fc.string({ minLength: 1 }), { minKeys: 1 }),
      tag,
      tag,
      (texts, wanted, original) => {
        const { text, language } = bestText(texts, wanted, original)
        assert.equal(texts[language], text)
        if (wanted in texts) assert.equal(language, wanted)
        else if (original in texts && !Object.keys(texts).some((one) => one.split('-')[0] === wanted.split('-')[0]))
          assert.equal(language, original)
      },
    ),
  )
})

test('scripts run their own way', () => {
  for (const right of ['ar', 'fa-IR', 'ur', 'he', 'ku-Arab', 'ar-EG']) assert.equal(directionOf(right), 'rtl', right)
  for (const left of ['en', 'zh', 'ku', 'az-Latn', 'ar-Latn', 'sw']) assert.equal(directionOf(left), 'ltr', left)
})

test('dates are as exact as they are given, and what is no date is shown as it is', () => {
  const { day } = formatsIn('en')
  assert.deepEqual(
    [day('2024-05-17'), day('2024-05'), day('2024'), day('soon')],
    ['17 May 2024', 'May 2024', '2024', 'soon'],
  )
  assert.match(formatsIn('fr').number(1234.5), /^1\s234,5$/)
  assert.match(formatsIn('ar').languageName('sw'), /السواح/)
})
