/** All that can be asked of completions. */
import { claimCompletion, listMyCompletions, markSteps, readProgress, takeBackCompletion } from './claiming.ts'
import { clearCompletions, decideCompletion, listWaiting } from './confirming.ts'
import { listOffers, readOffer, setOffer } from './offers.ts'

export const completionOperations = [
  listOffers,
  readOffer,
  setOffer,
  readProgress,
  markSteps,
  listMyCompletions,
  claimCompletion,
  takeBackCompletion,
  listWaiting,
  decideCompletion,
  clearCompletions,
]
