/** Some records of works are no more than a link with a name: nobody has said what it is, or what one may do with it. */
import type { Body } from './record.ts'

const telling = ['description', 'fullText', 'licence', 'duration', 'effort'] as const

export const isBare = (body: Body): boolean =>
  'url' in body && 'languages' in body && telling.every((name) => body[name] === undefined)

/** A work of a kind that is usually described, without any description. */
export const isUndescribed = (properties: object, body: Body): boolean =>
  'description' in properties &&
  'languages' in properties &&
  ['summary', 'description', 'definition', 'fullText', 'citation'].every((name) => body[name] === undefined)

const numbered = /(?:^|\s)\d{1,2}\s?[-–.)]\s?(?=\p{L})/gu
const fewestItems = 3
const longestHeading = 80
const longestItem = 160

/** All that is said of it is a numbered list, as plans of projects have it: no sentence tells what was done. */
export function isListAlone({ summary, description, originalLanguage }: Body & { summary?: unknown }): boolean {
  const texts = description as Record<string, string> | undefined
  const text = texts?.[originalLanguage] ?? Object.values(texts ?? {})[0]
  if (text === undefined || summary !== undefined) return false
  const [heading = '', ...items] = text.split(numbered)
  return (
    items.length >= fewestItems &&
    heading.trim().length <= longestHeading &&
    items.every((item) => item.trim().length <= longestItem)
  )
}
