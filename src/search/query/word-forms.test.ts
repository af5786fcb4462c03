import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actionsOf, isActionOf, isInflected, isSameNoun } from './word-forms.ts'

test('one word in two forms is one word, and two words of one stem are two', () => {
  for (const [one, other] of [
    ['school', 'schools'],
    ['ability', 'abilities'],
    ['escuela', 'escuelas'],
    ['docente', 'docentes'],
    ['sal', 'sales'],
    ['школа', 'школой'],
    ['цифровой', 'цифровая'],
    ['данные', 'данных'],
    ['رقمي', 'رقميه'],
    ['الموشر', 'موشرات'],
    ['المدارس', 'مدرسه'],
    ['وخصوصيه', 'خصوصيه'],
  ])
    assert.ok(isInflected(one!, other!) && isInflected(other!, one!), `${one} ${other}`)
  for (const [one, other] of [
    ['periodic', 'periodicals'],
    ['sal', 'salas'],
    ['электроны', 'электронный'],
    ['электрон', 'электронные'],
    ['solar', 'solos'],
    ['estudios', 'estudian'],
    ['libre', 'libro'],
    ['serios', 'series'],
    // Education and soil, a plan and calligraphy, a region and logic, illiteracy and a mother, policies and politicians.
    ['التربيه', 'تربه'],
    ['الخطه', 'خط'],
    ['المنطقه', 'منطق'],
    ['الاميه', 'ام'],
    ['سياسات', 'سياسيون'],
  ])
    assert.ok(!isInflected(one!, other!) && !isInflected(other!, one!), `${one} ${other}`)
})

test('a verb is of what it does', () => {
  for (const [verb, noun] of [
    ['programar', 'programacion'],
    ['evaluar', 'evaluaciones'],
    ['financiar', 'financiamiento'],
    ['avaliar', 'avaliacao'],
    ['evaluer', 'evaluation'],
    ['enseigner', 'enseignement'],
    ['evaluate', 'evaluations'],
    ['capacitaron', 'capacitacion'],
    ['evaluent', 'evaluation'],
  ])
    assert.ok(isActionOf(verb!, noun!), `${verb} ${noun}`)
  for (const [verb, noun] of [
    ['programar', 'programa'],
    ['train', 'training'],
    ['evaluacion', 'evaluar'],
    ['consultee', 'consultation'],
  ])
    assert.ok(!isActionOf(verb!, noun!), `${verb} ${noun}`)
  for (const [language, verb, noun] of [
    ['es', 'verificar', 'verificación'],
    ['es', 'capaciten', 'capacitación'],
    ['es', 'acompañarlos', 'acompañamiento'],
    ['fr', 'verifier', 'verification'],
    ['ru', 'программировать', 'программирование'],
    ['ru', 'тестируют', 'тестирование'],
    ['ru', 'обучали', 'обучение'],
  ])
    assert.ok(actionsOf(verb!, language!).includes(noun!), verb)
  for (const [language, word] of [
    ['ru', 'школа'],
    ['ru', 'дает'],
    ['en', 'bar'],
  ])
    assert.deepEqual(actionsOf(word!, language!), [])
})

test('one noun in two numbers, genders or cases is one', () => {
  for (const [one, other] of [
    ['clase', 'clases'],
    ['maestro', 'maestras'],
    ['policy', 'policies'],
    ['школа', 'школе'],
  ])
    assert.ok(isSameNoun(one!, other!), `${one} ${other}`)
  for (const [one, other] of [
    ['programar', 'programa'],
    ['training', 'trains'],
    ['школа', 'schools'],
  ])
    assert.ok(!isSameNoun(one!, other!), `${one} ${other}`)
})
