/** People’s own spreadsheets: from a file to drafts and records, and back. */
import type { AnyOperation } from '#core/operation.ts'
import { advanceSheet, startSheet, undoSheet } from './import.ts'
import { beginSheet, listSheets, mapSheet, previewSheet, readSheet } from './operations.ts'
import { rereadSheet } from './reread.ts'

export const sheetOperations: AnyOperation[] = [
  beginSheet,
  listSheets,
  readSheet,
  mapSheet,
  rereadSheet,
  previewSheet,
  startSheet,
  advanceSheet,
  undoSheet,
]
