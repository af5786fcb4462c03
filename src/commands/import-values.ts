/** A table of national statistics from the command line: the same reading, checking and publishing as on its page. */
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { App } from '#app'
import { shell } from '#kernel/context.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { Problem } from '#kernel/problem.ts'
import { decimals } from '#features/own-statistics/columns.ts'
import { beginImport, previewImport, type Preview } from '#features/own-statistics/operations.ts'
import { startImport } from '#features/own-statistics/take.ts'
import { errorWords } from '#features/own-statistics/pages/error-words.ts'
import type { View } from '#ui/view.ts'
import type { Command, Run } from './command.ts'

export const importValuesCommand: Command = {
  name: 'import-values',
  takes: '<file>',
  examples: [
    'qingdao import-values a.csv --publisher "NBS" --published-on 2024-05 --dry-run',
    'qingdao import-values a.csv --publisher "NBS" --published-on 2024 --area KE',
  ],
  settings: ['dataDir', 'databaseUrl'],
  flags: [
    { name: 'publisher', value: 'name', about: 'cli.flag.statisticsPublisher' },
    { name: 'published-on', value: '2024-05-01', about: 'cli.flag.publishedOn' },
    { name: 'indicator', value: 'code', about: 'cli.flag.indicator' },
    { name: 'area', value: 'KE', about: 'cli.flag.area' },
    { name: 'decimal', value: ',', about: 'cli.flag.decimal' },
    { name: 'leave-out', about: 'cli.flag.leaveOut' },
    { name: 'dry-run', about: 'cli.flag.dryRun' },
  ],
  run: async (run) => {
    const [path] = run.given
    const said = (name: string) => run.flags[name]?.at(-1)
    const { publisher, publishedOn } = { publisher: said('publisher'), publishedOn: said('published-on') }
    if (!path) throw new Problem('badFlag', { flag: 'import-values', what: importValuesCommand.takes })
    if (!publisher) throw new Problem('badFlag', { flag: '--publisher', what: 'name' })
    const decimal = said('decimal')
    if (decimal !== undefined && !decimals.some((one) => one === decimal))
      throw new Problem('badFlag', { flag: '--decimal', what: '. ,' })
    if (!publishedOn) throw new Problem('badFlag', { flag: '--published-on', what: '2024-05-01' })
    const uploads = join(run.settings.dataDir, 'uploads')
    return run.withApp(async (app) => {
      const copy = join(uploads, `import-${randomUUID()}`)
      await mkdir(uploads, { recursive: true })
      await copyFile(path, copy).catch((cause: unknown) => {
        throw new Problem('fileNotFound', { file: path }, { cause })
      })
      const indicator = said('indicator') ?? ''
      run.terminal.progress(run.t('cli.importValues.reading', { file: basename(path) }))
      try {
        const { id } = await app.perform(beginImport, shell, {
          publisher,
          publishedOn,
          indicator,
          area: said('area') ?? '',
          decimal: decimals.find((one) => one === said('decimal')) ?? 'auto',
          fileName: basename(path),
          path: copy,
        })
        return await lookAndTake(run, app, id)
      } catch (error) {
        if (!isOfIndicator(error)) throw error
        run.terminal.settle()
        run.terminal.say(run.t('cli.importValues.describe', { indicator }))
        return 2
      } finally {
        await rm(copy, { force: true })
      }
    })
  },
}

const isOfIndicator = (error: unknown): boolean =>
  error instanceof Problem && (error.violations ?? []).some(({ place }) => place === 'indicator')

const shownErrors = 20
/** What the words of the page call a choice below. */
const flagOf: Readonly<Record<string, string>> = {
  noIndicator: ' (--indicator)',
  noArea: ' (--area)',
  valueAmbiguous: ' (--decimal)',
}

async function lookAndTake(run: Run, app: App, id: string): Promise<number> {
  const { flags, terminal, t } = run
  const preview = await app.perform(previewImport, shell, { id })
  const { added, changed, errors, totalErrors } = preview
  terminal.settle()
  tellPreview(run, preview)
  if (flags['dry-run']) return totalErrors > 0 ? 1 : 0
  const isWrong = errors.some(({ row }) => row === 0)
  if (isWrong || (totalErrors > 0 && !flags['leave-out'])) {
    terminal.say(`${t('cli.importValues.nothing')}${isWrong ? '' : ` ${t('cli.importValues.leaveOut')}`}`)
    return 1
  }
  terminal.progress(t('cli.importValues.publishing', { count: added + changed }))
  const { counts } = await app.perform(startImport, shell, { id, leaveOut: Boolean(flags['leave-out']) })
  terminal.settle()
  terminal.say(`  ${t('statistics.wasAdded', { count: counts.added })}`)
  if (counts.changed > 0) terminal.say(`  ${t('statistics.wasChanged', { count: counts.changed })}`)
  if (counts.added + counts.changed > 0)
    terminal.say(`  ${t('cli.importValues.undo', { command: `qingdao statistics undo --id ${id}` })}`)
  return counts.leftOut > 0 ? 1 : 0
}

function tellPreview({ terminal, t, f }: Run, preview: Preview): void {
  const { rows, added, changed, unchanged, wrongRows, errors, totalErrors, notTaken } = preview
  const counted = [
    t('sheet.rowCount', { count: rows }),
    t('statistics.added', { count: added }),
    t('statistics.changed', { count: changed }),
    t('statistics.unchanged', { count: unchanged }),
    t('statistics.wrongRows', { count: wrongRows }),
  ]
  terminal.say(counted.join(' · '))
  if (notTaken.length > 0) terminal.say(`  ${t('statistics.notTaken', { columns: notTaken.join(f.comma) })}`)
  const view = { t, f, language: languages[0] } as unknown as View
  for (const error of errors.slice(0, shownErrors)) {
    const { row, column, cell, wrong, mend } = errorWords(view, error)
    const place = error.row === 0 ? row : t('sheet.preview.row', { row })
    terminal.say(`  ✗ ${[place, column, cell].filter(Boolean).join(', ')}: ${wrong} ${mend}${flagOf[error.rule] ?? ''}`)
  }
  if (totalErrors > shownErrors)
    terminal.say(`  ${t('sheet.preview.moreErrors', { count: totalErrors - shownErrors })}`)
}
