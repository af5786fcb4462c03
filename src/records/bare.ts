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
