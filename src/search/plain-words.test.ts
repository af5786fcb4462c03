/** Questions in plain words: what they name, in which language, and what they do not mean. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeList } from '#records/vocabularies/index.ts'
import { library } from '../../test/library.ts'

test('of words that begin alike those are suggested first that find what people look for', async () => {
  const { share, resource, practice, as } = await library()
  for (let i = 0; i < 6; i++) await resource(`Moon story ${i}`)
  await practice('Moodle in rural schools', { summary: { en: 'A platform.' } })
  await share('solutions', { title: { en: 'Moodle' }, originalLanguage: 'en' })
  const { words, records } = await as()('search.suggest', { q: 'moo' })
  assert.deepEqual(words.slice(0, 2), ['moodle', 'moon'])
  assert.match(records[0].body.title.en, /Moodle/)
})

test('plain words for how it ended, where, and how it was studied offer filters, in any language', async () => {
  const { practice, share, search } = await library()
  await practice('Tablet trial', { outcome: 'did-not-work', countries: ['KE'], settings: ['rural'] })
  await practice('Tablet school', { outcome: 'worked', countries: ['KE'] })
  await share('studies', { title: { en: 'Maths by tablet' }, originalLanguage: 'en', design: 'qed' })
  const offered = async (q: string, language: string) =>
    (await search(q, { assist: 'true', languages: [language] })).assistance.offers.flatMap(({ filters }: any) =>
      filters.map(({ facet, value }: any) => `${facet}:${value}`),
    )
  for (const [language, q, filter] of [
    ['en', 'failed tablet', 'outcome:did-not-work'],
    ['fr', 'tablet échecs', 'outcome:did-not-work'],
    ['es', 'fracasos tablet', 'outcome:did-not-work'],
    ['ru', 'tablet неудачи', 'outcome:did-not-work'],
    ['zh', '失败 tablet', 'outcome:did-not-work'],
    ['ar', 'فشل tablet', 'outcome:did-not-work'],
    ['en', 'quasi experimental maths', 'design:qed'],
    ['en', 'rural schools tablet', 'setting:rural'],
    ['en', 'tablet africa', 'region:002'],
  ])
    assert.ok((await offered(q!, language!)).includes(filter), q)
})

test('with a language chosen, words of the reader’s language find what is written in it', async () => {
  const { share, titles } = await library()
  const wanyama = { title: { sw: 'Wanyama wa porini' }, originalLanguage: 'sw', type: 'story', languages: ['sw'] }
  await share('resources', wanyama)
  for (const [q, language] of [
    ['animals', 'en'],
    ['animaux', 'fr'],
    ['животные', 'ru'],
    ['动物', 'zh'],
  ])
    assert.deepEqual(await titles(q!, { language: ['sw'], languages: [language] }), ['Wanyama wa porini'], q)
  assert.deepEqual(await titles('animals', { languages: ['en'] }), [])
})

test('questions as people put them find what they are about', async () => {
  const { practice, titles } = await library()
  const about = (text: string) => ({ summary: { en: text } })
  await practice('Calls home', about('A programme against school dropout among pupils.'))
  await practice('Lessons in a box', about('An offline server for refugees and their pupils.'))
  await practice('Big rollout', about('One laptop per child in all schools.'))
  await practice('Unrelated', about('Something else that helps and works for one or two.'))
  for (const [q, title] of [
    ['how do I keep pupils from leaving school', 'Calls home'],
    ['comment éviter le décrochage scolaire ?', 'Calls home'],
    ['¿cómo evitar el abandono escolar?', 'Calls home'],
    ['как предотвратить отсев учащихся', 'Calls home'],
    ['如何防止辍学', 'Calls home'],
    ['كيف يمكن منع التسرب المدرسي؟', 'Calls home'],
    ['what works for refugees without Internet', 'Lessons in a box'],
    ['does one to one laptop help', 'Big rollout'],
    ['is it worth to keep pupils in school', 'Calls home'],
    ['¿quiénes han usado un programa contra el abandono escolar?', 'Calls home'],
    ['¿vale la pena una laptop por niño?', 'Big rollout'],
    ['стоит ли ноутбук каждому ребёнку', 'Big rollout'],
    ['отсев учащихся в ходе программы', 'Calls home'],
    ['помогает ли удержание учащихся', 'Calls home'],
    ['1:1 laptops', 'Big rollout'],
  ])
    assert.equal((await titles(q!))[0], title, q)
})

test('words are not their neighbours, and what is known is no slip', async () => {
  const { resource, titles } = await library()
  await resource('Periodic table of elements')
  for (let i = 0; i < 25; i++) await resource(`Ballerina tables, periodicals ${i}`)
  await resource('A tablet for each learner')
  assert.deepEqual(await titles('tablet'), ['A tablet for each learner'])
  assert.deepEqual(await titles('tablets'), ['A tablet for each learner'])
  assert.equal((await titles('periodic table'))[0], 'Periodic table of elements')
})

test('what a type, a level or an outcome is called finds what is so, in every language, though no word of it says it', async () => {
  const { resource, practice, titles } = await library()
  await resource('Drawing letters', { type: 'video', languages: ['ar'], levels: ['1'] })
  await resource('Drawing numbers', { type: 'book', languages: ['ar'], levels: ['1'] })
  await resource('Drawing animals', { type: 'video', languages: ['fr'], levels: ['1'] })
  await practice('Box of lessons', { outcome: 'did-not-work' })
  await practice('Bag of lessons', { outcome: 'worked', summary: { en: 'Some feared a failure.' } })
  for (const [language, videos, failed] of [
    ['en', 'videos in Arabic for primary school', 'failed'],
    ['fr', "vidéos en arabe pour l'école primaire", 'échecs'],
    ['es', 'videos en árabe para la escuela primaria', 'fracasos'],
    ['ru', 'видео на арабском для начальной школы', 'неудачи'],
    ['zh', '阿拉伯语 小学 视频', '失败'],
    ['ar', 'فيديوهات بالعربية للمدرسة الابتدائية', 'فشل'],
  ] as const) {
    assert.deepEqual(await titles(videos, { languages: [language] }), ['Drawing letters'], videos)
    assert.equal((await titles(failed, { languages: [language] }))[0], 'Box of lessons', failed)
  }
})

test('where no record holds all that was asked, the nearest lead and each says which word was let go', async () => {
  const { resource, search } = await library()
  await resource('Drawing letters', { type: 'video', languages: ['fr'], levels: ['1'] })
  await resource('Drawing numbers', { type: 'video', languages: ['ar'], levels: ['6'] })
  await resource('Drawing animals', { type: 'book', languages: ['ar'], levels: ['1'] })
  const { total, near, nearMissing } = await search('videos in Arabic for primary school', { languages: ['en'] })
  assert.equal(total, 0)
  assert.deepEqual(near.map(({ body }: any, at: number) => [body.title.en, nearMissing[at]]).sort(), [
    ['Drawing animals', ['videos']],
    ['Drawing letters', ['Arabic']],
    ['Drawing numbers', ['primary school']],
  ])
})

test('a word that nobody listed says more of what is sought than how it is done', async () => {
  const { resource, search } = await library()
  await resource('Guide to zorblax')
  await resource('Activities of a choir')
  await resource('Online activities of a band')
  const { near } = await search('online activities with zorblax', { languages: ['en'] })
  assert.deepEqual(
    near.map(({ body }: any) => body.title.en),
    ['Guide to zorblax'],
  )
})

test('the ending of a web name is no word of it, and the name is still found', async () => {
  const { share, practice, titles } = await library()
  await share('solutions', {
    title: { en: 'elimu.ai' },
    originalLanguage: 'en',
    description: { en: 'Education apps.' },
  })
  await practice('A chat tutor', { outcome: 'worked', summary: { en: 'AI in the education of girls.' } })
  assert.deepEqual(await titles('AI in education'), ['A chat tutor'])
  assert.deepEqual([await titles('elimu.ai'), await titles('elimu')], [['elimu.ai'], ['elimu.ai']])
  await practice('Servers with node.js')
  assert.deepEqual(await titles('js'), ['Servers with node.js'])
})

test('turns of phrase are read as what they mean, and their words apart mean nothing', async () => {
  const { practice, titles } = await library()
  const pupils = { outcome: 'worked', summary: { en: 'Against school dropout.' } }
  await practice('Calls home', pupils)
  await practice('Broadcasts', {
    summary: { en: 'Do not keep the school waiting; leave the teacher time for girls and pupils.' },
  })
  for (const q of [
    'how do I keep pupils from leaving school',
    'how to keep girls in school',
    "comment éviter que les élèves quittent l'école",
    'cómo mantener a los niños en la escuela',
    'как удержать учеников в школе',
    '如何让学生留在学校',
    'كيف يمكن إبقاء الفتيات في المدرسة',
  ])
    assert.deepEqual(await titles(q), ['Calls home'], q)
})

test('a practice that tells what came of it comes before one that does not', async () => {
  const { practice, titles } = await library()
  await practice('Solar radio in one place', { outcome: 'did-not-work' })
  await practice('Solar radio')
  assert.deepEqual(await titles('solar radio'), ['Solar radio in one place', 'Solar radio'])
})

test('a practice of which somebody says what was done comes before one that is a list of tasks', async () => {
  const { practice, search } = await library()
  const told = await practice('Solar radio', {
    description: {
      en: 'Ten schools were given a set in 2019 and tested it: 1) reading 2) writing 3) numbers, each for a term.',
    },
  })
  const listed = await practice('Solar radio', {
    description: { en: 'Objectives and Activities 1-Purchase of sets (task 1)\n2-Tests (task 2)\n3-Reports' },
  })
  const { records } = await search('solar radio')
  assert.deepEqual(
    records.map(({ id }: { id: string }) => id),
    [told, listed],
  )
})

test('who asks for what failed, stopped or worked gets practices that ended so before texts that have the word', async () => {
  const { practice, share, titles } = await library()
  await practice('Tablets in cupboards', { outcome: 'did-not-work' })
  await practice('Tablets without power', { outcome: 'stopped' })
  const title = {
    en: 'Tablets: when one failed or stopped, ask why',
    fr: 'Tablettes : après un échec ou un arrêt, demandez pourquoi',
    es: 'Tabletas: tras un fracaso o una suspensión, pregunte por qué',
    ru: 'Планшеты: если неудача или остановка, спросите почему',
    zh: '平板失败或中止时要问原因',
    ar: 'الأجهزة اللوحية: عند فشل أو توقف اسأل عن السبب',
  }
  await share('lessons', { title, originalLanguage: 'en' })
  for (const [language, q] of [
    ['en', 'failed'],
    ['en', 'failed tablets'],
    ['fr', 'échec'],
    ['es', 'fracaso'],
    ['ru', 'неудача'],
    ['zh', '失败'],
    ['ar', 'فشل'],
  ] as const)
    assert.equal((await titles(q, { languages: [language] }))[0], 'Tablets in cupboards', q)
  assert.equal((await titles('stopped'))[0], 'Tablets without power')
  assert.ok((await titles('failed')).length > 1, 'what has the word is still found')
})

test('effects and results that are asked for need not be words of the record, nor small words of time and place', async () => {
  const { practice, titles } = await library()
  const en = 'Radio lessons for pupils before they can read.'
  const ru = 'Радиоуроки для школьников.'
  const zh = '广播课程，面向学生。'
  const es = 'Lecciones de radio para alumnos.'
  const fr = 'Leçons de radio pour les élèves.'
  await practice('Voices', { outcome: 'worked', summary: { en, ru, zh, es, fr } })
  for (const [language, q] of [
    ['en', 'radio lessons effect on pupils'],
    ['en', 'effects of radio lessons'],
    ['en', 'radio instead of lessons'],
    ['es', 'lecciones de radio efecto en alumnos'],
    ['es', 'radio en vez de lecciones'],
    ['fr', 'leçons de radio effets sur les élèves'],
    ['ru', 'радиоуроки результаты'],
    ['zh', '广播课程效果'],
  ] as const)
    assert.deepEqual(await titles(q, { languages: [language] }), ['Voices'], q)
})

test('studies, findings and lessons are found by the practice they are of, in the language of its title, and by its new title', async () => {
  const { share, as, titles } = await library()
  const english = { originalLanguage: 'en' }
  const study = await share('studies', { ...english, title: { en: 'Report 7' } })
  const finding = await share('evidence', {
    ...english,
    title: { en: 'Scores rose' },
    study,
    direction: 'positive',
  })
  const body = {
    ...english,
    type: 'practice',
    title: { en: 'Radio schools', fr: 'Écoles par radio' },
    evidence: [study, finding],
  }
  const made = await share('practices', body)
  await share('lessons', { ...english, title: { en: 'Pay the helper' }, practices: [made] })
  const all = ['Pay the helper', 'Radio schools', 'Report 7', 'Scores rose']
  assert.deepEqual((await titles('écoles par radio', { languages: ['fr'] })).sort(), all)
  await as('curator')('practices.revise', {
    id: made,
    revision: 1,
    body: { ...body, title: { en: 'Broadcast schools' } },
  })
  assert.deepEqual((await titles('broadcast schools')).sort(), [
    'Broadcast schools',
    'Pay the helper',
    'Report 7',
    'Scores rose',
  ])
  assert.deepEqual(await titles('radio'), [])
})

test('a finding is found by the practice and the approach that its study is of, and by their new titles', async () => {
  const { share, as, titles } = await library()
  const english = { originalLanguage: 'en' }
  const approach = await share('approaches', {
    ...english,
    title: { en: 'Broadcast lessons', fr: 'Leçons radiodiffusées' },
  })
  const study = await share('studies', { ...english, title: { en: 'Report 7' }, approaches: [approach] })
  await share('evidence', { ...english, title: { en: 'Scores rose' }, study, direction: 'positive' })
  const body = { ...english, type: 'practice', title: { en: 'Sky schools', fr: 'Écoles du ciel' }, evidence: [study] }
  const made = await share('practices', body)
  const found = async (q: string) => (await titles(q, { languages: ['fr'] })).sort()
  assert.deepEqual(await found('leçons radiodiffusées'), ['Broadcast lessons', 'Report 7', 'Scores rose'])
  assert.deepEqual(await found('écoles du ciel'), ['Report 7', 'Scores rose', 'Sky schools'])
  await as('curator')('practices.revise', { id: made, revision: 1, body: { ...body, title: { en: 'Cloud schools' } } })
  assert.deepEqual(await found('cloud schools'), ['Cloud schools', 'Report 7', 'Scores rose'])
  assert.deepEqual(await found('sky'), [])
})

test('maths is mathematics, in each language that says it short', async () => {
  const { practice, titles } = await library()
  await practice('Mathematics by radio')
  for (const [q, language] of [
    ['maths', 'en'],
    ['maths', 'fr'],
    ['mates', 'es'],
  ] as const)
    assert.deepEqual(await titles(q, { languages: [language] }), ['Mathematics by radio'], q)
})

test('of “one or the other” each is an answer, and both together come first, in six languages', async () => {
  const { practice, titles } = await library()
  const about = (text: string) => ({ summary: { en: text } })
  await practice('Paper', about('Reading lessons with textbooks.'))
  await practice('Glass', about('Reading lessons with tablets.'))
  await practice('Paper and glass', about('Reading lessons with textbooks, then with tablets.'))
  await practice('Air', about('Reading lessons by radio.'))
  for (const [q, language] of [
    ['textbooks or tablets', 'en'],
    ['manuels scolaires ou tablettes', 'fr'],
    ['libros de texto o tabletas', 'es'],
    ['учебники или планшеты', 'ru'],
    ['教科书还是平板电脑', 'zh'],
    ['الكتب المدرسية أم الأجهزة اللوحية', 'ar'],
  ]) {
    const found = await titles(q!, { languages: [language] })
    assert.equal(found[0], 'Paper and glass', q)
    assert.deepEqual(found.toSorted(), ['Glass', 'Paper', 'Paper and glass'], q)
  }
  assert.deepEqual(await titles('textbooks vs tablets', { languages: ['en'] }), ['Paper and glass'])
})

test('of a long question the telling word may stand at either end', async () => {
  const { practice, search } = await library()
  await practice('Blockchain records', { summary: { en: 'Certificates of pupils on a blockchain.' } })
  await practice('Village library', { summary: { en: 'Books in a village.' } })
  const { total, near } = await search('blockchain for islands with heavy rain and wooden boats')
  assert.equal(total, 0)
  assert.deepEqual(
    near.map(({ body }: any) => body.title.en),
    ['Blockchain records'],
  )
})

test('who asks about forged certificates is shown how certificates are verified, as near', async () => {
  const { practice, search } = await library()
  await practice('Link on paper', { summary: { en: 'Verified certificates for graduates that anyone can read.' } })
  await practice('Certificates at last', { summary: { en: 'Certificates for all pupils.' } })
  for (const [q, language] of [
    ['fake diplomas of graduates', 'en'],
    ['faux diplômes des diplômés', 'fr'],
    ['títulos falsos de graduados', 'es'],
    ['поддельные дипломы выпускников', 'ru'],
    ['毕业生假文凭', 'zh'],
    ['شهادات مزورة للخريجين', 'ar'],
  ]) {
    const { total, near } = await search(q!, { languages: [language] })
    assert.equal(total, 0, q)
    assert.equal(near[0]?.body.title.en, 'Link on paper', q)
  }
})

test('what happened elsewhere and what was learned frame a question and need not be in the record', async () => {
  const { practice, titles } = await library()
  await practice('Live by dish', { summary: { en: 'Lessons by satellite.' } })
  for (const [q, language] of [
    ['what did we learn from satellite lessons', 'en'],
    ['satellite lessons what went wrong', 'en'],
    ['qu’avons-nous appris de cours par satellite', 'fr'],
    ['qué aprendimos de clases por satélite', 'es'],
    ['experiencias de clases por satélite', 'es'],
    ['уроки по спутнику зарубежный опыт', 'ru'],
    ['что пошло не так с уроки по спутнику', 'ru'],
    ['卫星直播课出了什么问题', 'zh'],
    ['ماذا تعلمنا من دروس بالأقمار الصناعية', 'ar'],
  ])
    assert.deepEqual(await titles(q!, { languages: [language] }), ['Live by dish'], q)
})

test('what people say every day finds what the record calls otherwise, in six languages', async () => {
  const { practice, titles } = await library()
  const about = (text: string) => ({ summary: { en: text } })
  await practice('A', about('Parents report problems by a free hotline.'))
  await practice('B', about('Electronic examinations at the end of school.'))
  await practice('C', about('Early warning finds pupils at risk.'))
  await practice('D', about('Charging devices in the sun.'))
  await practice('E', about('Consent of parents before data are stored.'))
  for (const [title, ...asked] of [
    ['A', 'fr numéro vert', 'es línea de denuncias', 'ru горячая линия', 'zh 热线', 'ar الخط الساخن'],
    [
      'B',
      'fr examens sur ordinateur',
      'es exámenes en computadora',
      'ru экзамены на компьютере',
      'zh 机考',
      'ar امتحانات محوسبة',
    ],
    ['C', 'fr alerte précoce', 'es alerta temprana', 'ru раннее предупреждение', 'zh 预警', 'ar الإنذار المبكر'],
    ['D', 'fr recharger les appareils', 'es cargar los equipos', 'ru зарядка устройств', 'zh 充电', 'ar شحن الأجهزة'],
    [
      'E',
      'fr consentement des parents',
      'es consentimiento',
      'ru согласие родителей',
      'zh 家长同意',
      'ar موافقة أولياء الأمور',
    ],
  ])
    for (const one of asked)
      assert.deepEqual(await titles(one.slice(3), { languages: [one.slice(0, 2)] }), [title], one)
})

test('who and whom are little words, so that nothing foreign is found by them', async () => {
  const { practice, share, titles } = await library()
  await practice('Owners of lessons', { summary: { ru: 'Кто хранит уроки.', en: 'Who keeps lessons.' } })
  await share('resources', { title: { af: 'Kom terug' }, originalLanguage: 'af', type: 'story', languages: ['af'] })
  assert.deepEqual(await titles('кому уроки', { languages: ['ru'] }), ['Owners of lessons'])
})

test('what a solution declares for each goal and rule, and a list of nearly all countries, answers no question', async () => {
  const { share, practice, titles } = await library()
  const countries = Object.keys(codeList('countries')!.terms).filter((code) => /^[A-Z]{2}$/.test(code))
  await share('solutions', {
    title: { en: 'Cash for all' },
    originalLanguage: 'en',
    description: { en: 'Payments by phone.' },
    sdgs: [{ goal: '4', evidence: { en: 'Attendance of teachers, cyberbullying, vocational training online.' } }],
    indicators: [{ indicator: '1', answer: 'yes', note: { en: 'Privacy of learning data under the licence.' } }],
    countries: countries.slice(0, 100),
  })
  await practice('Calls about cyberbullying', { countries: ['KE'] })
  assert.deepEqual(await titles('cyberbullying'), ['Calls about cyberbullying'])
  assert.deepEqual(await titles('privacy of learning data'), [])
  assert.deepEqual(await titles('Kenya'), ['Calls about cyberbullying'])
  assert.deepEqual(await titles('payments by phone'), ['Cash for all'])
})

test('what asks for an effect frames a question, and what clings to an Arabic word is no part of its name', async () => {
  const { practice, titles } = await library()
  await practice('Sign language on tablets', { summary: { en: 'For reading.' } })
  for (const [language, q] of [
    ['fr', 'Quels sont les effets des tablettes sur la lecture ?'],
    ['es', '¿Cuál es el impacto de las tabletas en la lectura?'],
    ['ru', 'какова эффективность планшетов для чтения'],
    ['zh', '平板电脑对阅读的效果如何'],
    ['ar', 'ما أثر الأجهزة اللوحية على القراءة'],
    ['ar', 'القراءة بلغة الإشارة'],
  ])
    assert.deepEqual(await titles(q!, { languages: [language!] }), ['Sign language on tablets'], q)
})

test('who names studies means what is one, though no word of it says so, in six languages and in any form', async () => {
  const { share, practice, titles } = await library()
  await share('studies', { title: { en: 'Tablets in Kisumu' }, originalLanguage: 'en' })
  await practice('Tablets in Nairobi')
  for (const [language, q] of [
    ['en', 'studies of tablets'],
    ['fr', 'une étude des tablettes'],
    ['es', 'estudios sobre tabletas'],
    ['ru', 'результаты исследований о планшетах'],
    ['zh', '平板电脑研究'],
    ['ar', 'الدراسات عن الأجهزة اللوحية'],
  ])
    assert.deepEqual(await titles(q!, { languages: [language!] }), ['Tablets in Kisumu'], q)
})

test('a publisher is found by its name, and not by the university that it belongs to', async () => {
  const { resource, practice, titles } = await library()
  await resource('Waves', { publisher: 'PhET Interactive Simulations, University of Colorado' })
  await practice('A university on air')
  assert.deepEqual(await titles('university'), ['A university on air'])
  assert.deepEqual(await titles('PhET'), ['Waves'])
})

test('who names a language and a type gets what is of both before what only mentions them', async () => {
  const { resource, practice, titles } = await library()
  await practice('Cartoons on television', { summary: { en: 'Cartoons and stories, many of animals, in Swahili.' } })
  await resource('A trip with animals', { type: 'story', languages: ['en'] })
  await resource('Wanyama: animals', { type: 'story', languages: ['sw'] })
  for (const [language, q] of [
    ['en', 'Swahili stories about animals'],
    ['fr', 'histoires en swahili sur les animaux'],
    ['es', 'cuentos en suajili sobre animales'],
    ['ru', 'сказки на суахили о животных'],
    ['zh', '斯瓦希里语动物故事'],
  ])
    assert.equal((await titles(q!, { languages: [language!] }))[0], 'Wanyama: animals', q)
})
