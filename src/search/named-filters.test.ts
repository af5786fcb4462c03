/** What names a filter offers it, in all six languages and their forms, and takes nothing else out of the question. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages } from '#kernel/i18n/languages.ts'
import { languageNamed, namesOfLanguages } from '#records/vocabularies/language-names.ts'
import { lexiconOf } from './query/lexicon.ts'
import { namesInText } from './query/named-values.ts'
import { library } from '../../test/library.ts'

type Offer = { filters: { facet: string; value: string }[]; q: string; without?: string; total: number }

const node = await library()
const { practice, resource, share } = node
await practice('Radio lessons', {
  connectivity: 'none',
  electricity: 'none',
  devices: 'shared',
  outcome: 'stopped',
})
await practice('Lesson guides', { connectivity: 'shared', electricity: 'shared', devices: 'one-per-class' })
await practice('Adaptive software', { connectivity: 'reliable', electricity: 'reliable', devices: 'one-to-one' })
const lesson = (title: string, more: object) =>
  share('lessons', { title: { en: title }, originalLanguage: 'en', ...more })
await lesson('Buy chargers with the tablets', { phase: 'procure', recommendedTo: ['minister', 'planner'] })
await lesson('Train before devices come', { phase: 'design', recommendedTo: ['teacher'] })
const study = (title: string, more: object) =>
  share('studies', { title: { en: title }, originalLanguage: 'en', ...more })
await study('Fractions on screens', { design: 'qed', subjects: ['0541'], year: 2015 })
await study('Letters on screens', { design: 'rct', evidenceLevel: 'E5', year: 2018 })
await resource('Guide for writers', { type: 'book', languages: ['en'], audiences: ['teacher'] })
await resource('Drawing letters', { type: 'book', languages: ['ar'], levels: ['1'] })
const story = (language: string, title: string) =>
  share('resources', {
    title: { [language]: title },
    originalLanguage: language,
    type: 'story',
    languages: [language],
  })
await story('sw', 'Wanyama wa porini')
await story('ha', 'Kidayar dabbobi')
await story('zu', 'Inhlanzi')
await story('nuj', 'Embeba')

const offersOf = async (q: string, language: string): Promise<Offer[]> =>
  (await node.search(q, { assist: 'true', languages: [language] })).assistance.offers
const told = ({ filters }: Offer) => filters.map(({ facet, value }) => `${facet}:${value}`).sort()
/** The first that is offered: the filters, what is left of the words, and what is left out. */
const first = async (q: string, language = 'en') => {
  const [offer] = await offersOf(q, language)
  return offer && [told(offer), offer.q, ...(offer.without ? [offer.without] : [])]
}
const isOffered = async (language: string, q: string, filter: string) =>
  assert.ok(
    (await offersOf(q, language)).some((offer) => told(offer).includes(filter)),
    `${language}: ${q}`,
  )

test('who has a weak connection, or none, is offered what works with it', async () => {
  const weak = [['connectivity:none', 'connectivity:shared'], '']
  for (const [language, q] of [
    ['en', 'low connectivity'],
    ['fr', 'faible connexion'],
    ['es', 'poca conectividad'],
    ['ru', 'низкая скорость интернета'],
    ['zh', '网络差'],
    ['ar', 'اتصال ضعيف'],
  ])
    assert.deepEqual(await first(q!, language), weak, q)
  for (const [language, q] of [
    ['en', 'without internet'],
    ['fr', 'sans internet'],
    ['es', 'sin internet'],
    ['ru', 'без интернета'],
    ['zh', '没有网络'],
    ['ar', 'بدون إنترنت'],
  ])
    assert.deepEqual(await first(q!, language), [['connectivity:none'], ''], q)
})

test('so is who has no electricity, and who shares devices', async () => {
  for (const [language, none, shared] of [
    ['en', 'no electricity', 'shared devices'],
    ['fr', 'sans électricité', 'appareils partagés'],
    ['es', 'sin electricidad', 'dispositivos compartidos'],
    ['ru', 'без электричества', 'общие устройства'],
    ['zh', '没有电', '共用设备'],
    ['ar', 'بدون كهرباء', 'أجهزة مشتركة'],
  ]) {
    await isOffered(language!, none!, 'electricity:none')
    await isOffered(language!, shared!, 'devices:shared')
  }
})

test('what a practice needs is a filter of the page, the API and the table', async () => {
  const titles = await node.titles('', { connectivity: ['none'], devices: ['shared'] })
  assert.deepEqual(titles, ['Radio lessons'])
  const { body } = await node.get('/search?kind=practice&connectivity=none')
  assert.match(body, /Connectivity: None/)
  const all = await node.get('/search?kind=practice&all=filters')
  for (const name of ['Connectivity', 'Electricity', 'Devices']) assert.match(all.body, new RegExp(`<summary>${name}`))
  assert.doesNotMatch((await node.get('/search?kind=resource&all=filters')).body, /<summary>Connectivity/)
  const csv = await node.get('/search.csv?kind=practice&electricity=none')
  assert.match(csv.body, /Radio lessons/)
  assert.doesNotMatch(csv.body, /Adaptive software/)
})

test('what stopped is offered in any form of the word', async () => {
  for (const [language, q] of [
    ['en', 'stopped'],
    ['fr', 'arrêtées'],
    ['es', 'suspendida'],
    ['ru', 'остановленные'],
    ['zh', '叫停'],
    ['ar', 'متوقفة'],
  ])
    await isOffered(language!, q!, 'outcome:stopped')
})

test('a design and a subject are offered together, and the grade that a finding shows is known', async () => {
  for (const [language, q] of [
    ['en', 'quasi experimental maths'],
    ['fr', 'quasi expérimental maths'],
    ['es', 'cuasiexperimental matemáticas'],
    ['ru', 'квазиэксперимент математика'],
    ['zh', '准实验 数学'],
    ['ar', 'شبه تجريبي الرياضيات'],
  ])
    assert.deepEqual(await first(q!, language), [['design:qed', 'subject:0541'], ''], q)
  for (const [language, q] of [
    ['en', 'randomised'],
    ['en', 'randomized'],
    ['fr', 'randomisée'],
    ['es', 'aleatorizado'],
    ['ru', 'рандомизированные'],
    ['zh', '随机'],
    ['ar', 'عشوائية'],
  ])
    await isOffered(language!, q!, 'design:rct')
  for (const language of languages) assert.deepEqual(await first('E5', language), [['evidence:E5'], ''])
})

test('a year is a filter, unless years are chosen', async () => {
  assert.ok((await offersOf('2015 studies', 'en')).some((offer) => told(offer).includes('year:2015')))
  const { assistance } = await node.search('2015 studies', { assist: 'true', from: 2010, languages: ['en'] })
  assert.ok(assistance.offers.every((offer: Offer) => !told(offer).includes('year:2015')))
})

test('lessons are offered by whom they are for and by the part of a project', async () => {
  for (const [language, forWhom, phase] of [
    ['en', 'lessons for ministers', 'lessons about procurement'],
    ['fr', 'leçons pour les ministres', 'leçons sur les achats'],
    ['es', 'lecciones para ministros', 'lecciones sobre licitaciones'],
    ['ru', 'уроки для министров', 'уроки о закупках'],
    ['zh', '给部长的教训', '采购 教训'],
    ['ar', 'دروس للوزراء', 'دروس عن المشتريات'],
  ]) {
    assert.deepEqual(await first(forWhom!, language), [['audience:minister', 'kind:lesson'], ''], forWhom)
    assert.deepEqual(await first(phase!, language), [['kind:lesson', 'phase:procure'], ''], phase)
  }
})

test('whom a sentence speaks of is not whom something is for', async () => {
  const audiences = async (q: string, language: string) =>
    (await offersOf(q, language)).flatMap(told).filter((filter) => filter.startsWith('audience'))
  for (const [language, not, is] of [
    ['en', 'teachers guide writers', 'guide for teachers'],
    ['fr', 'enseignants guide', 'guide pour les enseignants'],
    ['es', 'docentes guide', 'guide para docentes'],
    ['ru', 'учителя guide', 'guide для учителей'],
    ['zh', '教师 guide', 'guide 面向教师'],
    ['ar', 'معلمون guide', 'guide للمعلمين'],
  ]) {
    assert.deepEqual(await audiences(not!, language!), [], not)
    assert.deepEqual(await audiences(is!, language!), ['audience:teacher'], is)
  }
  assert.deepEqual(await offersOf('World Bank', 'en'), [])
})

test('an offer takes out its own name alone, and tells what had to be left out', async () => {
  const offers = await offersOf('books in Arabic for primary school', 'en')
  assert.deepEqual(
    offers.map((offer) => [told(offer), offer.q]),
    [
      [['language:ar', 'level:1', 'type:book'], ''],
      [['type:book'], 'Arabic for primary school'],
      [['language:ar'], 'books for primary school'],
      [['level:1'], 'books in Arabic'],
    ],
  )
  const videos = await first('videos in Arabic for primary school')
  assert.deepEqual(videos, [['language:ar', 'level:1'], '', 'videos'])
  assert.deepEqual(await first('Hausa stories about family'), [['language:ha', 'type:story'], '', 'family'])
  const { body } = await node.get(`/search?q=${encodeURIComponent('Hausa stories about family')}`)
  assert.match(
    body,
    /Language: Hausa \+ Type: Story[^]{0,20}without “family”|Type: Story \+ Language: Hausa[^]{0,20}without “family”/,
  )
})

test('stories in a language are offered by its names, and found by the reader’s words', async () => {
  for (const [language, q] of [
    ['en', 'Swahili stories about animals'],
    ['fr', 'histoires en swahili sur les animaux'],
    ['es', 'cuentos en swahili sobre animales'],
    ['ru', 'сказки на суахили о животных'],
    ['zh', '斯瓦希里语 动物 故事'],
    ['ar', 'قصص بالسواحيلية عن الحيوانات'],
  ]) {
    const [offer] = await offersOf(q!, language!)
    assert.deepEqual(offer && told(offer), ['language:sw', 'type:story'], q)
    assert.equal(offer!.total, 1, q)
  }
  assert.deepEqual(await first('قصص سواحيلية', 'ar'), [['language:sw', 'type:story'], ''])
  assert.deepEqual(await first('isiZulu'), [['language:zu'], ''])
  assert.deepEqual(await node.titles('isiZulu', { languages: ['en'] }), ['Inhlanzi'])
  assert.deepEqual(await first('Lunyole stories'), [['language:nuj', 'type:story'], ''])
  assert.deepEqual(await node.titles('animals', { language: ['ha'], languages: ['en'] }), ['Kidayar dabbobi'])
})

/** Languages that records of the sources are in; of some Unicode knows no name. */
const written =
  'ab ada adh af ak alz am anu ar ary ay az be bem bg bi bn bo bs ca cce ckb cs cy da dag de dga dje ee efi el en es et eu fa fat ff fi fo fr ga gaa gjn gl gu gur guz ha he hi hr ht hu hy hz id ig is it ja ka kam keo ki kj kk kln km kn ko kr ku kwn laj lg lgg lko lo loz lsm lt luc luo lv lwg mas mer mg mhi mhw mi mk ml mn mr ms mt my myx nah naq nb ne ng nl nle nn nr nso nuj ny nyn nyu nzi oc om or pa pl ps pt qu ro ru rw saq sd se si sk sl sn so sq sr ss st sv sw ta te teo tg th ti tk tl tn toh toi tr ts tsc tsz ttj tuv tw uk ur uz ve vi wo xh xog xsm yo zh zne zu'

test('every language that records are in is offered by its name in each language of the node', () => {
  const lexicon = lexiconOf([])
  const offered = (text: string, language: string) =>
    namesInText(lexicon, text, [language]).names.flatMap(({ meanings }) =>
      meanings.flatMap(({ facet, values }) => (facet === 'language' ? values : [])),
    )
  const codes = new Set(written.split(' '))
  const missed = namesOfLanguages()
    .all.filter(({ name, code }) => codes.has(code) && languageNamed(name) === code && !name.includes('('))
    .filter(({ name, code }) => !languages.some((language) => offered(name, language).includes(code)))
    .map(({ name, code }) => `${code} ${name}`)
  assert.deepEqual(missed, [])
  for (const [name, code] of [
    ['isiXhosa', 'xh'],
    ['chiShona', 'sn'],
    ['Sesotho', 'st'],
    ['Luganda', 'lg'],
    ['Kinyarwanda', 'rw'],
    ['Chichewa', 'ny'],
    ['Setswana', 'tn'],
    ['Gikuyu', 'ki'],
    ['Lugbarati', 'lgg'],
    ['हिन्दी', 'hi'],
  ])
    assert.deepEqual(offered(name!, 'en'), [code], name)
})
