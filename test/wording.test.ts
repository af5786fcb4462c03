/** How we write: what `docs/wording.md` says, held over every message, guide and the README. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import { operations } from '#app'
import { descriptionOf, settingNames } from '#kernel/config.ts'
import { languages, localeOf } from '#kernel/i18n/languages.ts'
import { readCatalogue } from '#kernel/i18n/messages.ts'
import { inputFlags } from '../src/commands/operate.ts'

/** Where `docs/wording.md` lists the words of a language that we do not use. */
const sectionOf: Partial<Record<string, string>> = {
  en: 'Words that we do not use',
  ar: 'Arabic',
  es: 'Spanish',
  fr: 'French',
  ru: 'Russian',
  zh: 'Chinese',
}

const sections = readFileSync('docs/wording.md', 'utf8').split(/^## /m)

/** Words that we do not use in a language, from its table in `docs/wording.md`, each with the one that we use. */
const avoidedIn = (language: string) => {
  const section = sections.find((one) => one.startsWith(`${sectionOf[language]}\n`)) ?? ''
  return [...section.matchAll(/^\| ([^|]+?) +\| ([^|]+?) +\|$/gm)]
    .map(([, not, use]) => ({ not: not!, use: use! }))
    .filter(({ not }) => not !== 'do not use' && !/^-+$/.test(not))
}

const avoided = avoidedIn('en')

/** English words stand for their forms; other languages list each form. Chinese has no spaces between words. */
const found = (text: string, words = avoided, forms = '(?:s|ed|d|ing)?') =>
  words.filter(({ not }) =>
    /\p{Script=Han}/u.test(not)
      ? text.includes(not)
      : new RegExp(`(?<![\\p{L}-])${not}${forms}(?![\\p{L}-])`, 'iu').test(text),
  )

/** Every piece of plain text in a message, the branches of its plurals among them. */
function textsOf(message: string, locale: string): string[] {
  const texts: string[] = []
  const visit = (parts: any[]) => {
    for (const part of parts) {
      if (part.type === 0) texts.push(part.value)
      for (const option of Object.values(part.options ?? {}) as any[]) visit(option.value)
    }
  }
  visit(new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst() as any[])
  return texts
}

test('the wording that we avoid is found where it stands, with its forms', () => {
  assert.ok(avoided.length > 30)
  assert.deepEqual(
    found('Mended by this House')
      .map(({ use }) => use)
      .sort(),
    ['correct', 'this site'],
  )
  assert.deepEqual(found('Amendments of our documents'), [])
})

test('no message uses a word that we do not use', () => {
  const messages = Object.entries(readCatalogue('en'))
  assert.ok(messages.length > 2000)
  assert.deepEqual(
    messages.flatMap(([key, message]) => found(textsOf(message, 'en').join(' ')).map((word) => `${key}: ${word.not}`)),
    [],
  )
})

test('no help of a setting or an operation uses a word that we do not use', () => {
  const told = [
    ...settingNames.map((name) => [name, descriptionOf(name)] as const),
    ...operations.flatMap((op) => [
      [op.name, op.summary] as const,
      ...inputFlags(op).map(({ name, about }) => [`${op.name} ${name}`, about] as const),
    ]),
  ]
  assert.deepEqual(
    told.flatMap(([name, text]) => found(text).map((word) => `${name}: ${word.not}`)),
    [],
  )
})

/** The list of security checks names tests by their titles, and what was measured is no page for readers. */
const lists = ['docs/operate/security.md', 'docs/operate/speed.md']

test('no guide, nor the README, uses a word that we do not use', () => {
  const guides = [...globSync('docs/{guide,operate,areas}/*.md'), 'README.md'].filter((path) => !lists.includes(path))
  assert.ok(guides.length > 20)
  assert.deepEqual(
    guides.flatMap((path) => found(readFileSync(path, 'utf8')).map((word) => `${path}: ${word.not}`)),
    [],
  )
})

for (const language of Object.keys(sectionOf).filter((one) => one !== 'en'))
  test(`${language}: no message uses a word that we do not use`, () => {
    const words = avoidedIn(language)
    assert.ok(words.length > 10)
    assert.deepEqual(found(`x ${words[0]!.not}.`, words, ''), [words[0]])
    assert.deepEqual(
      Object.entries(readCatalogue(language as 'es')).flatMap(([key, message]) =>
        found(textsOf(message, localeOf[language as 'es']).join(' '), words, '').map((word) => `${key}: ${word.not}`),
      ),
      [],
    )
  })

const vocabularies = JSON.parse(readFileSync('src/records/vocabularies/own.json', 'utf8')) as Record<
  string,
  { title: Record<string, string>; terms: Record<string, Record<string, string>> }
>

for (const language of languages)
  test(`${language}: no label of our vocabularies uses a word that we do not use`, () => {
    const labels = Object.entries(vocabularies).flatMap(([name, { title, terms }]) => [
      [name, title[language]!] as const,
      ...Object.entries(terms).map(([code, term]) => [`${name}/${code}`, term[language]!] as const),
    ])
    assert.ok(labels.length > 300)
    const words = avoidedIn(language)
    const forms = language === 'en' ? undefined : ''
    assert.deepEqual(
      labels.flatMap(([name, label]) => found(label, words, forms).map((word) => `${name}: ${word.not}`)),
      [],
    )
  })

for (const language of languages)
  test(`${language}: an outcome, and the verdict of a review, are called the same in the form, in search and on the page`, () => {
    const words = readCatalogue(language) as Record<string, string>
    assert.deepEqual(
      [words['practice.outcome'], words['facet.outcome']],
      [words['field.outcome'], words['field.outcome']],
    )
    for (const verdict of ['sound', 'weaknesses']) {
      const label = vocabularies['verdicts']!.terms[verdict]![language]!
      assert.ok(words[`review.${verdict}`]!.toLowerCase().includes(label.toLowerCase()), `${verdict}: ${label}`)
    }
  })

test('no number breaks at the end of a line: its digits are held together as the language writes them', () => {
  const breaking = /(?<=\d) (?=\d{3}(?!\d))/u
  assert.match('1 500 élèves', breaking)
  const apart = languages.flatMap((language) =>
    Object.entries(readCatalogue(language))
      .filter(([, message]) => breaking.test(message))
      .map(([key]) => `${language} ${key}`),
  )
  assert.deepEqual(apart, [])
})

/** What is written by hand in six languages outside the catalogues: names of indicators, approaches and vocabularies. */
const writtenIn = (language: string): (readonly [string, string])[] => {
  const texts: [string, string][] = Object.entries(readCatalogue(language as 'ar'))
  const visit = (value: unknown, place: string) => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value))
      if (key === language && typeof inner === 'string') texts.push([place, inner])
      else visit(inner, `${place}/${key}`)
  }
  for (const path of [
    'src/features/indicators/catalogue.json',
    'src/features/approaches/approaches.json',
    'src/records/vocabularies/own.json',
  ])
    visit(JSON.parse(readFileSync(path, 'utf8')), path)
  return texts
}

test('Arabic words in the accusative are written one way: with both strokes before the alif', () => {
  const words = writtenIn('ar').flatMap(([place, text]) =>
    [...text.matchAll(/[\u0621-\u0652]+/g)].map(([word]) => ({ place, word })),
  )
  const bareOf = (word: string) => word.replaceAll(/[\u064b-\u0652]/g, '')
  const marked = new Set(words.filter(({ word }) => word.endsWith('\u064b\u0627')).map(({ word }) => bareOf(word)))
  assert.ok(marked.has('سجلا') && marked.size > 150)
  // Two letters or two signs of something end the same way: “the two letters of the country”.
  const pairs = ['حرفا', 'رمزا']
  assert.deepEqual(
    words
      .filter(({ word }) => word.endsWith('\u0627\u064b') || (marked.has(word) && !pairs.includes(word)))
      .map(({ place, word }) => `${place}: ${word}`),
    [],
  )
})

test('Russian words with ё are written with it everywhere', () => {
  const words = writtenIn('ru').flatMap(([place, text]) =>
    [...text.toLowerCase().matchAll(/[а-яё]+/g)].map(([word]) => ({ place, word })),
  )
  const plain = new Set(words.filter(({ word }) => word.includes('ё')).map(({ word }) => word.replaceAll('ё', 'е')))
  assert.ok(plain.size > 100)
  // Other words, which have no ё.
  for (const other of ['все', 'всем', 'нем', 'чем', 'узнает']) plain.delete(other)
  assert.deepEqual(
    words.filter(({ word }) => plain.has(word)).map(({ place, word }) => `${place}: ${word}`),
    [],
  )
})

test('Chinese is punctuated with full-width signs', () => {
  const halfWidth = /\p{Script=Han}(?:[,;:?!]| ?[()])|[,;:?!()]\p{Script=Han}/u
  assert.match('学科(国际', halfWidth)
  assert.deepEqual(
    writtenIn('zh').filter(([, text]) => halfWidth.test(text)),
    [],
  )
})

test('the electricity, computers and water of Arabic schools are available in the feminine', () => {
  const wrong = /يتوفر فيها (?:الكهرباء|الحواسيب|مياه|مراحيض|مرافق)/
  assert.match('المدارس التي يتوفر فيها الكهرباء', wrong)
  assert.deepEqual(
    writtenIn('ar').filter(([, text]) => wrong.test(text)),
    [],
  )
})

test('no Russian message is written in two genders', () => {
  const inBrackets = /\p{L}\(-?(?:а|ла|лась|ась|ница|ца)\)/u
  assert.match('запросил(а) ссылку', inBrackets)
  assert.deepEqual(
    Object.entries(readCatalogue('ru')).filter(([, message]) => inBrackets.test(message!)),
    [],
  )
})

test('the text of a Russian email begins with a capital, since its greeting ends with an exclamation mark', () => {
  const russian = readCatalogue('ru') as Record<string, string>
  assert.match(russian['mail.greeting']!, /!$/)
  const texts = Object.entries(russian).filter(([key]) => /^mail\..*\.text$/.test(key))
  assert.ok(texts.length > 60)
  assert.deepEqual(
    texts.filter(([, message]) => /^\p{Ll}/u.test(message)),
    [],
  )
})

const english = readCatalogue('en') as Record<string, string>

for (const language of languages) {
  const messages = Object.entries(readCatalogue(language))

  test(`${language}: no message shows an operation, a key of a catalogue, or an expression`, () => {
    const keys = new Set(Object.keys(readCatalogue('en')))
    const named = new Set(operations.map(({ name }) => name).filter((name) => name.includes('.')))
    assert.ok(named.size > 50)
    const shows = (text: string) =>
      text
        .split(/[\s“”"«»()]+/)
        .map((word) => word.replace(/[.,;:!?…]+$/, ''))
        .filter(
          (word) =>
            named.has(word) || (word.split('.').length > 1 && keys.has(word)) || /\(\?|\[\^|\\[dpws]|\{\d+,/.test(word),
        )
    assert.deepEqual(
      messages.flatMap(([key, message]) =>
        shows(textsOf(message, localeOf[language]).join(' ')).map((word) => `${key}: ${word}`),
      ),
      [],
    )
  })

  test(`${language}: every plural has the forms that the language has`, () => {
    const rules = new Intl.PluralRules(localeOf[language])
    // Forms that only millions take, as French, Spanish and Portuguese “many”, say there what “other” says.
    const needed = new Set([...Array(1_000).keys(), 1.5].map((number) => rules.select(number)))
    /** Where English has words of its own for none; elsewhere there is never none. */
    const hasNone = (key: string) => english[key]!.includes('=0')
    let plurals = 0
    const lacking: string[] = []
    for (const [key, message] of messages) {
      const visit = (parts: any[]) => {
        for (const part of parts) {
          if (part.type === 6 && part.pluralType !== 'ordinal') {
            plurals++
            // The form for exactly none says what a form for zero would.
            const has = new Set(
              Object.keys(part.options).map((form) =>
                form === '=0' ? 'zero' : form === '=1' ? 'one' : form === '=2' ? 'two' : form,
              ),
            )
            for (const form of needed)
              if (!has.has(form) && (form !== 'zero' || hasNone(key))) lacking.push(`${key}: ${form}`)
          }
          for (const option of Object.values(part.options ?? {}) as any[]) visit(option.value)
        }
      }
      visit(new IntlMessageFormat(message, localeOf[language], undefined, { ignoreTag: true }).getAst() as any[])
    }
    assert.ok(plurals > 50)
    assert.deepEqual(lacking, [])
  })
}
