/** One-time passwords of programs for second steps: HOTP (RFC 4226), TOTP (RFC 6238), and how such a program learns its secret. */
import { createHmac } from 'node:crypto'

const secondsOfStep = 30
const usualDigits = 6
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4226 §5.3: the password of a counter, with leading zeros. */
export function hotp(secret: Uint8Array, counter: number, digits = usualDigits): string {
  const moving = Buffer.alloc(8)
  moving.writeBigUInt64BE(BigInt(counter))
  const tag = createHmac('sha1', secret).update(moving).digest()
  const offset = tag.at(-1)! & 0x0f
  const truncated = tag.readUInt32BE(offset) & 0x7fff_ffff
  return String(truncated % 10 ** digits).padStart(digits, '0')
}

/** RFC 6238 §4.2: the counter of a moment, in steps of half a minute. */
export const stepAt = (at: Date): number => Math.floor(at.getTime() / 1_000 / secondsOfStep)

/**
 * The step that a password belongs to: of now, or of the one before it, for people who type slowly (RFC 6238 §5.2). Steps
 * up to `lastStep` are used already.
 */
export function stepOf(
  code: string,
  secret: Uint8Array,
  { at, lastStep }: { at: Date; lastStep: number },
): number | undefined {
  const now = stepAt(at)
  return [now, now - 1].find((step) => step > lastStep && hotp(secret, step) === code)
}

/** RFC 4648 §6, without padding. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return bits.replaceAll(/.{1,5}/g, (five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]!)
}

/** The address that programs read, of a picture or a link (Key Uri Format). */
export function otpauthAddress({
  issuer,
  account,
  secret,
}: {
  issuer: string
  account: string
  secret: string
}): string {
  // A colon parts the two in the label, so neither may hold one.
  const [who, whose] = [issuer, account].map((one) => encodeURIComponent(one.replaceAll(':', ' ')))
  return `otpauth://totp/${who}:${whose}?secret=${secret}&issuer=${who}`
}
