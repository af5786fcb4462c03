import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { flowsOf, type Funding } from './flows.ts'
import { rest, sankey } from './sankey.ts'

const grant = (more: Partial<Funding>): Funding => ({ title: { en: 'A grant' }, originalLanguage: 'en', ...more })
const usd = (value: number) => ({ value, currency: 'USD', valueDate: '2020-01-01' })
const [a, b] = ['a'.repeat(16), 'b'.repeat(16)]
const valuesBy = (body: Funding, key: 'place' | 'what' | 'giver') =>
  Object.fromEntries(flowsOf(body).map((flow) => [flow[key], flow.value]))

test('money is parted as the record says, and what it does not say is told as such', () => {
  const amount = { amount: 1_000, currency: 'USD' }
  const shares = [
    { place: 'KE', percentage: 60 },
    { place: 'UG', percentage: 40 },
  ]
  assert.deepEqual(valuesBy(grant({ amount, countries: ['KE', 'UG'], countryShares: shares }), 'place'), {
    KE: 600,
    UG: 400,
  })
  assert.deepEqual(valuesBy(grant({ amount, countries: ['KE', 'UG'] }), 'place'), { '+': 1_000 })
  assert.deepEqual(valuesBy(grant({ amount, countries: ['KE'], countryShares: [shares[0]!] }), 'place'), {
    KE: 600,
    '': 400,
  })
  assert.deepEqual(valuesBy(grant({ amount }), 'place'), { '': 1_000 })
  assert.deepEqual(valuesBy(grant({ amount, funders: [a, b] }), 'giver'), { '+': 1_000 })
  const sector = (code: string, percentage: number) => ({ vocabulary: '1', code, percentage })
  assert.deepEqual(
    valuesBy(grant({ amount, sectors: [sector('11220', 25), sector('11230', 25), sector('21010', 50)] }), 'what'),
    {
      'sector:112': 500,
      'sector:other': 500,
    },
  )
})

test('commitments and payments are counted, incoming funds are not, and a year is that of the transaction', () => {
  const body = grant({
    amount: { amount: 5, currency: 'EUR' },
    transactions: [
      { transactionType: '1', date: '2019-05-01', ...usd(900) },
      { transactionType: '2', date: '2019-05-01', ...usd(500) },
      { transactionType: '2', date: '2020-05-01', ...usd(-100) },
      { transactionType: '3', date: '2020-06-01', ...usd(150), provider: a, receiver: b },
      { transactionType: '4', date: '2020-07-01', ...usd(50) },
    ],
  })
  const said = flowsOf(body).map(({ year, measure, value, giver }) => [year, measure, value, giver])
  assert.deepEqual(said, [
    [2019, 'committed', 500, ''],
    [2020, 'committed', -100, ''],
    [2020, 'spent', 150, a],
    [2020, 'spent', 50, ''],
  ])
})

test('whatever shares are told, the parts of a sum are the sum', () => {
  const share = fc.double({ min: 0, max: 100, noNaN: true })
  const told = fc.uniqueArray(fc.record({ place: fc.constantFrom('KE', 'UG', 'TZ', 'RW'), percentage: share }), {
    selector: ({ place }) => place,
  })
  fc.assert(
    fc.property(told, fc.double({ min: 1, max: 1e9, noNaN: true }), (countryShares, amount) => {
      const countries = countryShares.map(({ place }) => place)
      const flows = flowsOf(grant({ amount: { amount, currency: 'USD' }, countries, countryShares }))
      const sum = flows.reduce((total, { value }) => total + value, 0)
      assert.ok(Math.abs(sum - amount) <= amount * 1e-9, `${sum} of ${amount}`)
    }),
  )
})

test('in the picture no money is lost between columns, names have room, and what is below zero is left out', () => {
  const key = fc.integer({ min: 0, max: 20 }).map(String)
  const flow = fc.record({ keys: fc.tuple(key, key, key), amount: fc.double({ min: -10, max: 1e6, noNaN: true }) })
  fc.assert(
    fc.property(fc.array(flow, { maxLength: 60 }), (flows) => {
      const { nodes, bands, total } = sankey(flows)
      for (const column of [0, 1, 2]) {
        const here = nodes.filter((node) => node.column === column)
        assert.ok(here.length <= 7)
        assert.ok(Math.abs(here.reduce((sum, { amount }) => sum + amount, 0) - total) <= total * 1e-9)
        for (const [i, { top, room }] of here.entries()) assert.ok(top + room <= (here[i + 1]?.top ?? Infinity))
      }
      for (const node of nodes.filter(({ column }) => column < 2)) {
        const out = bands.filter(({ column, from }) => column === node.column && from === node.key)
        assert.ok(Math.abs(out.reduce((sum, { amount }) => sum + amount, 0) - node.amount) <= total * 1e-9)
      }
    }),
  )
  const many = Array.from({ length: 9 }, (_, i) => ({ keys: [String(i), 'w', 'p'] as const, amount: i + 1 }))
  assert.deepEqual(
    sankey(many)
      .nodes.filter(({ column }) => column === 0)
      .map(({ key }) => key),
    ['8', '7', '6', '5', '4', '3', rest],
  )
})
