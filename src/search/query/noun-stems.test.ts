import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commonStem, nounStems, textStems } from './noun-stems.ts'

const forms = {
  отсев: 'отсев отсева отсеву отсевом отсеве',
  экзамен: 'экзамен экзамена экзамены экзаменов экзаменам экзамену экзаменами',
  аудит: 'аудит аудита аудите',
  материал: 'материал материала материалы материалов',
  система: 'система системы системе систем системами',
  Казахстан: 'казахстан казахстана казахстане казахстаном',
  Судан: 'судан судана судане',
  школа: 'школа школы школе школ школами',
  учитель: 'учитель учителя учителей учителям',
}

test('a Russian noun is one word in all of its cases, also where its end looks like that of a verb', () => {
  for (const [noun, all] of Object.entries(forms)) {
    const [first, ...others] = all.split(' ')
    for (const other of others) {
      assert.equal(commonStem(other), commonStem(first!), `${noun}: ${other}`)
      for (const stem of nounStems(first!)) assert.ok(textStems(other).includes(stem), `${noun}: ${other} has ${stem}`)
    }
  }
})

test('what is not two words is not made one', () => {
  for (const [one, other] of [
    ['роман', 'ром'],
    ['планшет', 'план'],
    ['учитель', 'учёба'],
    ['материал', 'матери'],
  ] as const)
    assert.notEqual(commonStem(one), commonStem(other), `${one}, ${other}`)
  assert.deepEqual(nounStems('tablet'), [])
})
