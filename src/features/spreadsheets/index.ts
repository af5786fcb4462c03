/** People’s own spreadsheets: from a file to drafts and records, and back. */
import type { AnyOperation } from '#kernel/operation.ts'
import { advanceSpreadsheetImport, startSpreadsheetImport, undoSpreadsheetImport } from './import.ts'
import { applyMapping, deleteMapping, listMappings } from './mapping-operations.ts'
import { mapSpreadsheetWords } from './map-words.ts'
import { beginSpreadsheet, listSpreadsheets, mapSpreadsheet, previewSpreadsheet, readSheet } from './operations.ts'
import { rereadSpreadsheet } from './reread.ts'

export const spreadsheetOperations: AnyOperation[] = [
  beginSpreadsheet,
  listSpreadsheets,
  listMappings,
  deleteMapping,
  readSheet,
  mapSpreadsheet,
  applyMapping,
  mapSpreadsheetWords,
  rereadSpreadsheet,
  previewSpreadsheet,
  startSpreadsheetImport,
  advanceSpreadsheetImport,
  undoSpreadsheetImport,
]
