import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stemmedLanguages } from './query.ts'
import { infinitivesOf, withoutDiminutive } from './spanish.ts'
import { isStopWord } from './stop-words.ts'
import { stemOf } from './stem.ts'

const stem = (word: string) => stemOf(word, 'es')

test('Spanish words that only begin alike are not one word', () => {
  for (const [one, other] of [
    ['género', 'generador'],
    ['género', 'generación'],
    ['asistencia', 'asistente'],
    ['acceso', 'accesible'],
    ['acceso', 'accesibilidad'],
    ['niñas', 'niños'],
    ['nivelación', 'nivel'],
    ['computadora', 'computación'],
    ['educadores', 'educación'],
  ] as const)
    assert.notEqual(stem(one), stem(other), `${one}, ${other}`)
})

test('the forms of a word still are, with and without accents', () => {
  for (const all of [
    'género géneros genero',
    'generador generadora generadores',
    'accesible accesibles',
    'asistencia asistencias',
    'discapacidad discapacidades',
    'niña niñas',
    'evaluar evaluación evaluaciones evaluacion',
    'docente docentes',
  ])
    assert.equal(new Set(all.split(' ').map(stem)).size, 1, all)
})

test('a question is read by the rules of the language it is asked in, and of English', () => {
  assert.deepEqual(stemmedLanguages(['es']), ['es', 'en'])
  assert.deepEqual(stemmedLanguages(['en']), ['en', 'fr', 'es', 'ru', 'ar'])
  assert.deepEqual(stemmedLanguages([]), ['en', 'fr', 'es', 'ru', 'ar'])
})

test('a diminutive may be of these words', () => {
  for (const [word, base] of [
    ['cursitos', 'cursos'],
    ['escuelita', 'escuela'],
    ['poquito', 'poco'],
    ['amiguitos', 'amigos'],
    ['cochecito', 'coche'],
    ['papelitos', 'papeles'],
  ])
    assert.ok(withoutDiminutive(word!).includes(base!), `${word}: ${withoutDiminutive(word!).join(', ')}`)
  assert.deepEqual(withoutDiminutive('escuela'), [])
})

test('a form of a regular verb shows its infinitive, also with pronouns at its end', () => {
  for (const [word, infinitive] of [
    ['darle', 'dar'],
    ['usarlos', 'usar'],
    ['mandaron', 'mandar'],
    ['aprendiendo', 'aprender'],
  ])
    assert.ok(infinitivesOf(word!).includes(infinitive!), `${word}: ${infinitivesOf(word!).join(', ')}`)
  assert.deepEqual(infinitivesOf('escuela'), [])
  assert.ok(isStopWord('darle', 'es'))
  assert.ok(!isStopWord('leerle', 'es'))
})
