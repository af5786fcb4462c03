/** Finds the credential in what somebody sends: JSON, a token, a PNG, an SVG, a PDF. */
import { textOf } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'
import { isToken } from '#codecs/vc-jwt/vc-jwt.ts'
import { isPdf, readPdf } from './pdf.ts'
import { isPng, readPng } from './png.ts'
import { isSvg, readSvg } from './svg.ts'

export const carriers = ['json', 'jwt', 'png', 'svg', 'pdf', 'qr'] as const
export type Carrier = (typeof carriers)[number]
export type Carried =
  | { carrier: Carrier; text: string }
  /** `several`: more than one, so it would not be clear which was checked. */
  | { carrier: Carrier | undefined; fault: 'nothingInside' | 'several' | 'unreadable' | 'notRead' }

export const largestCarrier = 8 * 1024 * 1024

/** Never throws for what was sent. */
export function readCarrier(bytes: Uint8Array): Carried {
  if (isPng(bytes)) return asked('png', readPng(bytes))
  if (isPdf(bytes)) return asked('pdf', readPdf(bytes))
  let text: string
  try {
    text = textOf(bytes)
      .replace(/^\uFEFF/, '')
      .trim()
  } catch {
    return { carrier: undefined, fault: 'notRead' }
  }
  if (isSvg(text))
    try {
      return asked('svg', readSvg(text))
    } catch (error) {
      if (error instanceof Problem) return { carrier: 'svg', fault: 'unreadable' }
      throw error
    }
  if (text.startsWith('{')) return { carrier: 'json', text }
  return isToken(text) ? { carrier: 'jwt', text } : { carrier: undefined, fault: 'notRead' }
}

const asked = (carrier: Carrier, found: string | undefined): Carried => {
  if (found === undefined || found === '') return { carrier, fault: 'nothingInside' }
  return found === 'several' ? { carrier, fault: 'several' } : { carrier, text: found.trim() }
}
