/** Asked in one language, found in all; asked in a sentence, found by what it is about. */
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import * as fc from 'fast-check'
import type { Body } from '#records/record.ts'
import type { ParsedQuery, SearchDocument, SearchIndex } from '../contract.ts'
import { createSearchIndex } from '../index/index.ts'
import { clausesOf } from './branch.ts'
import { kindEntries, lexiconOf, type Lexicon } from './lexicon.ts'
import { languageNames } from './lexicon-lists.ts'
import { namedValues } from './named-values.ts'
import { slotsIn } from './query.ts'
import { isOneSlip } from './slipped-names.ts'
import { understand, type UnderstandOptions } from './understand.ts'
import adjectives from './country-adjectives.json' with { type: 'json' }

const concept = (id: string, title: Record<string, string>, more: Record<string, unknown> = {}) => ({
  id,
  body: { title, originalLanguage: 'en', ...more } as unknown as Body,
})

const thesaurus = [
  concept(
    'literacy',
    { en: 'Literacy', fr: 'Alphabétisation', es: 'Alfabetización', ru: 'Грамотность', ar: 'محو الأمية' },
    { broader: ['education'] },
  ),
  concept('adult-literacy', { en: 'Adult literacy', fr: 'Alphabétisation des adultes' }, { broader: ['literacy'] }),
  concept('education', { en: 'Schooling', fr: 'Scolarité' }),
  concept(
    'teacher-education',
    { en: 'Teacher education', fr: 'Formation des enseignants', es: 'Formación de docentes' },
    { otherLabels: { en: ['Teacher training'], fr: ['Formation des maîtres'] } },
  ),
  concept('distance', { en: 'Distance education', fr: 'Enseignement à distance', ar: 'تعليم عن بعد' }),
  concept('trains', { en: 'Trains', fr: 'Trains' }),
  concept('training', { en: 'Training', fr: 'Formation' }),
  concept('lower', { en: 'Lower secondary schools', fr: 'Collège' }),
  concept('college', { en: 'College', fr: 'Établissement universitaire' }),
]

const written = (number: number, language: string, title: string, text = ''): SearchDocument => ({
  number,
  title,
  texts: [
    { text: title, language, weight: 'title' },
    { text, language, weight: 'text' },
  ],
  values: { language: [language] },
  year: null,
  changedAt: number,
})

const library = [
  written(1, 'en', 'Literacy for nomads'),
  written(2, 'fr', 'L’alphabétisation des nomades'),
  written(3, 'ru', 'Повышение грамотности'),
  written(4, 'en', 'Teacher training by radio'),
  written(5, 'es', 'La formación de docentes'),
  written(6, 'en', 'Steam trains'),
  written(7, 'en', 'Adult literacy circles', 'evening classes'),
  written(8, 'ar', 'التعليم عن بعد'),
  written(9, 'fr', 'Pendule et gravité'),
  written(10, 'en', 'Pendulum and gravity'),
  written(11, 'en', 'Distance of the stars'),
]

let lexicon: Lexicon
let index: SearchIndex
before(async () => {
  lexicon = lexiconOf(thesaurus)
  index = createSearchIndex()
  await index.apply({ put: library, remove: [] }, 1)
})

type Question = UnderstandOptions & { widen?: boolean }

async function found(text: string, language: string, { widen = false, ...options }: Question = {}) {
  const understood = understand(text, [language], { lexicon, ...options })
  const query = widen ? understood.widened() : understood.query
  const { hits, ways } = await index.search({
    query,
    filters: {},
    sort: 'relevance',
    limit: 50,
    facets: [],
    facetLimit: 0,
  })
  return { numbers: hits.map(({ number }) => number), ways }
}
const sorted = (numbers: number[]) => numbers.toSorted((a, b) => a - b)

describe('one language for all', () => {
  test('a word finds what is written in another language, and says by which word and concept', async () => {
    const { numbers, ways } = await found('alphabétisation', 'fr')

    assert.deepEqual(sorted(numbers), [1, 2, 3, 7])
    assert.equal(numbers[0], 2, 'what was typed comes first')
    const way = ways.find(({ language }) => language === 'ru')
    assert.deepEqual(way, {
      kind: 'translation',
      typed: 'alphabétisation',
      words: 'Грамотность',
      language: 'ru',
      concept: 'literacy',
    })
  })

  test('the asker need not be on the page of the language asked in', async () => {
    assert.deepEqual(sorted((await found('alfabetización', 'en')).numbers), [1, 2, 3, 7])
  })

  test('a name of several words is one thing, in any of its forms, with little words between', async () => {
    for (const text of ['formation des enseignants', 'formation enseignant', 'teacher education', 'Teacher training'])
      assert.deepEqual(sorted((await found(text, 'fr')).numbers), [4, 5], text)
  })

  test('another name in the same language is a synonym', async () => {
    const { ways } = await found('teacher education', 'en')
    assert.ok(ways.some(({ kind, words }) => kind === 'synonym' && words === 'Teacher training'))
  })

  test('“training” is explained by training, not by trains, though both have one stem', async () => {
    const { ways } = await found('training', 'en')
    assert.deepEqual([...new Set(ways.map((way) => way.concept))], ['training'])
  })

  test('a little word that belongs to a name is not left out of it', async () => {
    const { numbers } = await found('enseignement à distance', 'fr')
    assert.deepEqual(numbers, [8])
  })

  test('a translation that is another word elsewhere is not used: “collège” is no college', () => {
    const { ways } = understand('lower secondary schools', ['en'], { lexicon }).query
    assert.ok(!ways.some(({ words }) => words === 'Collège'))
  })

  test('who wants only what was typed gets that', async () => {
    assert.deepEqual((await found('alphabétisation', 'fr', { exact: true })).numbers, [2])
  })

  test('Chinese, which the thesaurus lacks, is asked in by labels of our own', async () => {
    assert.deepEqual(sorted((await found('扫盲', 'zh')).numbers), [1, 2, 3, 7])
    assert.deepEqual(sorted((await found('掃盲', 'zh')).numbers), [1, 2, 3, 7])
  })
})

describe('sentences', () => {
  test('little words need not be found', async () => {
    assert.deepEqual((await found('what is the literacy of nomads', 'en')).numbers[0], 1)
    assert.deepEqual(understand('how can I teach radio to the children', ['en']).query.words, ['radio', 'children'])
    assert.deepEqual(understand('comment former les enseignants', ['en']).query.words, ['former', 'enseignants'])
  })

  test('a word in capitals is no little word, whatever it would be in small letters', () => {
    assert.deepEqual(understand('AI in education', []).query.words, ['ai', 'education'])
    assert.deepEqual(understand('AI dans l’éducation', ['fr']).query.words, ['ai', 'education'])
    assert.deepEqual(understand('IT for schools', ['en']).query.words, ['it', 'schools'])
    assert.deepEqual(understand('HOW IS IT DONE', ['en']).query.words, ['done'])
  })

  test('a question of little words alone is asked as it stands', () => {
    assert.deepEqual(understand('to be or not to be', ['en']).query.words, ['to', 'be', 'or', 'not'])
  })

  test('a quoted little word must be found', () => {
    assert.deepEqual(understand('"the who"', ['en']).query.words, ['the who'])
  })
})

describe('a question that finds little may be asked more broadly', () => {
  test('narrower concepts are found, and count less; a broader one says less than was asked', async () => {
    const { ways } = await found('literacy', 'en', { widen: true })
    assert.ok(ways.some(({ kind, words }) => kind === 'narrower' && words === 'Adult literacy'))
    assert.ok(!ways.some(({ words }) => words === 'Schooling'))
  })

  test('most of the words will do, and what holds more of them comes first', async () => {
    assert.deepEqual((await found('literacy evening telescopes', 'en')).numbers, [])
    assert.equal((await found('literacy evening telescopes', 'en', { widen: true })).numbers[0], 7)
  })
})

test('a foreign name does not find what only begins like it, nor does one word the names of its neighbour', async () => {
  const many = createSearchIndex()
  await many.apply({ put: [written(1, 'en', 'Absent pupils'), written(2, 'es', 'El absentismo')], remove: [] }, 1)
  const words = lexiconOf([
    concept('absence', { en: 'Absenteeism', es: 'Absentismo' }),
    concept('periodicals', { en: 'Periodicals', fr: 'Revues' }),
  ])
  const ask = async (text: string) => {
    const { query } = understand(text, ['en'], { lexicon: words })
    return many.search({ query, filters: {}, sort: 'relevance', limit: 9, facets: [], facetLimit: 0 })
  }
  assert.deepEqual(
    (await ask('absenteeism')).hits.map(({ number }) => number),
    [2],
  )
  assert.deepEqual((await ask('periodic')).ways, [])
  assert.ok((await ask('periodical')).ways.length > 0)
})

test('of records that match as well, those in the asker’s language come first', async () => {
  assert.deepEqual((await found('pendule', 'fr')).numbers, [9, 10])
  assert.deepEqual((await found('pendulum', 'en')).numbers, [10, 9])
})

test('a language that is named finds what is written in it', async () => {
  assert.deepEqual((await found('pendulum in french', 'en')).numbers, [9])
})

describe('plain words that name the value of a filter', () => {
  const named = (text: string, language: string) =>
    namedValues(lexicon, text, [language]).map(({ facet, value, rest }) => [facet, value, rest])

  test('type, language and level, each with what is left of the question', () => {
    assert.deepEqual(named('videos in Arabic for primary school', 'en'), [
      ['type', 'video', 'Arabic for primary school'],
      ['language', 'ar', 'videos for primary school'],
      ['level', '1', 'videos in Arabic'],
    ])
  })

  test('in each of the six languages', () => {
    assert.deepEqual(named('livres en swahili', 'fr')[1], ['language', 'sw', 'livres'])
    assert.deepEqual(named('cuentos en zulú', 'es')[0], ['type', 'story', 'zulú'])
    assert.deepEqual(named('книги о Кении', 'ru')[0], ['type', 'book', 'Кении'])
    assert.deepEqual(named('小学故事', 'zh'), [
      ['level', '1', '故事'],
      ['type', 'story', '小学'],
    ])
    assert.deepEqual(named('قصص في كينيا', 'ar')[1], ['country', 'KE', 'قصص'])
  })

  test('quoted and excluded words name nothing', () => {
    assert.deepEqual(named('"videos" -Kenya', 'en'), [])
  })
})

const hostile: Record<string, string> = {
  'known words without an end': 'teacher training literacy '.repeat(5_000),
  'one long name': 'formation des enseignants '.repeat(5_000),
  'Chinese without an end': '教师培训扫盲'.repeat(10_000),
  'many different words': Array.from({ length: 3_000 }, (_, i) => `literacy${i} training`).join(' '),
}
const sizeOf = ({ required, ways }: ParsedQuery) =>
  required.reduce((sum, { any }) => sum + slotsIn(any), 0) + ways.length

for (const [name, text] of Object.entries(hostile))
  test(`${name} makes no large query`, () => {
    const { query, widened } = understand(text, ['en', 'fr'], { lexicon })
    assert.ok(sizeOf(query) < 6_000)
    assert.ok(sizeOf(widened()) < 6_000)
  })

test('whatever is typed, every branch that was not typed says why, and none counts more than what was', () => {
  const word = fc.constantFrom('literacy', 'teacher', 'training', 'à', 'distance', 'в', '扫盲', '"x y"', '-z', 'Arabic')
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), fc.boolean(), (words, widen) => {
      const understood = understand(words.join(' '), ['en'], { lexicon })
      const { required, ways } = widen ? understood.widened() : understood.query
      const check = (any: (typeof required)[number]['any']): void => {
        for (const branch of any) {
          assert.ok(branch.weight > 0 && branch.weight <= 1)
          if (branch.way !== undefined) assert.ok(ways[branch.way]!.words.length > 0)
          for (const clause of clausesOf(branch)) check(clause.any)
        }
      }
      for (const { any } of required) check(any)
    }),
  )
})

/** What the words of a question are also found by. */
const alsoFoundBy = (text: string, language: string) =>
  understand(text, [language], { lexicon }).query.ways.map(({ words }) => words)

test('a verb has the names of what it does, and no word those of another that only begins like it', () => {
  const names = (text: string, language: string) =>
    understand(text, [language], { lexicon: lexiconOf(salts) }).query.ways.map(({ words }) => words)
  const salts = [
    concept('salt', { en: 'Salt', es: 'Sal' }),
    concept('electrons', { en: 'Electrons', ru: 'Электроны' }),
    concept('grading', { en: 'Grading', es: 'Calificación', ru: 'Тестирование' }),
    concept('grade', { en: 'Grade', es: 'Califica' }),
  ]
  assert.ok(names('sales', 'es').includes('Salt'))
  assert.ok(!names('salas', 'es').includes('Salt'))
  assert.ok(names('электронов', 'ru').includes('Electrons'))
  assert.ok(!names('электронный', 'ru').includes('Electrons'))
  assert.ok(names('calificar', 'es').includes('Grading'))
  assert.ok(!names('calificar', 'es').includes('Grade'))
  assert.ok(names('тестировать', 'ru').includes('Grading'))
})

test('a plural takes no place of another name', () => {
  const otherLabels = { en: ['Hive', 'Hives', 'Apiary', 'Apiaries', 'Swarm'] }
  const words = lexiconOf([concept('bees', { en: 'Beekeeping' }, { otherLabels })])
  const { ways } = understand('beekeeping', ['en'], { lexicon: words }).query
  assert.deepEqual(
    ways.map(({ words: name }) => name),
    ['Hive', 'Apiary'],
  )
})

test('the reader’s language counts less in what is only near than in what holds all words', () => {
  const languageOf = ({ preferred }: ParsedQuery) => preferred!.any[0]!.weight
  const { query, widened } = understand('literacy of nomads', ['fr'], { lexicon })
  assert.ok(languageOf(widened()) < languageOf(query))
})

test('a slip in either word of a name does not hide the name, and a word that means something itself is no slip', () => {
  for (const text of ['teacher eduction', 'techer education', 'teahcer education'])
    assert.ok(alsoFoundBy(text, 'en').includes('Formation des enseignants'), text)
  assert.ok(!alsoFoundBy('preacher education', 'en').includes('Formation des enseignants'))
  // “Жалуются” has a stem of three letters, and “малые школы” are small ones.
  assert.ok(!alsoFoundBy('жалуются на школу', 'ru').includes('Multigrade schools'))
  const words = lexiconOf([
    concept('sport', { en: 'Sport education', fr: 'Éducation sportive' }),
    concept('spork', { en: 'Spork' }),
  ])
  const waysOf = (text: string) => understand(text, ['en'], { lexicon: words }).query.ways.map((way) => way.words)
  assert.ok(waysOf('sprot education').includes('Éducation sportive'))
  assert.ok(!waysOf('spork education').includes('Éducation sportive'))
  const letter = fc.constantFrom(...'abcdefgh')
  fc.assert(
    fc.property(fc.string({ unit: letter, minLength: 3 }), fc.nat(), letter, (word, place, other) => {
      const at = place % word.length
      assert.ok(isOneSlip(word, word.slice(0, at) + word.slice(at + 1)))
      assert.ok(isOneSlip(word.slice(0, at) + other + word.slice(at), word))
      assert.equal(isOneSlip(word, word), false)
      assert.equal(isOneSlip(word, `${word}xyz`), false)
    }),
  )
})

test('people, devices and what schools do are understood in the six languages', () => {
  const meant: Record<string, [string, string][]> = {
    Pupils: [
      ['es', 'alumnado'],
      ['fr', 'apprenants'],
      ['zh', '中小学生'],
    ],
    Devices: [
      ['es', 'dispositivos'],
      ['fr', 'appareils'],
      ['ru', 'устройства'],
      ['ar', 'الأجهزة'],
      ['zh', '设备'],
    ],
    'Rural teachers': [
      ['es', 'docentes rurales'],
      ['fr', 'enseignants ruraux'],
      ['zh', '乡村教师'],
    ],
    Girls: [
      ['es', 'niñas'],
      ['zh', '女童'],
    ],
    'Text messages': [
      ['es', 'mensajes de texto'],
      ['ru', 'сообщения'],
      ['zh', '短信'],
    ],
    Financing: [
      ['es', 'quién paga'],
      ['ru', 'кто платит'],
      ['zh', '经费'],
      ['fr', 'financer'],
    ],
  }
  for (const [english, asked] of Object.entries(meant))
    for (const [language, text] of asked) assert.ok(alsoFoundBy(text, language).includes(english), text)
})

test('a noun is asked for by its adjective, in any number, by everyday words and by parts of a chain', () => {
  for (const [language, text, english] of [
    ['ru', 'школьный', 'School'],
    ['es', 'escolar', 'School'],
    ['ru', 'ребёнка', 'Children'],
    ['ru', 'для девочек', 'Girls'],
    ['es', 'maestro', 'Teachers'],
    ['es', 'en línea', 'Online'],
    ['ru', 'онлайн-лекции для взрослых', 'Adults'],
    ['ru', 'медиа-уроки', 'Lessons'],
    ['es', 'aula invertida', 'Flipped classroom'],
    ['ru', 'перевёрнутый класс', 'Flipped classroom'],
    ['fr', 'classe inversée', 'Flipped classroom'],
    ['ar', 'الصف المقلوب', 'Flipped classroom'],
    ['zh', '翻转课堂', 'Flipped classroom'],
  ])
    assert.ok(alsoFoundBy(text!, language!).includes(english!), text)
})

test('what denies is no little word: children for a school are not those without one', () => {
  const isWithout = (text: string) => alsoFoundBy(text, 'es').includes('Out-of-school children')
  assert.ok(isWithout('niños sin escuela'))
  assert.ok(!isWithout('niños para la escuela'))
  assert.ok(!alsoFoundBy('estudiar solos', 'es').includes('Solar power'))
})

test('secondary school is named by everyday words, and terms that say how are circumstances', () => {
  for (const [language, text] of [
    ['es', 'secundaria'],
    ['ru', 'старшеклассники'],
    ['fr', 'secondaire'],
  ] as const)
    assert.ok(
      namedValues(lexicon, text, [language]).some(({ facet }) => facet === 'level'),
      text,
    )
  assert.ok(namedValues(lexicon, 'escuelas latinoamericanas', ['es']).some(({ facet }) => facet === 'region'))
  const { required } = understand('tabletas en línea', ['es'], { lexicon }).query
  assert.deepEqual(
    required.map(({ isCircumstance = false }) => isCircumstance),
    [false, true],
  )
})

test('what is of a country names the country, in any form, and no adjective is of two or a language', () => {
  for (const [language, text, country] of [
    ['fr', 'langue des signes marocaine', 'MA'],
    ['fr', 'écoles sénégalaises', 'SN'],
    ['es', 'maestras kenianas', 'KE'],
    ['ru', 'бразильские школы', 'BR'],
    ['en', 'Rwandan schools', 'RW'],
    ['ar', 'مدارس مغربية', 'MA'],
  ] as const) {
    const named = namedValues(lexicon, text, [language]).flatMap(({ facet, value }) =>
      facet === 'country' ? [value] : [],
    )
    assert.deepEqual(named, [country], text)
  }
  const languages = new Set(
    languageNames().flatMap(([, names]) => Object.values(names).map((name) => name.toLowerCase())),
  )
  const seen = new Map<string, string>()
  for (const [code, byLanguage] of Object.entries(adjectives.adjectives))
    for (const [language, words] of Object.entries(byLanguage))
      for (const word of words) {
        const key = `${language} ${word.toLowerCase()}`
        assert.equal(seen.get(key) ?? code, code, `${word} is of two countries`)
        assert.ok(!languages.has(word.toLowerCase()), `${word} is a language`)
        seen.set(key, code)
      }
})

test('a translation that is rarer than what was typed does not come before it', async () => {
  const common = Array.from({ length: 60 }, (_, at) => written(at + 100, 'en', `Literacy, part ${at}`))
  const many = createSearchIndex()
  await many.apply({ put: [...common, written(1, 'es', 'Alfabetización')], remove: [] }, 1)
  const query = understand('literacy', [], { lexicon }).query

  const { hits } = await many.search({ query, filters: {}, sort: 'relevance', limit: 100, facets: [], facetLimit: 0 })

  assert.equal(hits.length, 61)
  assert.equal(hits.at(-1)!.number, 1)
})

test('a thesaurus calls things by words that mean something else in questions: these are not read so', () => {
  const words = lexiconOf([
    concept('soils', { en: 'Soils', ar: 'ترب' }, { otherLabels: { ar: ['تربة'] } }),
    concept('mutation', { en: 'Mutation', ar: 'طفرة' }, { otherLabels: { ar: ['تحوّل'] } }),
    concept('discipline', { en: 'Discipline' }, { otherLabels: { ar: ['نظام'] } }),
    concept('sanctions', { en: 'Embargoes' }, { otherLabels: { ar: ['حظر'] } }),
    concept('wages', { en: 'Wages' }, { otherLabels: { fr: ['Paye'] } }),
    concept('exchange', { en: 'Foreign exchange', fr: 'Change' }),
    concept('books', { en: 'Books', es: 'Libro' }),
  ])
  const meant = (text: string, language: string) => [
    ...new Set(understand(text, [language], { lexicon: words }).query.ways.map(({ concept: id }) => id)),
  ]
  for (const [language, text, id] of [
    ['ar', 'التربية', 'field:education-word'],
    ['ar', 'التحول الرقمي', 'field:digitalisation'],
    ['ar', 'نظام', 'field:system-word'],
    ['ar', 'حظر', 'field:ban-word'],
    ['fr', 'pays', 'field:countries-word'],
  ])
    assert.equal(meant(text!, language!)[0], id, text)
  for (const [language, text] of [
    ['ar', 'التحول'],
    ['en', 'change'],
    ['es', 'libre'],
  ])
    assert.deepEqual(meant(text!, language!), [], text)
  assert.deepEqual(meant('libros', 'es').includes('books'), true)
})

test('the name of a kind is offered as a filter in every form', () => {
  const words = lexiconOf([], kindEntries([{ name: 'indicator', isAskedFor: true }, { name: 'rubric' }]))
  for (const [language, text, kind] of [
    ['en', 'an indicator of water', 'indicator'],
    ['fr', 'indicateurs d’eau', 'indicator'],
    ['es', 'indicadores de agua', 'indicator'],
    ['ru', 'список показателей воды', 'indicator'],
    ['zh', '学校用水指标', 'indicator'],
    ['ar', 'مؤشرات المياه', 'indicator'],
    ['en', 'rubrics for courses', 'rubric'],
  ])
    assert.ok(
      namedValues(words, text!, [language!]).some(({ facet, value }) => facet === 'kind' && value === kind),
      text,
    )
})

test('a word that names are made of is no slip, whether a record has it or not', () => {
  const words = lexiconOf([concept('meals', { en: 'School meals', fr: 'Cantine scolaire' })])
  const mayBeSlip = (text: string, language: string) =>
    understand(text, [language], { lexicon: words }).query.required.some(({ mend }) => mend !== undefined)
  assert.equal(mayBeSlip('cantine', 'fr'), false)
  assert.equal(mayBeSlip('cantime', 'fr'), true)
})

test('for a reader of another language an Arabic name is looked for as it stands, with and without its article, and by no stem', () => {
  const words = lexiconOf([concept('writing', { en: 'Writing', ar: 'كتابة' })])
  const termsFor = (text: string, language: string) =>
    JSON.stringify(understand(text, [language], { lexicon: words }).query.required)
  const asked = termsFor('writing', 'en')
  assert.ok(asked.includes('"كتابه"') && asked.includes('"الكتابه"') && !asked.includes('كتاب"'))
  assert.ok(termsFor('كتابة', 'ar').includes('كتاب"'))
})
