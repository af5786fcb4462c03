import type { Feature } from '#core/feature.ts'
import { mountAnonymous } from '../../web/anonymous.ts'
import { mountCuration } from '../../web/curation.ts'
import { mountDrafts } from '../../web/drafts.ts'
import { mountReviewing } from '../../web/reviewing.ts'
import { curatedCollection } from '../curated-collection.ts'
import { curationOperations } from '../curation/index.ts'
import { passMemberships } from '../curation/pass.ts'
import { curationMigration } from '../curation/tables.ts'
import { reviewPart, rubricPart } from '../pages/scores.ts'
import { reviewingOperations } from '../reviewing/index.ts'
import { reviewingMigration } from '../reviewing/tables.ts'
import { review } from '../review.ts'
import { rubric } from '../rubric.ts'
import { draftOperations } from './index.ts'
import { filesOfDrafts } from './lent-files.ts'
import { personalData } from './personal-data.ts'
import { draftMigration } from './tables.ts'

/** From the first words to a published record: drafts, their review, and the collections that take them in. */
export const editorial: Feature = {
  name: 'editorial',
  kinds: [review, rubric, curatedCollection],
  parts: { review: reviewPart, rubric: rubricPart },
  migrations: [draftMigration, reviewingMigration, curationMigration],
  operations: [...draftOperations, ...reviewingOperations, ...curationOperations],
  hooks: { merged: ({ db }, { from, into }) => passMemberships(db, from, into) },
  attachmentsInUse: filesOfDrafts,
  routes: [
    (web, asking, { attachmentBytes }) => mountDrafts(web, asking, { fileBytes: attachmentBytes }),
    mountReviewing,
    mountCuration,
    mountAnonymous,
  ],
  personalData,
}
