/** A proof in one text, to be checked without asking anybody (https://c2sp.org/tlog-proof). */
import { Problem } from '#kernel/problem.ts'
import { hashBytes, type Hash } from '../merkle/merkle.ts'
import { fromBase64, toBase64 } from './base64.ts'
import { parseCheckpoint, parseDecimal, type Checkpoint } from './checkpoint.ts'

export type TlogProof = {
  /** Not vouched for by the proof; here the entry itself, so that its hash can be made. */
  extra?: Uint8Array
  index: number
  hashes: Hash[]
  /** The signed checkpoint, as it is. */
  checkpoint: string
}

const firstLine = 'c2sp.org/tlog-proof@v1'

/** Whether a text means to be a proof, sound or not. */
export const isProof = (text: string): boolean => text.startsWith('c2sp.org/tlog-proof')
const longestProof = 256 * 1024
const mostHashes = 63

export const formatProof = ({ extra, index, hashes, checkpoint }: TlogProof): string =>
  [
    firstLine,
    ...(extra ? [`extra ${toBase64(extra)}`] : []),
    `index ${index}`,
    ...hashes.map(toBase64),
    '',
    checkpoint,
  ].join('\n')

/** @throws Problem malformedLog */
export function parseProof(text: string, what = 'proof'): TlogProof & { head: Checkpoint } {
  const fail = (): never => {
    throw new Problem('malformedLog', { what })
  }
  const end = text.indexOf('\n\n')
  if (text.length > longestProof || end < 0) fail()
  const [first, ...lines] = text.slice(0, end).split('\n')
  if (first !== firstLine) fail()
  const extra = lines[0]?.startsWith('extra ') ? (fromBase64(lines.shift()!.slice(6)) ?? fail()) : undefined
  const [, number = ''] = /^index (\d+)$/.exec(lines.shift() ?? '') ?? []
  const index = parseDecimal(number) ?? fail()
  if (lines.length > mostHashes) fail()
  const hashes = lines.map((line) => {
    const hash = fromBase64(line)
    return hash?.length === hashBytes ? hash : fail()
  })
  const checkpoint = text.slice(end + 2)
  return { ...(extra && { extra }), index, hashes, checkpoint, head: parseCheckpoint(checkpoint, what) }
}
