/** SQLite through Node's own driver, spoken to by Kysely. */
import { pathToFileURL } from 'node:url'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  ValueNode,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type LimitNode,
  type QueryResult,
} from 'kysely'
import { boundedCache } from '../bounded-cache.ts'

const busyMs = 10_000
const statementsKept = 200
/**
 * A statement holds the values that it was last asked with, and room for each: one that writes a thousand rows holds megabytes,
 * until the garbage collector, which does not see them, comes by. So few of these are kept, and those that come again are not made anew.
 */
const fewParameters = 100
const largeKept = 12

/**
 * `immutable`: the folder may not be written either, so there is nowhere for the files of a write-ahead log;
 * the file is then taken as it is, which is only right while nobody writes to it.
 */
export type SqliteOptions = { path: string; mode: 'write' | 'read' | 'immutable' }

export function openSqlite({ path, mode }: SqliteOptions): DatabaseSync {
  const address = pathToFileURL(path)
  if (mode === 'immutable') address.search = '?immutable=1'
  const sqlite = new DatabaseSync(address, {
    readOnly: mode !== 'write',
    timeout: busyMs,
    enableForeignKeyConstraints: true,
  })
  // FULL: a confirmed write has reached the disk. What is deleted is written over with zeros.
  if (mode === 'write') sqlite.exec('pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on')
  // In KiB when negative. No memory map: its pages count as ours, and the system keeps them anyway.
  sqlite.exec('pragma cache_size = -16384; pragma temp_store = memory')
  return sqlite
}

export function sqliteDialect(open: () => DatabaseSync): Dialect {
  const driver = new SqliteDriver(open)
  return {
    createAdapter: () => new AnsweringAdapter(driver),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new LiteralLimits(),
  }
}

/**
 * Answers a query that is compiled already without a turn for the connection, which takes as long as SQLite does. SQLite answers at once and has one connection,
 * which is that of the transaction where there is one.
 */
export class AnsweringAdapter extends SqliteAdapter {
  readonly #driver: SqliteDriver

  constructor(driver: SqliteDriver) {
    super()
    this.#driver = driver
  }

  /** Undefined before the first query of another sort, which opens the database. */
  answer<Row>({ sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>): Row[] | undefined {
    return this.#driver.connection?.read<Row>(sql, parameters)
  }

  /** A greater number after each write, by whichever process; undefined before the first query. */
  state(): number | undefined {
    return this.#driver.connection?.state()
  }
}

/**
 * SQLite plans a query anew whenever the limit that it was planned for comes as a parameter, which takes longer than most of our queries.
 * So a limit stands in the text, of which there are few.
 */
class LiteralLimits extends SqliteQueryCompiler {
  protected override visitLimit(node: LimitNode) {
    const { limit } = node
    if (ValueNode.is(limit) && Number.isSafeInteger(limit.value)) this.append(`limit ${String(limit.value)}`)
    else super.visitLimit(node)
  }
}

/** One connection; transactions queue for it. */
class SqliteDriver implements Driver {
  readonly #open: () => DatabaseSync
  #connection: SqliteConnection | undefined
  #queue: Promise<void> = Promise.resolve()
  #release: () => void = () => {}

  constructor(open: () => DatabaseSync) {
    this.#open = open
  }

  async init() {
    this.#connection = new SqliteConnection(this.#open())
  }

  get connection() {
    return this.#connection
  }

  async acquireConnection() {
    const before = this.#queue
    let free = () => {}
    this.#queue = new Promise((resolve) => (free = resolve))
    await before
    this.#release = free
    return this.#connection!
  }

  async releaseConnection() {
    this.#release()
  }

  // Immediate: the write lock is taken at once, so two processes wait for each other instead of failing half-way.
  async beginTransaction(connection: DatabaseConnection) {
    ;(connection as SqliteConnection).run('begin immediate')
  }

  async commitTransaction(connection: DatabaseConnection) {
    ;(connection as SqliteConnection).run('commit')
  }

  async rollbackTransaction(connection: DatabaseConnection) {
    // A full disk may have ended the transaction already.
    if ((connection as SqliteConnection).inTransaction) (connection as SqliteConnection).run('rollback')
  }

  async destroy() {
    this.#connection?.close()
  }
}

/** To ask for its columns makes an object of each: what does not change is asked for once. What is not known to read alone counts as writing. */
type Prepared = { statement: StatementSync; columns: readonly string[]; isReading: boolean }

/** Node's own objects are dictionaries, which take twice the time to make and to read. */
function rowOf<Row>(columns: readonly string[], cells: readonly unknown[]): Row {
  const row: Record<string, unknown> = {}
  for (let at = 0; at < columns.length; at++) row[columns[at]!] = cells[at]
  return row as Row
}

class SqliteConnection implements DatabaseConnection {
  readonly #sqlite: DatabaseSync
  readonly #statements = boundedCache<Prepared>(statementsKept)
  readonly #large = boundedCache<Prepared>(largeKept)
  readonly #versionOfOthers: StatementSync
  #othersAt = 0
  #state = 0

  constructor(sqlite: DatabaseSync) {
    this.#sqlite = sqlite
    this.#versionOfOthers = preparedFor(sqlite, 'pragma data_version').statement
  }

  /** What this connection writes is counted; what others commit changes a number that SQLite keeps in memory they share. */
  state(): number {
    const [version] = this.#versionOfOthers.get() as unknown as [number]
    if (version !== this.#othersAt) this.#state++
    this.#othersAt = version
    return this.#state
  }

  get inTransaction() {
    return this.#sqlite.isTransaction
  }

  run(statement: string) {
    this.#state++
    this.#prepare(statement).statement.run()
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const rows = this.read<Row>(sql, parameters)
    if (rows) return { rows }
    const { statement } = this.#prepare(sql, parameters.length)
    this.#state++
    const { changes, lastInsertRowid } = statement.run(...parameters.map(toSqlite))
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  }

  /** Undefined for a statement that answers no rows. */
  read<Row>(sql: string, parameters: readonly unknown[]): Row[] | undefined {
    const { statement, columns, isReading } = this.#prepare(sql, parameters.length)
    if (columns.length === 0) return undefined
    if (!isReading) this.#state++
    const rows = statement.all(...parameters.map(toSqlite)) as unknown as unknown[][]
    return rows.map((cells) => rowOf<Row>(columns, cells))
  }

  async *streamQuery<Row>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    const { statement, columns } = preparedFor(this.#sqlite, sql)
    for (const cells of statement.iterate(...parameters.map(toSqlite)))
      yield { rows: [rowOf<Row>(columns, cells as unknown as unknown[])] }
  }

  close() {
    this.#sqlite.close()
  }

  #prepare(text: string, parameters = 0): Prepared {
    const kept = parameters > fewParameters ? this.#large : this.#statements
    const found = kept.get(text)
    if (found) return found
    const prepared = preparedFor(this.#sqlite, text)
    kept.set(text, prepared)
    return prepared
  }
}

function preparedFor(sqlite: DatabaseSync, text: string): Prepared {
  const statement = sqlite.prepare(text)
  const columns = statement.columns().map(({ name }) => name)
  if (columns.length > 0) statement.setReturnArrays(true)
  return { statement, columns, isReading: /^\s*select\b/i.test(text) }
}

const toSqlite = (value: unknown): SQLInputValue =>
  typeof value === 'boolean' ? Number(value) : value === undefined ? null : (value as SQLInputValue)
