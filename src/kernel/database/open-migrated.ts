/** A database with the tables that its node needs. */
import { keepFoldersPrivate } from '../private-files.ts'
import { openDatabase, type Database, type OpenOptions } from './database.ts'
import { migrate, type Migration } from './migrate.ts'

type Options = OpenOptions & { dataDir: string; migrations: readonly Migration[]; now: () => Date }

/**
 * Opens the database of a node and brings it up to what this version knows; one that fails is closed again.
 * @throws Problem nothingThere, databaseDamaged, databaseNotOpened, folderNotWritable
 */
export async function openMigrated(
  address: string,
  { dataDir, migrations, now, mustExist = false }: Options,
): Promise<Database> {
  const opened = await openDatabase(address, { mustExist })
  if (opened.writable) await keepFoldersPrivate(dataDir)
  await migrate(opened, migrations, now).catch(async (error: unknown) => {
    await opened.close()
    throw error
  })
  return opened
}
