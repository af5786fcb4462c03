/** The one place where a database is opened. Everything else speaks Kysely and does not know which engine answers. */
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { keepFilePrivate } from '../private-files.ts'
import { Problem } from '../problem.ts'
import { openSqlite, sqliteDialect } from './sqlite.ts'

export type Engine = 'sqlite' | 'postgres'

export type Database = {
  engine: Engine
  /** Reads; never waits for a writer. */
  read: Kysely<unknown>
  /** Runs what is given in one transaction: whole or not at all. */
  write: <Result>(work: (tx: Kysely<unknown>) => Promise<Result>) => Promise<Result>
  /** False when the folder or the database may only be read. */
  writable: boolean
  close: () => Promise<void>
}

/** `postgres://…` is a server; anything else is the path of an SQLite file. */
export const openDatabase = (address: string): Promise<Database> =>
  /^postgres(ql)?:\/\//.test(address) ? openPostgres(address) : openSqliteFile(address)

async function openSqliteFile(path: string): Promise<Database> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 }).catch((error) => {
    if (!isReadOnly(error)) throw error
  })
  await keepFilePrivate(path)
  let writable = true
  const openWriter = () => {
    try {
      return openSqlite({ path, mode: 'write' })
    } catch (error) {
      if (!isReadOnly(error)) throw error
      writable = false
      return openSqlite({ path, mode: 'immutable' })
    }
  }
  const first = inProblems(openWriter)
  const writer = new Kysely<unknown>({ dialect: sqliteDialect(() => first) })
  const read = new Kysely<unknown>({
    dialect: sqliteDialect(() => openSqlite({ path, mode: writable ? 'read' : 'immutable' })),
  })
  return {
    engine: 'sqlite',
    read,
    writable,
    write: async (work) => {
      if (!writable) throw new Problem('readOnly')
      return writer
        .transaction()
        .execute(work)
        .catch((error: unknown) => {
          throw asProblem(error)
        })
    },
    close: async () => {
      await read.destroy()
      await writer.destroy()
      if (first.isOpen) first.close()
    },
  }
}

const writerLock = 20_150_523

async function openPostgres(connectionString: string): Promise<Database> {
  // Loaded where it is used: most nodes keep their records in SQLite.
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({ connectionString, max: 10 })
  // An idle connection that breaks must not end the process; the next query opens another.
  pool.on('error', () => {})
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  await pool.query('select 1').catch((cause: unknown) => {
    throw new Problem('unavailable', { what: 'PostgreSQL' }, { cause })
  })
  return {
    engine: 'postgres',
    read: db,
    writable: true,
    // One writer at a time, as in SQLite: what was read at the start of a transaction is still so at its end, no two
    // transactions wait for each other in a circle, and imports that meet take turns batch by batch.
    write: (work) =>
      db
        .transaction()
        .execute(async (tx) => {
          await sql`select pg_advisory_xact_lock(${writerLock})`.execute(tx)
          return work(tx)
        })
        .catch((error: unknown) => {
          throw asProblem(error)
        }),
    close: () => db.destroy(),
  }
}

function inProblems<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw asProblem(error)
  }
}

const SQLITE = { corrupt: 11, notADatabase: 26, readOnly: 8, full: 13, cantOpen: 14, busy: 5, ioError: 10 }
const codeOf = (error: unknown) => (error as { errcode?: number }).errcode ?? -1
const isReadOnly = (error: unknown) =>
  [SQLITE.readOnly, SQLITE.cantOpen].includes(codeOf(error) & 0xff) ||
  ['EROFS', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')

function asProblem(error: unknown): unknown {
  if (error instanceof Problem) return error
  const primary = codeOf(error) & 0xff
  const code = (error as { code?: string }).code
  if (primary === SQLITE.full || code === 'ENOSPC' || code === '53100')
    return new Problem('diskFull', {}, { cause: error })
  if (primary === SQLITE.readOnly || code === '25006') return new Problem('readOnly', {}, { cause: error })
  if (primary === SQLITE.corrupt || primary === SQLITE.notADatabase)
    return new Problem('databaseDamaged', {}, { cause: error })
  if (primary === SQLITE.busy) return new Problem('unavailable', { what: 'SQLite' }, { cause: error })
  return error
}
