/** What the steps of bringing a spreadsheet share: reading it, its preview, and going on to a page of it. */
import type { HttpRequest } from '#kernel/http/server.ts'
import { seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { previewSpreadsheet, readSheet } from './operations.ts'
import { sheetPath } from './pages/spreadsheets.ts'
import type { SpreadsheetLine } from './shapes.ts'

export function sheetSteps({ askAs, view: viewFor, kinds }: PageContext) {
  const kindOf = ({ kind }: SpreadsheetLine) => kinds.get(kind)!
  return {
    kindOf,
    told: (request: HttpRequest, id: string) => askAs(request.who, readSheet, { id }),
    back: (request: HttpRequest, id: string, part = '') => seeOther(viewFor(request).href(sheetPath(id, part))),
    previewOf: async (request: HttpRequest, id: string) => {
      const preview = await askAs(request.who, previewSpreadsheet, { id })
      return { preview, kind: kindOf(preview.sheet) }
    },
  }
}
