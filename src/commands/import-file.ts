/** A table or a file of metadata from the command line: the same reading, matching and drafts as on the page of imports. */
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { App } from '#app'
import type { Actor } from '#kernel/context.ts'
import { Problem } from '#kernel/problem.ts'
import { formatNames, type MetadataFormat } from '#codecs/metadata/metadata-table.ts'
import { emailKeyOf } from '#accounts/email.ts'
import { people } from '#accounts/store.ts'
import { applyMapping } from '#features/spreadsheets/mapping-operations.ts'
import { startSpreadsheetImport } from '#features/spreadsheets/import.ts'
import { beginSpreadsheet, previewSpreadsheet, readSheet } from '#features/spreadsheets/operations.ts'
import { resumeImport } from '#features/spreadsheets/resume-import.ts'
import type { RowError } from '#features/spreadsheets/shapes.ts'
import { ruleWords } from '#ui/problem-words.ts'
import type { Command, Run } from './command.ts'

export const importFileCommand: Command = {
  name: 'import-file',
  takes: '<file>',
  examples: [
    'qingdao import-file library.bib --kind study --as amina@example.org --dry-run',
    'qingdao import-file list.csv --kind practice --as amina@example.org',
  ],
  settings: ['dataDir', 'databaseUrl'],
  flags: [
    { name: 'kind', value: 'resource', about: 'cli.flag.kind' },
    { name: 'as', value: 'email', about: 'cli.flag.as' },
    { name: 'language', value: 'en', about: 'cli.flag.language' },
    { name: 'mapping', value: 'name', about: 'cli.flag.mapping' },
    { name: 'publish', about: 'cli.flag.publish' },
    { name: 'dry-run', about: 'cli.flag.dryRun' },
  ],
  run: async (run) => {
    const [path] = run.given
    const kind = run.flags['kind']?.at(-1)
    if (!path || !kind)
      throw new Problem(
        'badFlag',
        path
          ? { flag: '--kind', what: 'practice, study, resource, …' }
          : { flag: 'import-file', what: importFileCommand.takes },
      )
    return importTable(run, path, kind)
  },
}

const shownErrors = 10

/** What becomes of each row is a draft of the person that is named, or a record where they publish. */
async function importTable(run: Run, path: string, kind: string): Promise<number> {
  const { flags, withApp, settings } = run
  const said = (name: string) => flags[name]?.at(-1)
  const email = said('as')
  if (!email) throw new Problem('badFlag', { flag: '--as', what: 'email' })
  return withApp(async (app) => {
    const actor = await personCalled(app, email)
    const copy = join(settings.dataDir, 'uploads', `import-${randomUUID()}`)
    await mkdir(join(settings.dataDir, 'uploads'), { recursive: true })
    await copyFile(path, copy).catch((cause: unknown) => {
      throw new Problem('fileNotFound', { file: path }, { cause })
    })
    try {
      const given = { kind, language: said('language') ?? 'en', encoding: 'auto', fileName: basename(path), path: copy }
      const { sheet } = await app.perform(beginSpreadsheet, actor, given)
      const mapping = said('mapping')
      if (mapping) await app.perform(applyMapping, actor, { id: sheet.id, name: mapping })
      return await lookAndTake(run, app, actor, sheet.id)
    } finally {
      await rm(copy, { force: true })
    }
  })
}

async function personCalled(app: App, email: string): Promise<Actor> {
  const account = await people(app.database.read).byEmail(emailKeyOf(email))
  if (account?.state !== 'active') throw new Problem('noAccount', { email })
  return { kind: 'person', id: account.id, roles: account.roles }
}

async function lookAndTake({ flags, terminal, t }: Run, app: App, actor: Actor, id: string): Promise<number> {
  const { format, header } = await app.perform(readSheet, actor, { id })
  const { fits, wrong, known, noted, errors, sheet } = await app.perform(previewSpreadsheet, actor, { id })
  terminal.say(
    t('cli.import.table', {
      file: sheet.fileName,
      format: format ? formatNames[format as MetadataFormat] : sheet.encoding.toUpperCase(),
      rows: sheet.rows,
      columns: header.length,
    }),
  )
  terminal.say(`  ${t('sheet.preview.fits', { count: fits })} ${t('sheet.preview.wrong', { count: wrong })}`)
  if (noted > 0) terminal.say(`  ${t('sheet.preview.noted', { count: noted })}`)
  if (known > 0) terminal.say(`  ${t('sheet.preview.known', { count: known })}`)
  for (const error of errors.slice(0, shownErrors))
    terminal.say(`  ✗ ${place(error, header)}: ${ruleWords({ t }, { ...error, place: error.field })}`)
  // A table without rows is more likely the wrong file than one that is done with.
  if (sheet.rows === 0) return 1
  if (flags['dry-run'] || fits - known <= 0) return wrong > 0 ? 1 : 0
  await app.perform(startSpreadsheetImport, actor, { id, publishes: Boolean(flags['publish']) })
  await resumeImport(app.perform, actor, id)
  const { sheet: done } = await app.perform(readSheet, actor, { id })
  terminal.say(`  ${t('sheet.done.drafts', { count: done.made - done.published })}`)
  if (done.published > 0) terminal.say(`  ${t('sheet.done.published', { count: done.published })}`)
  await app.follow()
  await app.saveSearch()
  return done.refused > 0 ? 1 : 0
}

const place = ({ row, column, field }: RowError, header: readonly string[]) =>
  `${row}, ${column === null ? field : (header[column] ?? field)}`
