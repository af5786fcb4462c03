/** Questions that mean harm or ask much: what each costs the processor, asked as anyone may, with all that helps. */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from '#app'
import { openAlone } from './alone.ts'
import { number, verdictOf, type Question, type Row } from './measure.ts'
import { realNode } from './real-node.ts'

const aim = 50
const rounds = 3

const common = 'education learning teacher student school university technology digital online course'
const numbered = (count: number, word: (at: number) => string) => Array.from({ length: count }, (_, at) => word(at))

const questions: Record<string, string> = {
  'ten common words': common,
  '100 kB of one letter': 'a'.repeat(100_000),
  '100 kB of common words': numbered(12_000, (at) => common.split(' ')[at % 10]!)
    .join(' ')
    .slice(0, 100_000),
  '10,000 terms': numbered(10_000, (at) => `w${at}`).join(' '),
  '30 long slips': numbered(30, (at) => `educashionalisticaly${'abcdefghij'[at % 10]}${at}`).join(' '),
  'three long slips': 'educashionalistic technologicaly infrastructurs',
  'unbalanced quotes': `${'"'.repeat(5_000)}radio`,
  'quotes in quotes': '"radio "school "teacher '.repeat(500),
  'minus signs': '- -'.repeat(5_000),
  'control characters': '\u0000\u0007\u202E\u202D radio \u2066'.repeat(500),
  'turned around': '\u202Eoidar\u202C '.repeat(500),
  'regular expressions': '(a+)+$ [a-z]*(.*)*'.repeat(200),
  'nested brackets': `${'('.repeat(20_000)}radio${')'.repeat(20_000)}`,
  'filters without end': 'country:KE '.repeat(1_000),
  'Thai without spaces': 'การศึกษา'.repeat(800),
  'Chinese without spaces': '教育技术'.repeat(2_000),
  'letters that unfold': '\uFDFA'.repeat(2_000),
  'marks on marks': `e${'\u0301'.repeat(10_000)}`,
  'halves of characters': '\uD800'.repeat(3_000),
  'one long number': '9'.repeat(2_000),
}

const ordinary = [
  'radio',
  'distance learning for nomads',
  'lerning to reed',
  'teacher training in rural schools',
  'éducation des filles',
  'mobile phones for literacy in Kenya',
  'open textbooks country:KE',
  'wireless community networks and solar power',
  'школьное радио',
  '农村教师培训',
  'adult literacy programme evaluation',
  'inclusive classroom blind pupils tablets',
]

const processorTime = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

async function costOf(app: App, q: string): Promise<number> {
  const operation = app.operation('search')!
  const before = processorTime()
  // Too many words may be refused, as long as that costs little too.
  await app.perform(operation, { kind: 'anyone' }, { q, assist: 'true', languages: ['en'] }).catch(() => undefined)
  return processorTime() - before
}

/** The node is opened anew for each round, so that the greatest cost is that of a question nobody asked before. */
async function costs(dataDir: string): Promise<Map<string, number>> {
  const app = await openAlone(dataDir)
  try {
    await app.follow(() => {})
    // What is made at the first questions of all, code compiled among it, is no cost of these.
    for (const q of ordinary) await costOf(app, q)
    const found = new Map<string, number>()
    for (const [name, q] of Object.entries(questions)) found.set(name, await costOf(app, q))
    return found
  } finally {
    await app.close()
  }
}

const rowOf = (what: string, cost: number): Row => ({
  question: 'hostile',
  what,
  ours: `${number(cost)} ms`,
  yardstick: '',
  ratio: '',
  aim: `${aim} ms`,
  verdict: verdictOf(cost <= aim),
})

export const hostile: Question = async (options) => {
  const folder = await mkdtemp(join(tmpdir(), 'qingdao-hostile-'))
  try {
    await cp(await realNode(options), folder, { recursive: true })
    const all: Map<string, number>[] = []
    for (let round = 0; round < (options.quick ? 1 : rounds); round++) all.push(await costs(folder))
    const worst = Object.keys(questions)
      .map((name) => ({ name, cost: Math.max(...all.map((one) => one.get(name)!)) }))
      .sort((a, b) => b.cost - a.cost)
    options.say('the greatest processor time of each, in milliseconds')
    for (const { name, cost } of worst) options.say(`${name.padEnd(24)}${number(cost).padStart(8)}`)
    return worst.slice(0, 5).map(({ name, cost }) => rowOf(name, cost))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
