/**
 * From SVG to PNG, in threads of their own: librsvg draws, with Pango for every script and the fonts of the machine.
 * The library is read when the first picture is asked for.
 */
import type Sharp from 'sharp'
import { Problem } from './problem.ts'

/** Dots for each unit of the picture: letters stay sharp in print. */
const density = 144
const mostWaiting = 8
const largestPixels = 4_000 * 12_000

let library: Promise<typeof Sharp> | undefined
/** @throws Problem unavailable where there is none for this machine */
async function read(): Promise<typeof Sharp> {
  library ??= import('sharp').then(({ default: sharp }) => {
    // Pictures are made one after the other, and kept as answers.
    sharp.concurrency(1)
    sharp.cache(false)
    return sharp
  })
  return library.catch((error: unknown) => {
    throw new Problem('unavailable', { what: 'png' }, { cause: error })
  })
}

let last: Promise<unknown> = Promise.resolve()
let waiting = 0

/**
 * A PNG of an SVG that this node has made, twice as large; never of one that somebody sent.
 * @throws Problem unavailable when too many wait, or nothing here can draw
 */
export async function pngOf(svg: string): Promise<Buffer> {
  if (waiting >= mostWaiting) throw new Problem('unavailable', { what: 'png' })
  waiting += 1
  const mine = last.then(() => drawn(svg)).finally(() => (waiting -= 1))
  last = mine.catch(() => {})
  return mine
}

const drawn = async (svg: string): Promise<Buffer> =>
  (await read())(Buffer.from(svg), { density, limitInputPixels: largestPixels }).png({ palette: true }).toBuffer()

/** A narrow or flat letter of a script, and a large one. */
export type Letters = readonly [small: string, large: string]

const known = new Map<string, Promise<boolean>>()

/**
 * Whether a font of this machine has the letters. What no font has is drawn as boxes of one size, whichever letter it is:
 * letters that differ as much as these tell a font from boxes.
 */
export function canDraw(letters: Letters, fonts: string): Promise<boolean> {
  const key = `${letters.join('')} ${fonts}`
  const found =
    known.get(key) ??
    Promise.all(letters.map((letter) => inkOf(letter, fonts))).then(
      ([small, large]) => large! > 0 && small! < large! * 0.7,
    )
  known.set(key, found)
  return found
}

const probe = 100

/** The area around all that is drawn of a letter. */
async function inkOf(letter: string, fonts: string): Promise<number> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${probe}" height="${probe}"><rect width="100%" height="100%" fill="#fff"/><text x="30" y="70" font-size="40" font-family="${fonts}">${letter}</text></svg>`
  const { data } = await (await read())(Buffer.from(svg)).greyscale().raw().toBuffer({ resolveWithObject: true })
  const dark = [...data.keys()].filter((at) => data[at]! < 128)
  const [xs, ys] = [dark.map((at) => at % probe), dark.map((at) => Math.floor(at / probe))]
  const span = (places: readonly number[]) => (places.length > 0 ? Math.max(...places) - Math.min(...places) + 1 : 0)
  return span(xs) * span(ys)
}
