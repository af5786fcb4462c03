/** What was assigned for review and is not reviewed yet. */
import type { ExpressionBuilder } from 'kysely'
import type { DraftTables } from '../drafts/tables.ts'
import type { ReviewingTables } from './tables.ts'

/** States in which reviews are written. */
export const underReview = ['submitted', 'in-review'] as const

type Tables = DraftTables & ReviewingTables

/** Of an assignment: its reviewer has submitted no review since the draft was last submitted. */
export const isNotReviewed = ({ not, exists, selectFrom }: ExpressionBuilder<Tables, 'assignment'>) =>
  not(
    exists(
      selectFrom('review_sheet')
        .select('review_sheet.draftId')
        .whereRef('review_sheet.draftId', '=', 'assignment.draftId')
        .whereRef('review_sheet.reviewerId', '=', 'assignment.reviewerId')
        .where('review_sheet.handedInAt', 'is not', null)
        .where('review_sheet.round', '=', ({ selectFrom: from }) =>
          from('draft_step')
            .select(({ fn }) => fn.countAll<number>().as('round'))
            .whereRef('draft_step.draftId', '=', 'assignment.draftId')
            .where('draft_step.toState', '=', 'submitted'),
        ),
    ),
  )
