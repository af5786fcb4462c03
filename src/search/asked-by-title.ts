/** Whether a question is the whole title of what was found: then nothing else is near to it. */
import { folded, lowered } from '#kernel/i18n/fold.ts'
import type { StoredRecord } from '#records/record.ts'

/** One word may be a title by chance. */
const leastWords = 2

const plain = (text: string): string =>
  folded(lowered(text))
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()

/** In whatever language the title is; case, accents and signs do not matter. */
export function isAskedByTitle(q: string, found: Iterable<StoredRecord>): boolean {
  const asked = plain(q)
  if (asked.split(' ').length < leastWords) return false
  for (const { body } of found) if (Object.values(body.title).some((title) => plain(title) === asked)) return true
  return false
}
