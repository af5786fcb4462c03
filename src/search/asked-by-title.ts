/** Whether a question is the whole title of what was found: then nothing else is near to it. */
import { plainWords } from '#kernel/i18n/fold.ts'
import type { StoredRecord } from '#records/record.ts'

/** One word may be a title by chance. */
const leastWords = 2

/** In whatever language the title is; case, accents and signs do not matter. */
export function isAskedByTitle(q: string, found: Iterable<StoredRecord>): boolean {
  const asked = plainWords(q)
  if (asked.split(' ').length < leastWords) return false
  for (const { body } of found) if (Object.values(body.title).some((title) => plainWords(title) === asked)) return true
  return false
}
