/** All that can be asked of batches. */
import { awardLearners } from './award-learners.ts'
import {
  advanceBatch,
  clearBatches,
  listBatches,
  listClaimLinks,
  readBatch,
  revokeBatch,
  startBatch,
  stopBatch,
} from './batch.ts'
import { checkTable } from './check-table.ts'
import { reissue } from './reissue.ts'

export const batchOperations = [
  checkTable,
  listBatches,
  readBatch,
  startBatch,
  advanceBatch,
  stopBatch,
  revokeBatch,
  listClaimLinks,
  awardLearners,
  clearBatches,
  reissue,
]
