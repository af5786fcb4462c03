/** Base 64 as these standards want it (RFC 4648 §4): padded, and one text for one value. */
export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

export function fromBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? new Uint8Array(bytes) : undefined
}
