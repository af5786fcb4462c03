/** What a learner keeps: the credential as JSON, or baked into a picture whose QR code leads to where it is verified. */
import encodeQR from 'qr'
import { bakePng, pngOfSquares } from '#codecs/open-badges/png.ts'
import { bakeSvg } from '#codecs/open-badges/svg.ts'

export const badgeFormats = ['png', 'svg', 'json'] as const
export type BadgeFormat = (typeof badgeFormats)[number]

const pixelsASquare = 8

export function badgeFile(
  credential: object | string,
  format: BadgeFormat,
  verifyAddress: string,
): { mediaType: string; body: string | Buffer } {
  const text = typeof credential === 'string' ? credential : JSON.stringify(credential)
  if (format === 'json')
    return {
      mediaType: 'application/vc',
      body: typeof credential === 'string' ? text : JSON.stringify(credential, null, 2),
    }
  if (format === 'svg') return { mediaType: 'image/svg+xml', body: bakeSvg(encodeQR(verifyAddress, 'svg'), text) }
  return { mediaType: 'image/png', body: bakePng(pngOfSquares(encodeQR(verifyAddress, 'raw'), pixelsASquare), text)! }
}
