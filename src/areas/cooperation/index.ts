import type { Feature } from '#kernel/feature.ts'
import { cooperationOutcome } from './cooperation-outcome.ts'
import { offer } from './offer.ts'
import { request } from './request.ts'
import { mountCooperation } from './routes.ts'
import { slots } from './slots.ts'
import { supportMatches, supportOverview } from './support.ts'

export const cooperation: Feature = {
  name: 'cooperation',
  kinds: [offer, request, cooperationOutcome],
  operations: [supportOverview, supportMatches],
  routes: [mountCooperation],
  slots,
}
