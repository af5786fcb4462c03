/** What has to be completed of a course or pathway. */
import { createHash } from 'node:crypto'
import { canonicalJson } from '#codecs/jcs/canonical-json.ts'
import type { StoredRecord, Texts } from '#records/record.ts'

export const completable = new Set(['course', 'pathway'])

/** `key`: by which it is known again after steps before it came or went. */
export type Step = { key: string; title: Texts }

const keyLength = 16
const keyOf = (title: Texts, earlier: number): string =>
  createHash('sha256')
    .update(canonicalJson([title, earlier]))
    .digest('hex')
    .slice(0, keyLength)

/** The steps of a pathway in their order; a course is one step. */
export function stepsOf({ kind, body }: StoredRecord): Step[] {
  const told = kind === 'pathway' ? (body['steps'] as readonly { title: Texts }[]) : []
  const titles = told.length > 0 ? told.map(({ title }) => title) : [body.title]
  const { originalLanguage } = body
  return titles.map((title, at) => {
    // A translation that was added later changes no step.
    const own = (one: Texts) => ({ title: one[originalLanguage] ?? one })
    const said = canonicalJson(own(title))
    const earlier = titles.slice(0, at).filter((one) => canonicalJson(own(one)) === said).length
    return { key: keyOf(own(title) as Texts, earlier), title }
  })
}
