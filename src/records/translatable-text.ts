/** The texts of a body that can be translated, each with its place: `summary`, `problemsMet.0.trouble`. */
import { isDeepStrictEqual } from 'node:util'
import type { Kind } from './kind.ts'
import type { Field } from './fields.ts'
import type { Body, Texts } from './record.ts'

export type TextAt = { place: string; texts: Texts; max: number | undefined }

type Shape = {
  'x-field'?: Field
  properties?: Record<string, Shape>
  items?: Shape
  patternProperties?: Record<string, { maxLength?: number }>
}

export const textsIn = (kind: Pick<Kind, 'body'>, body: Body): TextAt[] => walk(kind.body as Shape, body, '')

function walk(shape: Shape, value: unknown, place: string): TextAt[] {
  if (value === undefined || value === null) return []
  if (shape['x-field'])
    return shape['x-field'].type === 'text'
      ? [{ place, texts: value as Texts, max: Object.values(shape.patternProperties ?? {})[0]?.maxLength }]
      : []
  if (shape.items)
    return (value as unknown[]).flatMap((one, at) => walk(shape.items!, one, place ? `${place}.${at}` : String(at)))
  return Object.entries(shape.properties ?? {}).flatMap(([name, inner]) =>
    walk(inner, (value as Record<string, unknown>)[name], place ? `${place}.${name}` : name),
  )
}

/** The body with further words at these places, which must be among those that `textsIn` found. */
export function withTexts(
  kind: Pick<Kind, 'body'>,
  body: Body,
  language: string,
  words: Readonly<Record<string, string>>,
): Body {
  const copy = structuredClone(body)
  for (const { place, texts } of textsIn(kind, copy)) if (Object.hasOwn(words, place)) texts[language] = words[place]!
  return copy
}

/** Whether two versions say the same in the language of the original: what lies between them are translations alone. */
export const isSameButForTranslations = (kind: Pick<Kind, 'body'>, one: Body, other: Body): boolean =>
  isDeepStrictEqual(inOriginal(kind, one), inOriginal(kind, other))

function inOriginal(kind: Pick<Kind, 'body'>, body: Body): Body {
  const copy = structuredClone(body)
  for (const { texts } of textsIn(kind, copy)) {
    if (texts[copy.originalLanguage] === undefined) continue
    for (const language of Object.keys(texts)) if (language !== copy.originalLanguage) delete texts[language]
  }
  return copy
}
