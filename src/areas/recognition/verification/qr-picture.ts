/** The text of a QR code in a picture (ISO/IEC 18004), such as a photograph of a printed certificate. */
import type Sharp from 'sharp'
import { decodeQR } from 'qr/decode.js'

/** A picture of the largest phones; what has more is not unpacked. */
const mostPixels = 50_000_000
/** Longer sides at which it is looked for: a code that fills the picture is found best when it is small. */
const sides = [1_400, 700]

const signatures = [
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  [0xff, 0xd8, 0xff],
]
/** PNG and JPEG, by their first bytes: nothing else is given to the library that unpacks them. */
export const isPhotograph = (bytes: Uint8Array): boolean =>
  signatures.some((signature) => signature.every((byte, at) => bytes[at] === byte))

let library: Promise<typeof Sharp> | undefined

/** Undefined where no code can be read in it; never throws for what was sent. */
export async function textOfCode(bytes: Uint8Array): Promise<string | undefined> {
  library ??= import('sharp').then(({ default: sharp }) => sharp)
  const sharp = await library.catch(() => undefined)
  if (!sharp) return undefined
  for (const side of sides) {
    try {
      const { data, info } = await sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', pages: 1 })
        .autoOrient()
        .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .toColourspace('srgb')
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true })
      return decodeQR({ width: info.width, height: info.height, data: new Uint8ClampedArray(data) })
    } catch {
      // Both libraries throw for what is damaged, too large, or has no code: the next size may have one.
    }
  }
  return undefined
}
