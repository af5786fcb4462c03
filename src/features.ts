import type { Feature } from '#core/feature.ts'
import { kernel } from '#core/kernel.ts'
import { access } from '#areas/access/index.ts'
import { accountability } from '#areas/accountability/index.ts'
import { cooperation } from '#areas/cooperation/index.ts'
import { monitoring } from '#areas/monitoring/index.ts'
import { online } from '#areas/online/index.ts'
import { open } from '#areas/open/index.ts'
import { pathways } from '#areas/pathways/index.ts'
import { quality } from '#areas/quality/index.ts'
import { recognition } from '#areas/recognition/index.ts'
import { approaches } from '#house/approaches/feature.ts'
import { stewardship } from '#house/care/feature.ts'
import { recentChanges } from '#house/changes/feature.ts'
import { editorial } from '#house/drafts/feature.ts'
import { dump } from '#house/dump-feature.ts'
import { duplicates } from '#house/duplicates/feature.ts'
import { clearingHouse } from '#house/feature.ts'
import { attachments } from '#house/files/feature.ts'
import { matching } from '#house/fit/feature.ts'
import { privacy } from '#house/leaving/feature.ts'
import { linkCheck } from '#house/links/feature.ts'
import { transparency } from '#house/log/feature.ts'
import { national } from '#house/national/feature.ts'
import { accounts } from '#house/people/feature.ts'
import { portal } from '#house/portal/feature.ts'
import { recordsFeature } from '#house/record/feature.ts'
import { searching } from '#house/search/feature.ts'
import { spreadsheets } from '#house/sheets/feature.ts'
import { subscriptions } from '#house/watching/feature.ts'

/** The whole system: each may use those that stand before it, and knows none that come after. */
export const features: readonly Feature[] = [
  kernel,
  recordsFeature,
  accounts,
  searching,
  clearingHouse,
  approaches,
  attachments,
  stewardship,
  editorial,
  transparency,
  recentChanges,
  national,
  matching,
  duplicates,
  subscriptions,
  spreadsheets,
  linkCheck,
  dump,
  privacy,
  portal,
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
