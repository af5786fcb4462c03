/** UTF-8 that was read as Latin-1, once or several times over, and how to read it right. */

const sequence = /[\u00C2-\u00DF][\u0080-\u00BF]|[\u00E0-\u00EF][\u0080-\u00BF]{2}|[\u00F0-\u00F4][\u0080-\u00BF]{3}/g
const decoder = new TextDecoder('utf-8', { fatal: true })

function decodeOnce(text: string): string {
  return text.replaceAll(sequence, (letters) => {
    try {
      return decoder.decode(Uint8Array.from(letters, (letter) => letter.charCodeAt(0)))
    } catch {
      // Surrogates and overlong forms are not text.
      return letters
    }
  })
}

export type Mended = { text: string; times: number; damaged: boolean }

/** What is left of a sequence that lost a byte, or a control character where a letter was. */
const remains = /[\u0080-\u009F\uFFFD]|[ÃÂ](?=[^\p{L}]|$)|â€/u

export function mendText(text: string): Mended {
  let mended = text
  let times = 0
  while (times < 4) {
    const next = decodeOnce(mended)
    if (next === mended) break
    mended = next
    times++
  }
  return { text: mended, times, damaged: remains.test(mended) }
}
