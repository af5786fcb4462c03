/** The files that drafts name. */
import type { AttachmentsInUse } from '#features/attachments/in-use.ts'
import { attachmentsIn } from '#records/attachment.ts'
import { findDraft } from './access.ts'
import { drafts } from './store.ts'

export const filesOfDrafts: AttachmentsInUse = {
  isInUse: (db, file) => drafts(db).isFileNamed(file),
  /** A draft lends its right to be seen only to files that its own authors brought. */
  isLent: async (context, { file, owners, draft: id }) => {
    const { draft, authors } = await findDraft(context, id)
    return attachmentsIn(draft.body).some((one) => one.file === file) && authors.some((one) => owners.includes(one))
  },
}
