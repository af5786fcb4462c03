/** Digits of every script (Unicode `Nd`) as 0 to 9, and the wide forms of East Asia as the usual ones. */

/** Where the digits of scripts begin: Arabic, Persian and Urdu, N'Ko, the scripts of South and South-East Asia. */
const zeros = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040,
  0x17e0, 0x1810,
]

/** The text with plain digits and without marks of direction; half-wide where it was written wide (NFKC). */
export const withPlainDigits = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\u061C\u200E\u200F\u2066-\u2069\u202A-\u202E]/g, '')
    .replaceAll(/\p{Nd}/gu, (digit) => {
      const code = digit.codePointAt(0)!
      const zero = zeros.find((one) => code >= one && code < one + 10)
      return zero === undefined ? digit : String(code - zero)
    })
    .trim()
