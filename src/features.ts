import type { Feature } from '#kernel/feature.ts'
import { kernel } from '#kernel/kernel-feature.ts'
import { access } from '#areas/access/index.ts'
import { accountability } from '#areas/accountability/index.ts'
import { cooperation } from '#areas/cooperation/index.ts'
import { monitoring } from '#areas/monitoring/index.ts'
import { online } from '#areas/online/index.ts'
import { open } from '#areas/open/index.ts'
import { pathways } from '#areas/pathways/index.ts'
import { quality } from '#areas/quality/index.ts'
import { recognition } from '#areas/recognition/index.ts'
import { approaches } from '#features/approaches/feature.ts'
import { stewardship } from '#features/stewardship/feature.ts'
import { recentChanges } from '#features/history/feature.ts'
import { citedLists } from '#features/cited-lists/feature.ts'
import { comparing } from '#features/compare/feature.ts'
import { editorial } from '#features/editorial/feature.ts'
import { evidenceFeature } from '#features/evidence/feature.ts'
import { responses } from '#features/responses/feature.ts'
import { translation } from '#features/translation/feature.ts'
import { countries } from '#features/countries/feature.ts'
import { dump } from '#features/dump/feature.ts'
import { demonstrations } from '#features/demonstrations/feature.ts'
import { duplicates } from '#features/duplicates/feature.ts'
import { federation } from '#features/federation/feature.ts'
import { incomplete } from '#features/incomplete/feature.ts'
import { bestBets } from '#features/best-bets/feature.ts'
import { clearingHouse } from '#features/clearing-house/feature.ts'
import { attachments } from '#features/attachments/feature.ts'
import { indicators } from '#features/indicators/feature.ts'
import { benchmarks } from '#features/benchmarks/feature.ts'
import { matching } from '#features/matching/feature.ts'
import { oaiPmh } from '#features/oai-pmh/feature.ts'
import { privacy } from '#features/privacy/feature.ts'
import { harvest } from '#features/harvest/feature.ts'
import { ownStatistics } from '#features/own-statistics/feature.ts'
import { linkCheck } from '#features/link-check/feature.ts'
import { transparency } from '#features/transparency/feature.ts'
import { national } from '#features/national-submissions/feature.ts'
import { accounts } from '#accounts/feature.ts'
import { siteFeature } from '#features/site/feature.ts'
import { usage } from '#features/usage/feature.ts'
import { portal } from '#features/portal/feature.ts'
import { recordsFeature } from '#records/records-feature.ts'
import { sdmx } from '#features/sdmx/feature.ts'
import { searching } from '#search/feature.ts'
import { sourcePages } from '#features/sources/feature.ts'
import { spreadsheets } from '#features/spreadsheets/feature.ts'
import { subscriptions } from '#features/subscriptions/feature.ts'

/** The whole system: each may use those that stand before it, and knows none that come after. */
export const features: readonly Feature[] = [
  kernel,
  recordsFeature,
  accounts,
  searching,
  comparing,
  clearingHouse,
  evidenceFeature,
  approaches,
  attachments,
  siteFeature,
  stewardship,
  editorial,
  bestBets,
  incomplete,
  responses,
  translation,
  transparency,
  national,
  indicators,
  sdmx,
  matching,
  benchmarks,
  demonstrations,
  duplicates,
  recentChanges,
  subscriptions,
  citedLists,
  spreadsheets,
  ownStatistics,
  sourcePages,
  harvest,
  linkCheck,
  dump,
  oaiPmh,
  federation,
  privacy,
  usage,
  portal,
  countries,
  access,
  open,
  quality,
  pathways,
  online,
  recognition,
  monitoring,
  accountability,
  cooperation,
]
