import type { Context } from '#kernel/context.ts'
import { newUrn } from '#kernel/urn.ts'
import { contexts } from './payload.ts'

/** What each notification of this site begins with (COAR Notify 1.0.1): a name of its own, what it does, and who sends it. */
export function envelopeOf({ services: { site }, random }: Pick<Context, 'services' | 'random'>, type: unknown) {
  const here = { id: site.address, type: 'Service' }
  return {
    '@context': contexts,
    id: newUrn(random),
    type,
    actor: { ...here, name: site.name },
    origin: { ...here, inbox: `${site.address}/inbox` },
  }
}
