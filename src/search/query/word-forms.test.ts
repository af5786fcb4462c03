import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actionOf, isActionOf, isInflected } from './word-forms.ts'

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
  ])
    assert.ok(isInflected(one!, other!) && isInflected(other!, one!), `${one} ${other}`)
  for (const [one, other] of [
    ['periodic', 'periodicals'],
    ['sal', 'salas'],
    ['электроны', 'электронный'],
    ['электрон', 'электронные'],
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
  ])
    assert.ok(isActionOf(verb!, noun!), `${verb} ${noun}`)
  for (const [verb, noun] of [
    ['programar', 'programa'],
    ['train', 'training'],
    ['evaluacion', 'evaluar'],
  ])
    assert.ok(!isActionOf(verb!, noun!), `${verb} ${noun}`)
  for (const [language, verb, noun] of [
    ['es', 'verificar', 'verificación'],
    ['fr', 'verifier', 'verification'],
    ['ru', 'программировать', 'программирование'],
    ['ru', 'учить', undefined],
    ['ru', 'школа', undefined],
    ['en', 'bar', undefined],
  ])
    assert.equal(actionOf(verb!, language!), noun, verb)
})
