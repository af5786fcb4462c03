import { journalMigration } from '#core/database/migrate.ts'
import { jobMigration } from '#core/jobs/jobs.ts'
import { mailMigration, unsubscribeMigration } from '#core/mail/mail.ts'
import { careOperations } from './care/care.ts'
import { careMigration } from './care/tables.ts'
import { adoption } from './adoption.ts'
import { approach } from './approach.ts'
import { approachComparison, approachSummary } from './approaches/summary.ts'
import { bestBet } from './best-bet.ts'
import { buildingBlock } from './building-block.ts'
import { difference } from './changes/difference.ts'
import { changes, changesMigration } from './changes/list.ts'
import { collections } from './collections/index.ts'
import { concept, vocabulary } from './concept.ts'
import { merge, mergedHere } from './duplicates/merge.ts'
import {
  callDifferent,
  differentMigration,
  draftDuplicates,
  likelyDuplicates,
  listDuplicates,
} from './duplicates/suggest.ts'
import { curatedCollection } from './curated-collection.ts'
import { curationOperations } from './curation/index.ts'
import { curationMigration } from './curation/tables.ts'
import { draftOperations } from './drafts/index.ts'
import { draftMigration } from './drafts/tables.ts'
import { compare } from './compare/compare.ts'
import { endorsement } from './endorsement.ts'
import { evidence } from './evidence.ts'
import { evidenceMap } from './evidence-map/map.ts'
import { countryContext } from './fit/countries.ts'
import { fileOperations } from './files/operations.ts'
import { fileMigration } from './files/tables.ts'
import { fit } from './fit/fit.ts'
import { intervention } from './intervention.ts'
import { lesson } from './lesson.ts'
import { linkOperations } from './links/operations.ts'
import { eraseSelf } from './leaving/erase.ts'
import { exportSelf } from './leaving/export.ts'
import { linkMigration } from './links/tables.ts'
import { logOperations } from './log/operations.ts'
import type { RoomModule } from './module.ts'
import { nationalSubmission } from './national/national-submission.ts'
import { offerNationally, retractNationally, submitNationally } from './national/submit.ts'
import { organisation } from './organisation.ts'
import { evidencePart, interventionPart, studyPart } from './pages/evidence.ts'
import { lessonPart } from './pages/lesson.ts'
import { emailChangeMigration } from './people/email-change.ts'
import { reviewPart, rubricPart } from './pages/scores.ts'
import { peopleOperations } from './people/index.ts'
import { identityMigration } from './people/identity-store.ts'
import { passkeyMigration } from './people/passkey-store.ts'
import { auditLinesMigration } from './people/audit-lines.ts'
import { factorMigration } from './people/factor-store.ts'
import { secondStepMigration } from './people/second-step.ts'
import { peopleMigration } from './people/tables.ts'
import { practice } from './practice.ts'
import { mergedMigration } from './record/merged.ts'
import { recordOperations } from './record/operations.ts'
import { nameMigration, recordMigration } from './record/tables.ts'
import { reviewingOperations } from './reviewing/index.ts'
import { reviewingMigration } from './reviewing/tables.ts'
import { response } from './response.ts'
import { embeddingMigration } from './search/embeddings/tables.ts'
import { complete, explain, similar, suggest } from './search/more-operations.ts'
import { search } from './search/operation.ts'
import { review } from './review.ts'
import { rubric } from './rubric.ts'
import { sheetOperations } from './sheets/index.ts'
import { sheetMigration } from './sheets/tables.ts'
import { study } from './study.ts'
import { take } from './take.ts'
import { watchingOperations } from './watching/index.ts'
import { watchMigration } from './watching/tables.ts'

/** The clearing house itself: what all rooms share. */
export const house: RoomModule = {
  name: 'house',
  kinds: [
    practice,
    buildingBlock,
    lesson,
    approach,
    adoption,
    endorsement,
    response,
    nationalSubmission,
    review,
    rubric,
    curatedCollection,
    study,
    evidence,
    intervention,
    organisation,
    vocabulary,
    concept,
    bestBet,
  ],
  collections,
  parts: {
    review: reviewPart,
    rubric: rubricPart,
    lesson: lessonPart,
    study: studyPart,
    intervention: interventionPart,
    evidence: evidencePart,
  },
  migrations: [
    journalMigration,
    jobMigration,
    recordMigration,
    nameMigration,
    mailMigration,
    peopleMigration,
    draftMigration,
    careMigration,
    passkeyMigration,
    identityMigration,
    emailChangeMigration,
    changesMigration,
    mergedMigration,
    differentMigration,
    reviewingMigration,
    curationMigration,
    sheetMigration,
    fileMigration,
    watchMigration,
    unsubscribeMigration,
    linkMigration,
    secondStepMigration,
    factorMigration,
    auditLinesMigration,
    embeddingMigration,
  ],
  operations: [
    ...recordOperations,
    changes,
    difference,
    ...logOperations,
    search,
    complete,
    suggest,
    explain,
    similar,
    take,
    ...peopleOperations,
    exportSelf,
    eraseSelf,
    ...draftOperations,
    ...reviewingOperations,
    ...curationOperations,
    ...careOperations,
    merge,
    mergedHere,
    likelyDuplicates,
    draftDuplicates,
    listDuplicates,
    callDifferent,
    offerNationally,
    submitNationally,
    retractNationally,
    ...sheetOperations,
    ...fileOperations,
    ...watchingOperations,
    ...linkOperations,
    compare,
    evidenceMap,
    approachSummary,
    approachComparison,
    countryContext,
    fit,
  ],
}
