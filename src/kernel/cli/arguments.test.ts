import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../problem.ts'
import { nearest, parseArguments } from './arguments.ts'

const flags = [
  { name: 'port', value: 'number', about: '' },
  { name: 'seed', about: '' },
]
const read = (line: string) => parseArguments(line.split(' ').filter(Boolean), flags)

test('flags are read with their values, beside other words in any order', () => {
  const given = ['all', 'data']
  for (const line of ['all --port 80 data', '--port=80 all data', 'all data --port 80'])
    assert.deepEqual(read(line), { given, flags: { port: ['80'] } }, line)
  assert.deepEqual(read('--port=80 --port 90').flags, { port: ['80', '90'] })
  assert.deepEqual(read('--port=').flags, { port: [''] })
})

test('a switch is on, or off when it is denied, and takes no word after it but true and false', () => {
  assert.deepEqual(read('--seed all'), { given: ['all'], flags: { seed: ['true'] } })
  assert.deepEqual(read('--no-seed').flags, { seed: ['false'] })
  assert.deepEqual(read('--seed=false').flags, { seed: ['false'] })
  assert.deepEqual(read('--seed false all'), { given: ['all'], flags: { seed: ['false'] } })
  assert.deepEqual(read('--no-seed false'), { given: ['false'], flags: { seed: ['false'] } })
})

test('after two dashes everything is a word; one dash alone and negative numbers are words too', () => {
  assert.deepEqual(read('--seed -- --port -x'), { given: ['--port', '-x'], flags: { seed: ['true'] } })
  assert.deepEqual(read('-'), { given: ['-'], flags: {} })
  assert.deepEqual(read('tablets -games --seed'), { given: ['tablets', '-games'], flags: { seed: ['true'] } })
  assert.deepEqual(read('-5'), { given: ['-5'], flags: {} })
})

test('an unknown flag is refused with the one that was probably meant, a flag without its value with what it takes', () => {
  const problem = (line: string) => {
    try {
      read(line)
    } catch (error) {
      if (error instanceof Problem) return { code: error.code, ...error.values }
    }
    return assert.fail(line)
  }
  assert.deepEqual(problem('--prt 80'), {
    code: 'unknownFlag',
    flag: '--prt',
    near: 'port',
    known: '--port, --seed',
  })
  assert.equal(problem('--no-port').code, 'unknownFlag')
  for (const line of ['--port', '--port --seed'])
    assert.deepEqual(problem(line), { code: 'badFlag', flag: '--port', what: 'number' })
})

test('a slip of the finger finds the word that was meant, and what is like nothing finds none', () => {
  const known = ['start', 'import', 'doctor']
  for (const [typed, meant] of [
    ['strat', 'start'],
    ['imp', 'import'],
    ['docter', 'doctor'],
  ] as const)
    assert.equal(nearest(typed, known), meant)
  assert.equal(nearest('zzzz', known), undefined)
})
