/** Digits of every script (Unicode `Nd`) as 0 to 9, and the wide forms of East Asia as the usual ones. */
import { digitOf } from '#kernel/i18n/fold.ts'

/** The text with plain digits and without marks of direction; half-wide where it was written wide (NFKC). */
export const withPlainDigits = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\u061C\u200E\u200F\u2066-\u2069\u202A-\u202E]/g, '')
    .replaceAll(/(?![0-9])\p{Nd}/gu, digitOf)
    .trim()
