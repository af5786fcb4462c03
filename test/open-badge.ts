/** A badge that a school issues, and how a verification of it is read. */
import { Problem } from '#kernel/problem.ts'
import type { Outbound } from '#kernel/outbound.ts'
import type { Verification } from '#areas/recognition/verification/verification.ts'

/** An Open Badge 3.0 without proof, by this issuer and for this achievement. */
export const openBadge = (issuer: string, achievement = 'urn:uuid:3b') => ({
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
  id: 'urn:uuid:0f1e',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: issuer, type: ['Profile'], name: 'School' },
  validFrom: '2026-01-01T00:00:00Z',
  name: 'Radio teaching',
  credentialSubject: {
    id: 'urn:uuid:2a',
    type: ['AchievementSubject'],
    achievement: {
      id: achievement,
      type: ['Achievement'],
      name: 'Radio teaching',
      description: 'Teaches by radio',
      criteria: { narrative: 'Taught ten lessons' },
      creditsAvailable: 5,
    },
  },
})

/** What each check said, by its name. */
export const stateOf = (told: Pick<Verification, 'checks'>) =>
  Object.fromEntries(told.checks.map((one) => [one.name, `${one.state} ${one.code}`]))

/** A network in which these addresses alone answer, with JSON. */
export const answering =
  (pages: Readonly<Record<string, unknown>>): Outbound =>
  async (url) => {
    if (!(url in pages)) throw new Problem('fetchFailed', { url, reason: 'unknown host' })
    return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(pages[url])), url }
  }
