import type { MessageKey } from './i18n/message-key.ts'

/**
 * What can go wrong, said once: HTTP status and exit code. The words are in the catalogues
 * (`problem.<code>.title`, `.detail` with the values filled in, and `.next`: what to do).
 */
export const problems = {
  invalid: { status: 400, exit: 2 },
  malformedJson: { status: 400, exit: 2 },
  malformedXml: { status: 400, exit: 2 },
  tooDeep: { status: 400, exit: 2 },
  malformedZip: { status: 400, exit: 2 },
  badSpreadsheet: { status: 400, exit: 2 },
  dumpDamaged: { status: 400, exit: 2 },
  incrementMissing: { status: 409, exit: 5 },
  packDamaged: { status: 400, exit: 2 },
  copyRefused: { status: 409, exit: 5 },
  notANode: { status: 400, exit: 2 },
  badManifest: { status: 400, exit: 2 },
  nodeKeyChanged: { status: 409, exit: 5 },
  nodeSuspended: { status: 409, exit: 5 },
  nodeRemoved: { status: 409, exit: 5 },
  quoteNotClosed: { status: 400, exit: 2 },
  doctypeRefused: { status: 400, exit: 2 },
  notUtf8: { status: 400, exit: 2 },
  wrongEncoding: { status: 400, exit: 2 },
  encodingUnknown: { status: 400, exit: 2 },
  kindsDiffer: { status: 400, exit: 2 },
  badPageKey: { status: 400, exit: 2 },
  badRequest: { status: 400, exit: 2 },
  badHeader: { status: 400, exit: 2 },
  querySyntax: { status: 400, exit: 2 },
  querySemantics: { status: 422, exit: 2 },
  notImplemented: { status: 501, exit: 2 },
  duplicateName: { status: 400, exit: 2 },
  unsafeNumber: { status: 400, exit: 2 },
  unauthenticated: { status: 401, exit: 3 },
  badKey: { status: 401, exit: 3 },
  forbidden: { status: 403, exit: 3 },
  crossSite: { status: 403, exit: 3 },
  formExpired: { status: 403, exit: 3 },
  linkUsed: { status: 410, exit: 4 },
  noAccount: { status: 404, exit: 4 },
  fileQuota: { status: 429, exit: 3 },
  tooManyTries: { status: 429, exit: 3 },
  /** With the minutes after which one may ask again. */
  tooManyRequests: { status: 429, exit: 3 },
  tooManyWatched: { status: 409, exit: 5 },
  nothingToCite: { status: 404, exit: 4 },
  listTooLong: { status: 413, exit: 2 },
  translationMustBeAccepted: { status: 403, exit: 3 },
  unknownLanguage: { status: 400, exit: 2 },
  notFound: { status: 404, exit: 4 },
  claimGone: { status: 404, exit: 4 },
  noResults: { status: 404, exit: 4 },
  recordNotFound: { status: 404, exit: 4 },
  versionNotFound: { status: 404, exit: 4 },
  folderNotFound: { status: 404, exit: 4 },
  fileNotFound: { status: 404, exit: 4 },
  unknownCommand: { status: 404, exit: 2 },
  unknownFlag: { status: 400, exit: 2 },
  badFlag: { status: 400, exit: 2 },
  /** What cannot be undone was typed without saying that it is meant. */
  notConfirmed: { status: 400, exit: 2 },
  badSetting: { status: 500, exit: 2 },
  methodNotAllowed: { status: 405, exit: 2 },
  notAcceptable: { status: 406, exit: 2 },
  conflict: { status: 409, exit: 5 },
  /** A step that what it concerns does not allow as it is now. */
  wrongState: { status: 409, exit: 5 },
  preconditionFailed: { status: 412, exit: 5 },
  stillRunning: { status: 409, exit: 5 },
  idempotencyKeyReused: { status: 422, exit: 5 },
  withdrawn: { status: 410, exit: 4 },
  merged: { status: 410, exit: 4 },
  tooLarge: { status: 413, exit: 2 },
  addressTooLong: { status: 414, exit: 2 },
  unsupportedMediaType: { status: 415, exit: 2 },
  headersTooLarge: { status: 431, exit: 2 },
  fileTooLarge: { status: 413, exit: 2 },
  tooManyFiles: { status: 413, exit: 2 },
  lineTooLong: { status: 413, exit: 2 },
  uploadTooLarge: { status: 413, exit: 2 },
  tooManyParts: { status: 413, exit: 2 },
  fileTypeRefused: { status: 415, exit: 2 },
  harmfulFile: { status: 422, exit: 2 },
  scannerFailed: { status: 503, exit: 6 },
  sheetTooLarge: { status: 413, exit: 2 },
  pictureTooLarge: { status: 413, exit: 2 },
  brokenUpload: { status: 400, exit: 2 },
  addressPrivate: { status: 400, exit: 2 },
  addressRefused: { status: 400, exit: 2 },
  fetchFailed: { status: 502, exit: 7 },
  robotsRefuse: { status: 502, exit: 7 },
  harvestFolderUnset: { status: 400, exit: 2 },
  endlessList: { status: 502, exit: 7 },
  brokenPage: { status: 502, exit: 7 },
  listEndsEarly: { status: 502, exit: 7 },
  sourceUnrecognised: { status: 422, exit: 7 },
  mostIsGone: { status: 409, exit: 5 },
  sourceRefused: { status: 502, exit: 7 },
  harvestedRecord: { status: 409, exit: 5 },
  unavailable: { status: 503, exit: 7 },
  secretLost: { status: 503, exit: 7 },
  dumpMadeAnew: { status: 503, exit: 7 },
  diskFull: { status: 507, exit: 7 },
  readOnly: { status: 503, exit: 7 },
  databaseDamaged: { status: 503, exit: 7 },
  folderInUse: { status: 409, exit: 5 },
  databaseNotOpened: { status: 503, exit: 7 },
  folderNotWritable: { status: 503, exit: 7 },
  noAccess: { status: 503, exit: 7 },
  nothingThere: { status: 404, exit: 4 },
  nothingToImport: { status: 404, exit: 1 },
  nothingRecognised: { status: 400, exit: 1 },
  cannotListen: { status: 503, exit: 7 },
  databaseTooNew: { status: 503, exit: 7 },
  releaseOlder: { status: 409, exit: 5 },
  portInUse: { status: 503, exit: 7 },
  malformedLog: { status: 400, exit: 2 },
  nothingToVerify: { status: 400, exit: 2 },
  notInLog: { status: 404, exit: 4 },
  logKeyMissing: { status: 503, exit: 7 },
  logStandsStill: { status: 503, exit: 7 },
  internal: { status: 500, exit: 70 },
} as const

export type ProblemCode = keyof typeof problems

/** A value given for a place of the input that does not fit: where, which rule, and the rule's own values. */
export type Violation = { place: string; rule: string; values: Record<string, unknown> }

/** Thrown anywhere, caught once at each edge: web, API, shell, job. */
export class Problem extends Error {
  override name = 'Problem'
  readonly code: ProblemCode
  readonly values: Record<string, string | number>
  readonly violations: readonly Violation[]
  /** Somebody asked for what they may not do or see, whatever they are told. */
  readonly isRefusal: boolean

  constructor(
    code: ProblemCode,
    values: Record<string, string | number> = {},
    {
      cause,
      violations = [],
      isRefusal = code === 'forbidden' || code === 'translationMustBeAccepted',
    }: { cause?: unknown; violations?: readonly Violation[]; isRefusal?: boolean } = {},
  ) {
    super(`${code} ${JSON.stringify(values)}`, { cause })
    this.code = code
    this.values = values
    this.violations = violations
    this.isRefusal = isRefusal
  }

  get status(): number {
    return problems[this.code].status
  }

  get exit(): number {
    return problems[this.code].exit
  }
}

/** The problem of which only the message was kept, as jobs keep it; without its values where that was cut. */
export function problemIn(message: string): { code: ProblemCode; values?: Problem['values'] } | undefined {
  const [, code, values = ''] = /^(\w+) (\{.*)$/su.exec(message) ?? []
  if (code === undefined || !Object.hasOwn(problems, code)) return undefined
  try {
    return { code: code as ProblemCode, values: JSON.parse(values) as Problem['values'] }
  } catch {
    return { code: code as ProblemCode }
  }
}

/** One value that does not fit. */
export const violation = (place: string, rule: string, values: Violation['values'] = {}): Problem =>
  new Problem('invalid', { count: 1 }, { violations: [{ place, rule, values }] })

/** What a name in an address or a command can stand for; each has its sentence, `unknown.<sort>`. */
type SortIn<Key> = Key extends `unknown.${infer Sort}` ? Sort : never
export type NamedSort = SortIn<MessageKey>

/** Nothing of that sort is called so. */
export const noSuch = (sort: NamedSort, what: string): Problem =>
  new Problem('notFound', { what: what.slice(0, 200), sort })

/**
 * Something of others, answered as something that is not there, in the same words; that it was asked for is no secret to
 * operators. `isSomeones`: whether there is such a thing at all.
 */
export const ofOthers = (sort: NamedSort, what: string, isSomeones = true): Problem =>
  new Problem('notFound', { what: what.slice(0, 200), sort }, { isRefusal: isSomeones })
