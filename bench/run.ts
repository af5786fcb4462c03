/** All benchmarks, or those named. `node bench/run.ts [pages|page-cost|import|cold-start|first-visit|relevance|search|harvest|oai-pmh|hostile|editors|watching|sdmx|iati|credentials …] [--quick]` */
import { coldStart } from './cold-start.ts'
import { credentials } from './credentials.ts'
import { editing } from './editors.ts'
import { firstVisit } from './first-visit.ts'
import { iatiFiles } from './iati.ts'
import { importing } from './import.ts'
import { harvesting } from './harvest.ts'
import { hostile } from './hostile.ts'
import { tableOf, type Question, type Row } from './measure.ts'
import { repositories } from './oai-pmh.ts'
import { pageCost } from './page-cost.ts'
import { pages } from './pages.ts'
import { relevance } from './relevance.ts'
import { sdmxCube } from './sdmx.ts'
import { searching } from './search.ts'
import { watching } from './watching.ts'

const questions: Record<string, Question> = {
  pages,
  'page-cost': pageCost,
  import: importing,
  'cold-start': coldStart,
  'first-visit': firstVisit,
  relevance,
  search: searching,
  harvest: harvesting,
  'oai-pmh': repositories,
  hostile,
  editors: editing,
  watching,
  sdmx: sdmxCube,
  iati: iatiFiles,
  credentials,
}

const words = process.argv.slice(2)
const quick = words.includes('--quick')
const wanted = words.filter((word) => !word.startsWith('--'))
const unknown = wanted.filter((name) => !Object.hasOwn(questions, name))
if (unknown.length) {
  console.error(`There is no ${unknown.join(', ')}. There are ${Object.keys(questions).join(', ')}.`)
  process.exit(2)
}

const rows: Row[] = []
for (const [name, ask] of Object.entries(questions)) {
  if (wanted.length && !wanted.includes(name)) continue
  const begun = Date.now()
  console.log(`\n${name}`)
  rows.push(...(await ask({ quick, say: (text) => console.log(`  ${text}`) })))
  console.log(`  ${Math.round((Date.now() - begun) / 1000)} s`)
}
console.log(`\n${tableOf(rows)}`)
