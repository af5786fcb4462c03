import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stemOf } from './stem.ts'
import { unitsOf } from './query.ts'

test('words that have their first letters in common, and nothing else, are apart', () => {
  for (const [one, other, language] of [
    ['programming', 'programme', 'en'],
    ['attendance', 'attend', 'en'],
    ['university', 'universal', 'en'],
    ['experiment', 'experience', 'en'],
    ['maintenance', 'maintenant', 'fr'],
    ['programmer', 'programme', 'fr'],
    ['programación', 'programa', 'es'],
    ['Нигерия', 'Нигер', 'ru'],
    ['лицей', 'лица', 'ru'],
    ['paredes', 'pares', 'es'],
    ['señas', 'seño', 'es'],
    ['coding', 'coded', 'en'],
    ['analytics', 'analytical', 'en'],
    ['multiplication', 'multiple', 'en'],
    ['cheating', 'cheat', 'en'],
    ['université', 'universel', 'fr'],
    ['multiplication', 'multiple', 'fr'],
    ['universidad', 'universal', 'es'],
    ['multiplicación', 'múltiples', 'es'],
    ['hausa', 'haus', 'en'],
    ['educators', 'education', 'en'],
    ['enseignants', 'enseignement', 'fr'],
    ['profs', 'profit', 'fr'],
    ['estudiantes', 'estudios', 'es'],
    ['costos', 'costa', 'es'],
    ['costos', 'cost', 'es'],
    ['funcionó', 'funciones', 'es'],
    ['proyectos', 'proyectadas', 'es'],
    ['madres', 'madrid', 'es'],
    ['maestría', 'maestro', 'es'],
    ['пока', 'пк', 'ru'],
    ['مدرسة', 'مدرس', 'ar'],
    ['المدارس', 'المدرسين', 'ar'],
  ] as const)
    assert.notEqual(stemOf(one.toLowerCase(), language), stemOf(other.toLowerCase(), language), `${one}, ${other}`)
  assert.equal(stemOf('programmation', 'fr'), stemOf('programmer', 'fr'))
  assert.equal(stemOf('universities', 'en'), stemOf('university', 'en'))
  assert.notEqual(stemOf('filles', 'fr'), stemOf('fills', 'en'))
  assert.notEqual(stemOf('costa', 'fr'), stemOf('cost', 'en'))
  assert.equal(stemOf('مدرسة', 'ar'), stemOf('المدارس', 'ar'))
  assert.equal(stemOf('costes', 'es'), stemOf('costo', 'es'))
})

test('an Arabic word that begins with و by nature is the same with its article, and “and” is taken off others', () => {
  for (const [one, other] of [
    ['واقع', 'الواقع'],
    ['وسائل', 'الوسائل'],
    ['وزارة', 'والوزارة'],
    ['وصول', 'الوصول'],
    ['وحدة', 'الوحدات'],
    ['والدين', 'الوالدين'],
    ['والمدارس', 'المدارس'],
    ['وعين', 'عين'],
  ] as const)
    assert.equal(stemOf(one, 'ar'), stemOf(other, 'ar'), `${one}, ${other}`)
})

test('an abbreviation is looked for as it stands', () => {
  const termsOf = (text: string, language: string) =>
    unitsOf(text, [language]).flatMap(({ clause }) =>
      clause.any.flatMap((branch) => ('phrase' in branch ? branch.phrase.flatMap(({ terms }) => terms) : [])),
    )
  assert.deepEqual(
    termsOf('VAE', 'fr').map(({ term }) => term),
    ['vae'],
  )
  assert.equal(unitsOf('FOAD', ['fr'])[0]!.clause.mend, undefined)
  assert.ok(unitsOf('foad', ['fr'])[0]!.clause.mend)
})
