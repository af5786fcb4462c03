/** The sort key of a title: its first 24 bytes, folded, in numbers that compare as the bytes do. */
import { plainWords } from '#kernel/i18n/fold.ts'
import { titleWidth } from '../index/segment.ts'

const encoder = new TextEncoder()
// Six bytes are 48 bits, which a double holds exactly.
const bytesEach = 6
const scratch = new Uint8Array(titleWidth * bytesEach)

export function titleKey(title: string): number[] {
  const plain = plainWords(title.slice(0, 200))
  scratch.fill(0)
  encoder.encodeInto(plain, scratch)
  return Array.from({ length: titleWidth }, (_, i) =>
    scratch.subarray(i * bytesEach, (i + 1) * bytesEach).reduce((sum, byte) => sum * 256 + byte, 0),
  )
}
