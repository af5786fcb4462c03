import { kind } from '#records/kind.ts'
import { attachments, group, line, many, maybe, text, url } from '#records/fields.ts'
import { idOf } from '#records/identifier.ts'
import type { Violation } from '#kernel/problem.ts'
import { contrastOf, isColour, leastContrast } from './colours.ts'

/**
 * How this node presents itself: a record, so that it is translated, has a history, and an earlier version can be
 * brought back. There is one; it is not given to other nodes.
 */
export const siteProfile = kind({
  name: 'site-profile',
  plural: 'site-profiles',
  area: 'clearing-house',
  schemaType: 'WebSite',
  isAid: true,
  isMadeBySystem: true,
  isOfNode: true,
  translatedBy: 'authors',
  line: [],
  body: {
    operatorName: maybe(text({ max: 300 })),
    legalBasis: maybe(text({ max: 2_000 })),
    reviewPolicy: maybe(text({ max: 5_000 })),
    contactEmail: maybe(line({ max: 254 })),
    contactUrl: maybe(url()),
    colour: maybe(line({ max: 7 })),
    accent: maybe(line({ max: 7 })),
    footer: maybe(text({ max: 1_000 })),
    footerLinks: maybe(many(group({ label: text({ max: 100 }), address: url() }), 8)),
    privacy: maybe(text({ max: 20_000 })),
    attachments: maybe(attachments()),
  },
  check: (body) => [
    ...colourViolations(body, 'colour'),
    ...colourViolations(body, 'accent'),
    ...contrastViolations(body),
    ...emailViolations(body),
  ],
})

/** The one record. */
export const siteId = idOf('urn:qingdao:site')

const colourViolations = (body: Record<string, unknown>, place: string): Violation[] =>
  typeof body[place] === 'string' && !isColour(body[place]) ? [{ place, rule: 'colour', values: {} }] : []

function contrastViolations({ colour }: Record<string, unknown>): Violation[] {
  if (typeof colour !== 'string' || !isColour(colour) || contrastOf(colour) >= leastContrast) return []
  const ratio = Math.floor(contrastOf(colour) * 10) / 10
  return [{ place: 'colour', rule: 'contrast', values: { ratio, least: leastContrast } }]
}

const emailViolations = ({ contactEmail }: Record<string, unknown>): Violation[] =>
  typeof contactEmail === 'string' && !/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(contactEmail)
    ? [{ place: 'contactEmail', rule: 'email', values: {} }]
    : []
