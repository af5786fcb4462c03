/** Very many people write at once, in drafts of their own teams and all in one: is any confirmed edit lost, and how often must somebody look again? */
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { App } from '#app'
import type { Actor } from '#kernel/context.ts'
import type { DraftShape } from '#features/editorial/drafts/shapes.ts'
import { drafts } from '#features/editorial/drafts/store.ts'
import { inNewApp } from './alone.ts'
import { number, verdictOf, type Question, type Row } from './measure.ts'

/** A thousand in teams of twenty, each in a draft of its own; and a crowd in one draft, as no team ever is. */
const crowds = [
  { writers: 1_000, inEach: 20 },
  { writers: 100, inEach: 100 },
]
const fields = ['summary', 'problem', 'objectives', 'description', 'results', 'lessons', 'unintendedEffects', 'place']

const person = (id: string): Actor => ({ kind: 'person', id, roles: ['contributor'] })
const ask = <Out>(app: App, id: string, name: string, input: object) =>
  app.perform(app.operation(name)!, person(id), input) as Promise<Out>

type Saved = { draft: DraftShape; conflicts: { field: string; theirs: unknown }[] }
const textIn = (body: object, field: string): string =>
  ((body as Record<string, Record<string, string> | undefined>)[field]?.en ?? '').trim()

/** Opens the form, adds a line of their own to a field, and saves; where others were faster, adds it to what they wrote. */
async function edit(app: App, id: string, who: string, field: string): Promise<number> {
  let { revision, body } = await ask<DraftShape>(app, who, 'drafts.read', { id })
  let seen = textIn(body, field)
  for (let conflicts = 0; ; conflicts++) {
    // As long as it takes to type.
    await new Promise((resume) => setImmediate(resume))
    const { draft, conflicts: found } = await ask<Saved>(app, who, 'drafts.save', {
      id,
      revision,
      values: { [field]: { en: `${seen}\n${who}`.trim() } },
    })
    if (found.length === 0) return conflicts
    ;({ revision, body } = draft)
    seen = textIn(body, field)
  }
}

/** What the database alone can commit in the same place, one row at a time. */
async function commitsPerSecond(folder: string): Promise<number> {
  const database = new DatabaseSync(join(folder, 'yardstick.sqlite'))
  database.exec('pragma journal_mode = wal; pragma synchronous = full; create table t(id integer primary key, x text)')
  const insert = database.prepare('insert into t(x) values (?)')
  const text = 'x'.repeat(4_000)
  const begun = performance.now()
  let count = 0
  while (performance.now() - begun < 2_000) {
    insert.run(text)
    count++
  }
  database.close()
  return (count / (performance.now() - begun)) * 1_000
}

/** All write at once; then each line that was confirmed is looked for. */
async function write(app: App, writers: number, inEach: number) {
  const names = Array.from({ length: writers }, (_, at) => `writer${at}`)
  const teams = Array.from({ length: writers / inEach }, (_, at) => names.slice(at * inEach, (at + 1) * inEach))
  const begin = async (team: readonly string[]) => {
    const { id } = await ask<DraftShape>(app, team[0]!, 'drafts.begin', { kind: 'practice', language: 'en' })
    await app.database.write(async (tx) => {
      for (const name of team) await drafts(tx).addAuthor(id, name)
    })
    return id
  }
  const ids: string[] = []
  for (const team of teams) ids.push(await begin(team))
  const begun = performance.now()
  const conflicts = await Promise.all(
    teams.flatMap((team, place) => team.map((name, at) => edit(app, ids[place]!, name, fields[at % fields.length]!))),
  )
  const seconds = (performance.now() - begun) / 1_000
  let lost = 0
  let saves = 0
  for (const [place, team] of teams.entries()) {
    const { body, revision } = await ask<DraftShape>(app, team[0]!, 'drafts.read', { id: ids[place]! })
    const kept = new Set(fields.flatMap((field) => textIn(body, field).split('\n')))
    lost += team.filter((name) => !kept.has(name)).length
    saves += revision
  }
  const shown = conflicts.reduce((sum, one) => sum + one, 0)
  const what = `${writers} writers in ${teams.length} drafts: ${lost} edits lost, ${shown} conflicts shown`
  return { what, lost, saves, seconds }
}

export const editing: Question = async ({ quick, say }) => {
  return inNewApp(async (app, folder) => {
    const yard = await commitsPerSecond(folder)
    const rows: Row[] = []
    for (const { writers, inEach } of crowds) {
      const crowd = quick ? writers / 10 : writers
      const told = await write(app, crowd, Math.min(crowd, quick ? inEach / 2 : inEach))
      say(`${told.what}, ${told.saves} saves in ${number(told.seconds)} s`)
      const perSecond = told.saves / told.seconds
      rows.push({
        question: 'editors',
        what: told.what,
        ours: `${number(perSecond)} saves/s`,
        yardstick: `SQLite, a row a commit ${number(yard)}/s`,
        ratio: (perSecond / yard).toFixed(3),
        aim: 'none lost',
        verdict: verdictOf(told.lost === 0),
      })
    }
    return rows
  })
}
