/** Spreadsheet programs run what begins with one of these signs as a formula; an apostrophe before it makes it a text. */

/** Full-width forms are taken for the plain ones by some. */
const signs = '=+\\-@＝＋－＠﹢﹣﹦﹫'
/** Whatever some program takes for the end of the cell before. */
const ends = ',;|\\t\\r\\n\\u000b\\u000c\\u0085\\u2028\\u2029'
const begins = `(?:^|[${ends}])`
const passedOver = `(?:(?![${ends}])[\\s\\p{C}\\p{Z}"])*`
const formula = new RegExp(`(${begins}${passedOver})(?=[${signs}])`, 'gu')
const marked = new RegExp(`(${begins}${passedOver})'(?=[${signs}])`, 'gu')
const plainNumber = /^[+-]?\d+(?:[.,]\d+)?$/

/** The same text, with an apostrophe before each sign that could begin a formula. A plain number is none. */
export const withoutFormulas = (text: string): string =>
  plainNumber.test(text) ? text : text.replaceAll(formula, "$1'")

/** The text that was meant, of a table that came back. */
export const withFormulas = (text: string): string => text.replaceAll(marked, '$1')
