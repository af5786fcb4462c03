/** The one place where a database is opened. Everything else speaks Kysely and does not know which engine answers. */
import { existsSync, statSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { keepFilePrivate } from '../private-files.ts'
import { Problem } from '../problem.ts'
import { asProblem, folderProblem, isReadOnly, openingProblem, withProblems } from './errors.ts'
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
  /** What is wrong with the file, page by page; nothing where PostgreSQL sees to that itself. */
  faults: () => Promise<string[]>
  /** What was deleted is no longer on the disk either. */
  forget: () => Promise<void>
  close: () => Promise<void>
}

export type OpenOptions = {
  /** Nothing is made where there is nothing: for those who come to read. */
  mustExist?: boolean
}

/**
 * `postgres://…` is a server; anything else is the path of an SQLite file.
 * @throws Problem nothingThere, databaseDamaged, databaseNotOpened, folderNotWritable
 */
export const openDatabase = (address: string, { mustExist = false }: OpenOptions = {}): Promise<Database> =>
  isPostgres(address) ? openPostgres(address, mustExist) : openSqliteFile(address, mustExist)

export const isPostgres = (address: string): boolean => /^postgres(ql)?:\/\//.test(address)

/** Node’s own `recursive` goes round for ever where the parent takes no folder, as in `/proc`. */
async function makeFolder(path: string): Promise<void> {
  if (existsSync(path)) return
  await makeFolder(dirname(path))
  await mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}

async function openSqliteFile(path: string, mustExist: boolean): Promise<Database> {
  if (mustExist && !(statSync(path, { throwIfNoEntry: false })?.size ?? 0))
    throw new Problem('nothingThere', { folder: dirname(path) })
  await makeFolder(dirname(path)).catch((error) => {
    if (!isReadOnly(error)) throw folderProblem(dirname(path), error)
  })
  await keepFilePrivate(path)
  let writable = true
  const openWriter = () => {
    try {
      return openSqlite({ path, mode: 'write' })
    } catch (error) {
      if (!isReadOnly(error)) throw error
      if (!existsSync(path)) throw folderProblem(dirname(path), error)
      writable = false
      return openSqlite({ path, mode: 'immutable' })
    }
  }
  const first = inProblems(openWriter)
  const writer = new Kysely<unknown>({ dialect: withProblems(sqliteDialect(() => first)) })
  const read = new Kysely<unknown>({
    dialect: withProblems(sqliteDialect(() => openSqlite({ path, mode: writable ? 'read' : 'immutable' }))),
  })
  return {
    engine: 'sqlite',
    read,
    writable,
    write: async (work) => {
      if (!writable) throw new Problem('readOnly')
      return writer.transaction().execute(work)
    },
    faults: async () => {
      const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check(20)`.execute(read)
      return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok')
    },
    // What is deleted is written over (`secure_delete`); the write-ahead log still holds how it was.
    forget: async () => {
      if (writable) await sql`pragma wal_checkpoint(truncate)`.execute(writer)
    },
    close: async () => {
      await read.destroy()
      await writer.destroy()
      if (first.isOpen) first.close()
    },
  }
}

const writerLock = 20_150_523
/** For a connection: longer than any writer keeps others waiting, and not for ever where a server is silent. */
const connectWithinMs = 20_000

async function openPostgres(connectionString: string, mustExist: boolean): Promise<Database> {
  // Loaded where it is used: most nodes keep their records in SQLite.
  const { default: pg } = await import('pg')
  const settings = { connectionString, max: 10, keepAlive: true, connectionTimeoutMillis: connectWithinMs }
  const pool = new pg.Pool(settings)
  // A connection that breaks must not end the process, whether it waits in the pool or is in use: the query that it
  // carries fails, and the next opens another.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<unknown>({ dialect: withProblems(new PostgresDialect({ pool })) })
  try {
    const { rows } = await sql<{ found: string | null }>`select to_regclass('migration') as found`.execute(db)
    if (mustExist && !rows[0]?.found) throw new Problem('nothingThere', { folder: databaseName(connectionString) })
  } catch (error) {
    await db.destroy().catch(() => {})
    throw openingProblem(error)
  }
  return {
    engine: 'postgres',
    read: db,
    writable: true,
    // One writer at a time, as in SQLite: what was read at the start of a transaction is still so at its end, no two
    // transactions wait for each other in a circle, and imports that meet take turns batch by batch.
    write: (work) =>
      db.transaction().execute(async (tx) => {
        await sql`select pg_advisory_xact_lock(${writerLock})`.execute(tx)
        return work(tx)
      }),
    faults: async () => [],
    // Autovacuum disposes of what was deleted, which no query finds meanwhile.
    forget: async () => {},
    close: () => db.destroy(),
  }
}

/** Without the password. */
function databaseName(address: string): string {
  const url = URL.parse(address)
  return url ? `PostgreSQL ${url.host}${url.pathname}` : 'PostgreSQL'
}

function inProblems<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw asProblem(error)
  }
}
