/** What words of a question are taken for, in the six languages: topics, circumstances, or nothing at all. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Branch, Clause } from '../contract.ts'
import { lexiconOf, type Lexicon } from './lexicon.ts'
import { understand } from './understand.ts'
import type { Body } from '#records/record.ts'

const concept = (id: string, title: Record<string, string>, otherLabels: Record<string, string[]> = {}) => ({
  id,
  body: { title, otherLabels, originalLanguage: 'en' } as unknown as Body,
})

/** What the UNESCO Thesaurus calls by words that mean something else here. */
const thesaurus = [
  concept('recruitment', { en: 'Recruitment', es: 'Contratación' }),
  concept('houses', { en: 'Houses', es: 'Casa' }, { es: ['Piso'] }),
  concept('cartography', { en: 'Cartography' }, { es: ['Planos'] }),
  concept('occupations', { en: 'Occupations', es: 'Profesión' }, { es: ['Actividad'] }),
  concept('managers', { en: 'Managers', fr: 'Cadre' }),
  concept('walls', { en: 'Structural elements' }, { es: ['Pared', 'Pilar'] }),
  concept(
    'data-protection',
    { en: 'Data protection', es: 'Protección de datos' },
    { en: ['Computer crime', 'Cyber crime'], es: ['Cibercrimen', 'Delito informático'] },
  ),
]

let lexicon: Lexicon
before(() => {
  lexicon = lexiconOf(thesaurus)
})

const asked = (text: string, language: string, widen = false) => {
  const understood = understand(text, [language], { lexicon })
  return widen ? understood.widened() : understood.query
}

/** The concepts that a clause is also found by. */
function meaningsOf(clause: Clause, text: string, language: string): string[] {
  const { ways } = asked(text, language)
  const inBranch = (branch: Branch): string[] => [
    ...(branch.way === undefined ? [] : [ways[branch.way]!.concept ?? '']),
    ...('phrase' in branch ? [] : ('all' in branch ? branch.all : branch.most).flatMap(inClause)),
  ]
  const inClause = ({ any }: Clause): string[] => any.flatMap(inBranch)
  return inClause(clause).map((id) => id.replace('field:', ''))
}

const meant = (text: string, language: string) =>
  asked(text, language).required.flatMap((clause) => meaningsOf(clause, text, language))

const topics = (text: string, language: string) =>
  asked(text, language)
    .required.filter(({ isCircumstance, isGeneral }) => !isCircumstance && !isGeneral)
    .map(({ name }) => name)

test('how something is known, done or said is no topic beside one, in six languages', () => {
  const sides: [language: string, topic: string, sides: string[]][] = [
    [
      'en',
      'tablets',
      ['pupil attitudes', 'case study', 'survey', 'workshop', 'framework', 'policy', 'systematic review'],
    ],
    [
      'fr',
      'tablettes',
      ['motivation', 'étude de cas', 'enquête', 'atelier', 'cadre', 'politique', 'revue systématique'],
    ],
    [
      'es',
      'tabletas',
      ['motivación', 'percepciones', 'encuesta', 'taller', 'actividades', 'marco', 'plan', 'en el aula'],
    ],
    ['ru', 'планшеты', ['мотивация', 'опрос', 'семинар', 'план', 'политика', 'развитие', 'метаанализ']],
    ['zh', '平板', ['动机', '案例研究', '问卷', '工作坊', '框架', '计划', '政策', '元分析']],
    ['ar', 'تابلت', ['دافعية', 'دراسة حالة', 'استطلاع', 'ورشة', 'إطار', 'خطة', 'سياسة']],
  ]
  for (const [language, topic, others] of sides)
    for (const side of others) {
      const found = topics(`${topic}, ${side}`, language).filter((name) => name !== 'pupil')
      assert.equal(found.length, 1, `${topic}, ${side}: ${found.join(' | ')}`)
    }
  assert.deepEqual(topics('competence framework', 'en'), ['competence framework'])
})

test('words are taken for what they mean in this field, and not for what a thesaurus calls so', () => {
  const readings: [language: string, text: string, means: string, not?: string][] = [
    ['es', 'contratar plataformas', 'procurement', 'recruitment'],
    ['es', 'contratación de docentes', 'teacher-recruitment'],
    ['fr', 'marchés publics', 'procurement'],
    ['ru', 'закупки', 'procurement'],
    ['zh', '采购', 'procurement'],
    ['ar', 'التعاقد', 'procurement'],
    ['es', 'plan', 'plan-word', 'cartography'],
    ['es', 'actividades', 'activities', 'occupations'],
    ['es', 'casos', 'case-study', 'houses'],
    ['es', 'resultados PISA', 'pisa', 'houses'],
    ['fr', 'cadre', 'frame-alone', 'managers'],
    ['es', 'enseñanza remota de emergencia', 'emergency-remote-teaching', 'conflict'],
    ['en', 'fake news', 'disinformation', 'forged-certificates'],
    ['fr', 'fausses nouvelles', 'disinformation'],
    ['es', 'noticias falsas', 'disinformation', 'forged-certificates'],
    ['ru', 'фейковые новости', 'disinformation'],
    ['zh', '假新闻', 'disinformation', 'forged-certificates'],
    ['ar', 'الأخبار الكاذبة', 'disinformation'],
    ['es', 'aula virtual', 'learning-platform'],
    ['es', 'gratis', 'access-conditions:free'],
    ['fr', 'écoles de Dakar', 'countries:SN'],
    ['ru', 'математика на русском языке', 'languages:ru'],
    ['fr', 'vidéos en langue arabe', 'languages:ar'],
    ['en', 'stories in the Swahili language', 'languages:sw'],
    ['ar', 'رياضيات باللغة الفرنسية', 'languages:fr'],
    ['es', 'colegios de Medellín', 'countries:CO'],
    ['ru', 'школы в Алматы', 'countries:KZ'],
    ['zh', '内罗毕的学校', 'countries:KE'],
    ['ar', 'مدارس القاهرة', 'countries:EG'],
    ['es', 'estudio', 'study-word', 'trial'],
    ['es', 'rendición de cuentas', 'accountability', 'stories'],
    ['es', 'las antenas parabólicas', 'satellite'],
    ['es', 'corrige composiciones', 'essay-marking'],
    ['es', 'reconocimiento de rostros', 'face-recognition'],
    ['zh', '刷脸', 'face-recognition'],
    ['es', 'niños exiliados', 'refugees'],
    ['fr', 'jeux vidéo', 'games'],
    ['es', 'vendedores', 'suppliers'],
    ['ru', 'пылятся', 'unused'],
    ['es', 'la nómina docente', 'salaries'],
    ['en', 'spot checks', 'unannounced-visits'],
    ['ar', 'زيارات مفاجئة', 'unannounced-visits'],
    ['es', 'pantallas rotas', 'breakage', 'repair'],
    ['en', 'stolen devices', 'device-loss'],
    ['es', 'colegios que tienen luz', 'electricity'],
    ['es', 'abandonar la carrera', 'dropout'],
    ['es', 'dejar el liceo', 'dropout'],
    ['es', 'el paro docente', 'strike'],
    ['fr', 'la grève', 'strike'],
    ['es', 'profes titulados', 'qualified-teachers'],
    ['es', 'niños no verbales', 'augmentative-communication'],
    ['es', 'un convenio', 'convention'],
    ['es', 'internautas', 'internet-users'],
    ['es', 'la cooperación internacional', 'donor-funding'],
    ['es', 'sobreedad', 'over-age'],
    ['es', 'pantallas', 'screen-time'],
    ['ru', 'экранное время', 'screen-time'],
    ['zh', '电子垃圾', 'e-waste'],
    ['fr', 'déchets électroniques', 'e-waste'],
    ['es', 'tercera edad', 'older-people'],
    ['ar', 'كبار السن', 'older-people'],
    ['es', 'cañón', 'projector'],
    ['es', 'tarifa cero', 'zero-rating'],
    ['es', 'preprimaria', 'levels:0'],
    ['es', 'liceo', 'levels:3'],
    ['es', 'alumnos de instituto', 'levels:3'],
    ['es', 'los peques de infantil', 'levels:0'],
    ['es', 'entre pares', 'peer-learning', 'walls'],
    ['es', 'la coevaluación', 'peer-assessment'],
    ['es', 'titulaciones cortas', 'badges'],
    ['es', 'pila', 'battery', 'walls'],
    ['es', 'niños que no oyen', 'deaf'],
    ['es', 'lineamientos', 'policy-word'],
    ['es', 'gratuidad de la enseñanza', 'free-education'],
    ['es', 'ancho de banda', 'connection'],
    ['en', 'peer feedback', 'peer-assessment'],
    ['fr', 'travaux de groupe', 'group-work'],
    ['ru', 'взаимооценка', 'peer-assessment'],
    ['ru', 'лица', '', 'levels:3'],
    ['ru', 'сканирование лица', 'face-recognition', 'levels:3'],
    ['ru', 'отчисления операторов связи', 'universal-service-fund'],
    ['ru', 'личные данные', 'pupil-records-privacy', 'personalised'],
    ['ru', 'педучилище', 'teacher-colleges'],
    ['zh', '大模型', 'chatbots'],
    ['zh', '神经网络', 'neural-networks'],
    ['zh', '少儿编程', 'programming'],
    ['zh', '骗补', 'corruption'],
    ['ar', 'تقييم الأقران', 'peer-assessment'],
  ]
  for (const [language, text, means, not] of readings) {
    const found = meant(text, language)
    if (means !== '' && !found.includes(means)) {
      // Where all names of a term are in what was typed, nothing more is looked for: it still must be a name.
      const [clause] = asked(text, language).required
      assert.ok(clause && clause.isCircumstance, `${text}: ${found.join(' ')}`)
    }
    if (not) assert.ok(!found.includes(not), `${text} is no ${not}`)
  }
})

test('a country is known by its everyday name, its short and its former one, and by no other word', () => {
  for (const [language, text, code] of [
    ['en', 'radio in the UK', 'GB'],
    ['fr', 'la radio en RDC', 'CD'],
    ['es', 'la radio en EE. UU.', 'US'],
    ['es', 'la radio en Catar', 'QA'],
    ['es', 'la radio en Escocia', 'GB'],
    ['ru', 'радио в ФРГ', 'DE'],
    ['ru', 'радио в ЮАР', 'ZA'],
    ['zh', '美国的广播', 'US'],
    ['zh', '韩国的广播', 'KR'],
    ['ar', 'الإذاعة في سوريا', 'SY'],
  ] as const)
    assert.ok(meant(text, language).includes(`countries:${code}`), text)
  assert.ok(!meant('una escuela antigua', 'es').includes('countries:AG'))
})

test('who has no internet is without internet, however it is said', () => {
  for (const [language, text] of [
    ['en', "pupils who don't have internet"],
    ['en', "the school doesn't have internet"],
    ['fr', 'les élèves n’ont pas internet'],
    ['es', 'la mitad de mis alumnos no tiene internet'],
    ['es', 'no hay internet en la escuela'],
    ['ru', 'у детей нет доступа к интернету'],
    ['zh', '学校没有网络'],
    ['ar', 'لا يوجد إنترنت في المدرسة'],
  ] as const)
    assert.ok(meant(text, language).includes('offline'), text)
})

test('to predict dropout is of dropout and of prediction, and what warns early is near', () => {
  for (const [language, text] of [
    ['en', 'predicting dropout'],
    ['fr', 'prédire le décrochage'],
    ['es', 'predecir deserción'],
    ['ru', 'прогнозирование отсева'],
    ['zh', '预测辍学'],
    ['ar', 'التنبؤ بالتسرب'],
  ] as const) {
    const { required } = asked(text, language)
    assert.equal(required.length, 2, text)
    for (const [at, means] of ['prediction', 'dropout'].entries())
      assert.ok(meaningsOf(required[at]!, text, language).includes(means), `${text}: ${means}`)
    const near = asked(text, language, true).ways.map(({ concept }) => concept)
    assert.ok(near.includes('field:early-warning'), text)
  }
})

test('verbs that only help to ask are not looked for, and such as say little may be missing', () => {
  for (const [language, text, left] of [
    ['es', '¿qué tabletas puedo usar?', ['tabletas']],
    ['es', 'docentes que usaron tabletas', ['docentes', 'tabletas']],
    ['fr', 'comment peut-on utiliser des tablettes', ['tablettes']],
    ['ru', 'как использовать планшеты', ['планшеты']],
    ['ar', 'كيف نستخدم تابلت', ['تابلت']],
    ['es', 'reducir el ausentismo en todas las escuelas', ['ausentismo', 'escuelas']],
    ['es', 'juegos para aprender matemáticas', ['juegos', 'matemáticas']],
    ['en', 'detect cheating', ['cheating']],
  ] as const)
    assert.deepEqual(topics(text, language), left, text)
  assert.deepEqual(topics('escribir', 'es'), ['escribir'])
})

test('where not all names of a word have room, those of this field come first', () => {
  const text = 'reglas claras para la protección de datos de menores en plataformas educativas con cámaras'
  const words = asked(text, 'es').ways.map((way) => way.words)
  for (const name of ['Privacidad', 'Datos de los alumnos']) assert.ok(words.includes(name), name)
  for (const name of ['Cibercrimen', 'Computer crime']) assert.ok(!words.includes(name), name)
})

test('a little word of a question is no other word with the same stem: courses “para docentes” are of no strike', () => {
  for (const [language, text] of [
    ['es', 'cursos gratis para docentes'],
    ['es', 'para docentes'],
  ] as const)
    assert.ok(!meant(text, language).includes('strike'), text)
  assert.ok(meant('paros docentes', 'es').includes('strike'))
})

test('what people call a language beside its name in lists, in the language of each', () => {
  for (const [language, text, code] of [
    ['zh', '普通话', 'zh'],
    ['en', 'stories in Mandarin', 'zh'],
    ['es', 'cuentos en castellano', 'es'],
    ['ru', 'фарси', 'fa'],
  ] as const)
    assert.ok(meant(text, language).includes(`languages:${code}`), text)
})

test('times tables are multiplication, in six languages', () => {
  for (const [language, text] of [
    ['en', 'times tables'],
    ['fr', 'tables de multiplication'],
    ['es', 'tablas de multiplicar'],
    ['ru', 'таблица умножения'],
    ['zh', '乘法表'],
    ['ar', 'جدول الضرب'],
  ] as const)
    assert.ok(meant(text, language).includes('multiplication'), text)
})
