import { misfitsOf } from '#core/schema.ts'
import { Problem, type Misfit } from '#core/problem.ts'
import type { Kind } from '../kind.ts'
import { codeList, termOf } from '../vocabularies/index.ts'
import { fieldsOf } from './plan.ts'
import type { Body } from './record.ts'
import type { Link } from './store.ts'

/** All that a body breaks: its schema, its vocabularies, its own language. Empty when it may be kept. */
export function misfitsOfBody(kind: Kind, body: unknown): Misfit[] {
  const misfits = misfitsOf(kind.body, body)
  if (misfits.length) return misfits
  const { title, originalLanguage } = body as Body
  if (!(originalLanguage in title))
    return [{ place: `title.${originalLanguage}`, rule: 'originalLanguage', values: { language: originalLanguage } }]
  const { needsOneOf = [] } = kind
  if (needsOneOf.length > 0 && needsOneOf.every((name) => (body as Body)[name] === undefined))
    return [{ place: needsOneOf[0]!, rule: 'required', values: { missingProperty: needsOneOf.join(' | ') } }]
  const own = kind.check?.(body as Body) ?? []
  return [
    ...own,
    ...fieldsOf(kind).flatMap(({ name, field, valuesIn }) => {
      const { vocabulary } = field
      if (!vocabulary || !codeList(vocabulary)) return []
      return (valuesIn(body) as string[])
        .filter((code) => !termOf(vocabulary, code))
        .map((code) => ({ place: name, rule: 'vocabulary', values: { code, vocabulary } }))
    }),
  ]
}

/** The body as it may be kept, with what follows from it filled in. @throws Problem invalid */
export function checkBody(kind: Kind, body: unknown): Body {
  const misfits = misfitsOfBody(kind, body)
  if (misfits.length) throw new Problem('invalid', { count: misfits.length }, { misfits })
  return (kind.complete?.(body as Body) ?? body) as Body
}

/** The typed links that a body holds, in its order, each once. */
export function linksOf(kind: Kind, body: Body): Link[] {
  const links = fieldsOf(kind).flatMap(({ field, valuesIn }) =>
    field.rel ? (valuesIn(body) as string[]).map((toId) => ({ rel: field.rel!, toId })) : [],
  )
  const seen = new Set<string>()
  return links.filter(({ rel, toId }) => {
    const key = `${rel} ${toId}`
    return !seen.has(key) && seen.add(key)
  })
}

/** Whether the words in the original language differ, so that translations made before are out of date. */
export function isSourceChanged(kind: Kind, before: Body, after: Body): boolean {
  const wordsOf = (body: Body) =>
    JSON.stringify(
      fieldsOf(kind)
        .filter(({ field }) => field.type === 'text' || field.type === 'words')
        .map(({ valuesIn }) =>
          valuesIn(body).map((texts) => (texts as Record<string, unknown>)[body.originalLanguage] ?? null),
        ),
    )
  return before.originalLanguage !== after.originalLanguage || wordsOf(before) !== wordsOf(after)
}
