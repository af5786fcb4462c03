/** A database with all tables, made once: it is copied in a fraction of the time that making the tables takes. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openDatabase } from '#kernel/database/database.ts'
import { migrate } from '#kernel/database/migrate.ts'
import { features } from '#features'

async function ask(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

/** A new database on the server; a copy of the template that the run made, where it made one. */
export async function newDatabase(
  server: string,
  { template = process.env.TEST_DATABASE_TEMPLATE }: { template?: string | undefined } = {},
): Promise<{ address: string; name: string; drop: () => Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await ask(server, `create database ${name}${template ? ` template ${template} strategy file_copy` : ''}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { address: url.href, name, drop: () => ask(server, `drop database if exists ${name} with (force)`) }
}

export async function makeTemplate(server: string): Promise<{ name: string; drop: () => Promise<void> }> {
  const { address, name, drop } = await newDatabase(server, { template: undefined })
  await makeTables(address)
  return { name, drop }
}

async function makeTables(address: string): Promise<void> {
  const database = await openDatabase(address)
  const migrations = features.flatMap((feature) => feature.migrations ?? [])
  await migrate(database, migrations, () => new Date())
  await database.close()
}

let templateFile: Promise<string> | undefined

/** A new SQLite file with all tables in this folder: a copy of the one that this process made first. */
export async function newFile(folder: string): Promise<string> {
  templateFile ??= makeTemplateFile()
  const file = join(folder, 'qingdao.sqlite')
  await copyFile(await templateFile, file)
  return file
}

async function makeTemplateFile(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'qingdao-template-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'qingdao.sqlite')
  await makeTables(file)
  return file
}
