import type { Feature } from '#kernel/feature.ts'
import { records } from '#records/store.ts'
import { cooperationOutcome } from './cooperation-outcome.ts'
import { answerExpertMessage, expertResult, listExpertMessages, writeToExpert } from './expert-messages.ts'
import { hideExpert, listExperts, ownExpert, readExpert, removeExpert, saveExpert } from './experts.ts'
import { mountExperts } from './experts.routes.ts'
import { offer } from './offer.ts'
import { personalData } from './personal-data.ts'
import { request } from './request.ts'
import { mountCooperation } from './routes.ts'
import { slots } from './slots.ts'
import { experts } from './store.ts'
import { supportMatches, supportOverview } from './support.ts'
import { expertMigration } from './tables.ts'

export const cooperation: Feature = {
  name: 'cooperation',
  kinds: [offer, request, cooperationOutcome],
  migrations: [expertMigration],
  operations: [
    supportOverview,
    supportMatches,
    listExperts,
    readExpert,
    ownExpert,
    saveExpert,
    removeExpert,
    hideExpert,
    writeToExpert,
    listExpertMessages,
    answerExpertMessage,
    expertResult,
  ],
  routes: [mountCooperation, mountExperts],
  tasks: [
    { area: 'cooperation', path: '/offers', title: 'offers.title', lead: 'offers.lead' },
    { area: 'cooperation', path: '/experts', title: 'experts.title', lead: 'experts.lead' },
  ],
  listings: {
    offers: (db) => records(db).hasAny([offer.name, request.name]),
    experts: async (db) => (await experts(db).all(1)).length > 0,
  },
  slots,
  personalData,
}
