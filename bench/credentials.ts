/**
 * Credentials signed and verified each second of processor time: beside the bare signature of the same bytes, and beside
 * the packages of Digital Bazaar on the same credential.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Asked, Told } from './credential-work.ts'
import { inPairs, isNoisy, medianOf, number, ratiosOf, shown, verdictOf, type Question, type Row } from './measure.ts'

type Pairing = { what: string; ours: string; yard: string; beside: string; aim?: number }

const peer = '@digitalbazaar/vc'
const pairings: readonly Pairing[] = [
  { what: 'eddsa-jcs-2022, sign', ours: 'jcs sign', yard: 'bare sign', beside: 'bare, 64 bytes', aim: 0.5 },
  { what: 'eddsa-jcs-2022, sign', ours: 'jcs sign', yard: 'bare sign text', beside: 'bare, whole text' },
  { what: 'eddsa-jcs-2022, proof', ours: 'jcs verify', yard: 'bare verify', beside: 'bare, 64 bytes', aim: 0.5 },
  { what: 'eddsa-jcs-2022, proof', ours: 'jcs verify', yard: 'bare verify text', beside: 'bare, whole text' },
  { what: 'eddsa-jcs-2022, form and sign', ours: 'jcs issue', yard: 'peer issue', beside: `${peer}, RDF`, aim: 10 },
  { what: 'eddsa-jcs-2022, all checks', ours: 'jcs check', yard: 'peer check', beside: `${peer}, RDF`, aim: 10 },
  { what: 'eddsa-rdfc-2022, form and sign', ours: 'rdfc issue', yard: 'peer issue', beside: `${peer}, RDF`, aim: 2 },
  { what: 'eddsa-rdfc-2022, all checks', ours: 'rdfc check', yard: 'peer check', beside: `${peer}, RDF`, aim: 2 },
  { what: 'eddsa-rdfc-2022, sign', ours: 'rdfc sign', yard: 'bare sign', beside: 'bare, 64 bytes' },
  { what: 'eddsa-rdfc-2022, proof', ours: 'rdfc verify', yard: 'bare verify', beside: 'bare, 64 bytes' },
]

/** `node bench/run.ts credentials` */
export const credentials: Question = async ({ quick, say }) => {
  const sides: ChildProcess[] = []
  const start = async () => {
    const side = fork(new URL('credential-work.ts', import.meta.url))
    sides.push(side)
    await once(side, 'message')
    return side
  }
  try {
    const forMs = quick ? 500 : 1_500
    const [ours, theirs] = [await start(), await start()]
    const rows: Row[] = []
    for (const { what, ours: mine, yard, beside, aim } of pairings) {
      const rate = (side: ChildProcess, work: string) => () => perSecond(side, { work, forMs })
      // The code of each is warm before it is timed.
      await Promise.all([rate(ours, mine)(), rate(theirs, yard)()])
      const taken = await inPairs(quick ? 3 : 5, rate(ours, mine), rate(theirs, yard))
      const ratio = ratiosOf(taken.ours, taken.yards)
      const row = {
        question: 'credentials',
        what,
        ours: `${number(medianOf(taken.ours))}/s`,
        yardstick: `${beside} ${number(medianOf(taken.yards))}/s`,
        ratio: shown(ratio),
        aim: aim === undefined ? '' : `≥ ${aim}`,
        verdict: aim === undefined ? ('' as const) : verdictOf(ratio.median >= aim, isNoisy(taken.yards)),
      }
      say(`${row.what}: ${row.ours}, ${row.yardstick}, ${row.ratio}`)
      rows.push(row)
    }
    return rows
  } finally {
    for (const side of sides) side.kill()
  }
}

async function perSecond(side: ChildProcess, asked: Asked): Promise<number> {
  const told = once(side, 'message')
  side.send(asked)
  const [{ done, processorMs }] = (await told) as [Told]
  return (done / processorMs) * 1_000
}
