/** What either engine and the disk may answer, as problems that say what to do. */
import type { DatabaseConnection, Dialect, Driver } from 'kysely'
import { Problem } from '../problem.ts'

const SQLITE = { corrupt: 11, notADatabase: 26, readOnly: 8, full: 13, cantOpen: 14, busy: 5, ioError: 10 }
/** Result codes of SQLite, in their first byte; codes of the system and of PostgreSQL (SQLSTATE). */
const sqliteCodeOf = (error: unknown) => ((error as { errcode?: number }).errcode ?? -1) & 0xff
const codeOf = (error: unknown) => (error as { code?: string }).code ?? ''

export const isReadOnly = (error: unknown): boolean =>
  [SQLITE.readOnly, SQLITE.cantOpen].includes(sqliteCodeOf(error)) ||
  ['EROFS', 'EACCES', 'EPERM'].includes(codeOf(error))

const isFull = (error: unknown) =>
  sqliteCodeOf(error) === SQLITE.full || ['ENOSPC', 'EDQUOT', '53100'].includes(codeOf(error))

/** A folder that must be there and cannot be made or written. */
export const folderProblem = (folder: string, cause: unknown): Problem =>
  isFull(cause)
    ? new Problem('diskFull', {}, { cause })
    : new Problem('folderNotWritable', { folder, reason: codeOf(cause) || 'EACCES' }, { cause })

/**
 * SQLSTATE classes 08: connection, 28: not let in; 3D000: no such database; 57P0x: the server is stopped or starts;
 * 53300: it has no connection left.
 */
const aways =
  /^(08...|28...|3D000|57P0[123]|53300|ENOTFOUND|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOENT)$/
const awayWords =
  /Connection terminated|connection error|timeout exceeded when trying to connect|Client was closed|not queryable|SASL/i

/** What a query met, in words of ours; what is no fault of the database stays as it is. */
export function asProblem(error: unknown): unknown {
  if (error instanceof Problem) return error
  const primary = sqliteCodeOf(error)
  const code = codeOf(error)
  if (isFull(error)) return new Problem('diskFull', {}, { cause: error })
  if (primary === SQLITE.readOnly || code === '25006') return new Problem('readOnly', {}, { cause: error })
  if (primary === SQLITE.corrupt || primary === SQLITE.notADatabase)
    return new Problem('databaseDamaged', {}, { cause: error })
  if (primary === SQLITE.busy || primary === SQLITE.ioError)
    return new Problem('unavailable', { what: 'SQLite' }, { cause: error })
  return asProblemOfServer(error, code)
}

function asProblemOfServer(error: unknown, code: string): unknown {
  const reason = error instanceof Error ? error.message : String(error)
  // Where a name has several addresses, Node tells of all of them at once.
  const isAway =
    error instanceof AggregateError ? error.errors.some((one) => aways.test(codeOf(one))) : aways.test(code)
  if (isAway || awayWords.test(reason)) return new Problem('unavailable', { what: 'PostgreSQL' }, { cause: error })
  return error
}

/** Why PostgreSQL could not be opened, as it says itself: for the operator, and not for readers. */
export function openingProblem(error: unknown): Problem {
  if (error instanceof Problem && error.code !== 'unavailable') return error
  const cause = error instanceof Problem ? error.cause : error
  const first = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause
  return new Problem('databaseNotOpened', { reason: first instanceof Error ? first.message : String(first) }, { cause })
}

const inProblems = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work()
  } catch (error) {
    throw asProblem(error)
  }
}

/** The same engine, whose every failure is a problem where it is one. */
export function withProblems(dialect: Dialect): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => driverWithProblems(dialect.createDriver()),
  }
}

function driverWithProblems(driver: Driver): Driver {
  const guarded = new WeakSet<DatabaseConnection>()
  return new Proxy(driver, {
    get(target, name) {
      const method = Reflect.get(target, name, target) as unknown
      if (typeof method !== 'function') return method
      if (name !== 'acquireConnection')
        return (...given: unknown[]) => inProblems(async () => Reflect.apply(method, target, given) as unknown)
      return (...given: unknown[]) =>
        inProblems(async () => {
          const connection = (await Reflect.apply(method, target, given)) as DatabaseConnection
          if (!guarded.has(connection)) {
            const execute = connection.executeQuery.bind(connection)
            connection.executeQuery = (...query) => inProblems(() => execute(...query))
            guarded.add(connection)
          }
          return connection
        })
    },
  })
}
