/** What somebody types is found in a text that spells, bends or cuts the same word otherwise. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { createSearchIndex } from '../index/index.ts'
import { requestOf } from '../../../test/asked.ts'

async function finds(text: string, language: string, typed: string): Promise<boolean> {
  const index = createSearchIndex()
  const texts = [{ text, language, weight: 'text' as const }]
  const other = { text: 'nothing of the kind', language: 'en', weight: 'text' as const }
  const rest = { title: '', values: {}, year: null, changedAt: 1 }
  await index.apply(
    {
      put: [
        { number: 1, texts, ...rest },
        { number: 2, texts: [other], ...rest },
      ],
      remove: [],
    },
    1,
  )
  const { hits } = await index.search(requestOf({ text: typed, languages: [language] }))
  return hits.some(({ number }) => number === 1)
}

const stories: [act: string, language: string, text: string, typed: string[]][] = [
  [
    'Traditional Chinese finds Simplified',
    'zh',
    '在线学习平台与教师培训',
    ['在線學習', '學習', '在線', '教師培訓', '平臺'],
  ],
  [
    'Simplified Chinese finds Traditional',
    'zh-Hant',
    '線上學習平臺與教師培訓',
    ['学习', '线上学习', '教师', '"学习平台"'],
  ],
  ['full-width letters and digits are letters and digits', 'zh', '２０２４年ＩＣＴ教育', ['ict', '2024', 'ＩＣＴ']],
  ['accents may be left out, or set where none are', 'fr', "L'école numérique", ['ecole', 'école', 'numerique']],
  ['accents may be missing in the text', 'es', 'Matematica y educacion', ['matemática', 'educación']],
  ['ё may be written е', 'ru', 'Ещё учёба', ['еще', 'учеба', 'учёба']],
  [
    'a hyphen may be left out, or be a space',
    'en',
    'E-learning in pre-primary',
    ['elearning', 'e-learning', 'preprimary'],
  ],
  ['either apostrophe will do', 'fr', 'L’enseignement aujourd’hui', ["l'enseignement", 'enseignement', "aujourd'hui"]],
  ['Arabic is found without its vowel signs and hamza', 'ar', 'إدارةُ الأُسرة', ['ادارة', 'أدارة', 'الاسره']],
  ['an Arabic plural finds the singular', 'ar', 'كتاب ودرس للطالب', ['كتب', 'الكتب', 'دروس', 'الطلاب']],
  ['an Arabic singular finds the plural', 'ar', 'الألعاب والقصص والمدارس للأطفال', ['لعبة', 'قصة', 'مدرسة', 'طفل']],
  ['Hausa hooked letters stay letters', 'ha', 'Ɗalibi da ƙwaya', ['ɗalibi', 'ƙwaya']],
  ['C++ and C# are words', 'en', 'Learn C++ and C# today', ['C++', 'c#']],
]

for (const [act, language, text, typed] of stories)
  test(act, async () => {
    for (const words of typed) assert.ok(await finds(text, language, words), `“${words}” in “${text}”`)
  })

test('an Arabic word for teacher does not find the word for education that it grew from', async () => {
  assert.equal(await finds('التعليم', 'ar', 'معلم'), false)
})

test('one Chinese character more is another word', async () => {
  assert.equal(await finds('在线教育', 'zh', '在線學習'), false)
})
