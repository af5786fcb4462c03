/** Nobody is told a rule of a schema: whatever is typed into whichever field, words say what to write there. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kinds } from '#app'
import { violationsOf } from '#kernel/schema.ts'
import { languages, type Language } from '#kernel/i18n/languages.ts'
import type { Violation } from '#kernel/problem.ts'
import { violationsOfBody } from '#records/check.ts'
import { errorsOf } from '#ui/forms.ts'
import { violationWords, ruleWords } from '#ui/problem-words.ts'
import { viewOf } from '#ui/view.ts'
import { controlAt, stepsOf, type FormField } from './plan.ts'
import { readStep } from './read.ts'

const site = { name: 'Qingdao', assets: (name: string) => name, collectionTitles: new Map() } as never
const view = (language: Language) => viewOf({ language, prefix: `/${language}`, base: 'http://q', address: '/' }, site)
const views = languages.map(view)

/** One of each sort: nonsense, too long, negative, far too large, half a date, an address without its beginning, code. */
const badValues = [
  'nonsense ☂',
  'x'.repeat(25_000),
  '-5',
  '1e300',
  '12 34',
  '31 February 2020',
  '05/06/2024',
  '24',
  '2015–2018',
  'example.org',
  '$20',
  '200',
  '\u0000',
  '<script>',
  '{}',
]

/** Signs of a regular expression, of a schema, of code; and of one thing in the plural. */
const jargon =
  /\^\[|\[0-9|\[a-z|\\\\?[dSsw]|\)\?\$|\|\||\bregex|\bpattern\b|\bschema\b|minLength|maxLength|minItems|propert(?:y|ies)\b|additionalP|\bnull\b|undefined|NaN|\bJSON\b|\{|\}|\b1 (?:characters|entries)\b|\[object/i

/** The controls of a field of a form, with those of a first row of a group. */
const pathsOf = ({ name, control, members, isList }: FormField): string[] =>
  members.length > 0
    ? members.flatMap((member) => pathsOf({ ...member, name: `${name}${isList ? '.0' : ''}.${member.name}` }))
    : control === 'money'
      ? [`${name}.amount`, `${name}.currency`]
      : control === 'place'
        ? [`${name}.latitude`, `${name}.longitude`]
        : [name]

function expectWords(violation: Violation, where: string) {
  for (const one of views) {
    const words = ruleWords(one, violation)
    // What somebody typed themselves may be anything, and is told back to them as they typed it.
    const typed = Object.values(violation.values).map(String)
    const own = typed.reduce((text, said) => text.replaceAll(said, '…'), words)
    assert.doesNotMatch(own, jargon, `${where} in ${one.language}: ${words}`)
    assert.notEqual(words, one.t('rule.other'), `${where}: ${violation.rule} has no words`)
  }
}

test('whatever is typed into any field of any kind, words beside the field say what to write, in six languages', () => {
  let told = 0
  for (const kind of kinds.values())
    for (const step of stepsOf(kind))
      for (const formField of step.asked)
        for (const path of pathsOf(formField))
          for (const bad of badValues) {
            const form = new URLSearchParams({ [path]: bad })
            const { violations } = readStep({ ...step, asked: [formField] }, form, 'en', {}, 'en')
            for (const violation of violations) {
              expectWords(violation, `${kind.name} ${path} “${bad.slice(0, 30)}”`)
              const place = controlAt(step, violation.place)
              const errors = errorsOf(views[0]!, [violation], [formField.name, place])
              assert.ok(errors.has(place), `${kind.name} ${path}: told at ${violation.place}`)
              told++
            }
          }
  assert.ok(told > 2_000, `${told} values were refused`)
})

test('what programs send and what fits no schema is told in words too', () => {
  const bad = [
    undefined,
    null,
    '',
    ' ',
    'x',
    'x'.repeat(30_000),
    -1,
    1e12,
    true,
    [],
    ['x', 'x'],
    {},
    { en: '' },
    { '§': 'x' },
    { x: { y: 1 } },
  ]
  let told = 0
  for (const kind of kinds.values())
    for (const field of Object.keys(kind.body.properties))
      for (const value of bad) {
        const body = { title: { en: 'Radio' }, originalLanguage: 'en', [field]: value }
        for (const violation of violationsOfBody(kind, JSON.parse(JSON.stringify(body)))) {
          expectWords(violation, `${kind.name}.${violation.place} = ${JSON.stringify(value)?.slice(0, 30)}`)
          told++
        }
      }
  assert.ok(told > 2_000, `${told} violations`)
  const [one] = violationsOf(kinds.get('practice')!.body.properties.startedOn!, 'last year')
  assert.deepEqual(violationWords(views[0]!, [{ ...one!, place: 'startedOn' }]), [
    'startedOn: must be a year, a month or a day, written as 2015, 2015-03 or 2015-03-17',
  ])
})
