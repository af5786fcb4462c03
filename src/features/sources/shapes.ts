/** A run of a source as pages and the API show it. */
import { Type, type Static } from 'typebox'
import { runStates } from './tables.ts'

export const Counts = Type.Object({
  read: Type.Integer(),
  added: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  refused: Type.Integer(),
  notes: Type.Integer(),
  withdrawn: Type.Optional(Type.Integer()),
})

export const Line = Type.Object({
  place: Type.String(),
  code: Type.String(),
  values: Type.Record(Type.String(), Type.Unknown()),
  bytes: Type.Optional(
    Type.String({ description: 'The row as it stands in the file, cut after a thousand characters' }),
  ),
})
export type Line = Static<typeof Line>

export const RunReport = Type.Object({
  counts: Counts,
  refused: Type.Array(Line, { description: 'At most five hundred' }),
  notes: Type.Array(Line, { description: 'At most two hundred' }),
  /** Why it failed, as a problem. */
  failed: Type.Optional(Type.Object({ code: Type.String(), values: Type.Record(Type.String(), Type.Unknown()) })),
})
export type RunReport = Static<typeof RunReport>

export const RunLine = Type.Object({
  id: Type.String(),
  source: Type.String(),
  fileName: Type.String(),
  by: Type.String({ description: 'Who began it; empty for the command line and for those who left' }),
  state: Type.Enum([...runStates]),
  counts: Counts,
  restored: Type.Integer(),
  leftAlone: Type.Integer({ description: 'Changed by people since, and left as they are when the run was undone' }),
  startedAt: Type.String(),
  changedAt: Type.String(),
})
export type RunLine = Static<typeof RunLine>

export const SourceLine = Type.Object({
  name: Type.String(),
  title: Type.String(),
  publisher: Type.String(),
  address: Type.String(),
  licence: Type.String(),
  attribution: Type.String(),
  revision: Type.String(),
  expects: Type.String({ description: 'What its files look like' }),
  isWhole: Type.Boolean({ description: 'A file is the whole of it: what it no longer has is withdrawn' }),
  /** Its values are read by the command line alone. */
  hasUpload: Type.Boolean(),
  harvestedAt: Type.Optional(Type.String({ description: 'Page of a source that is asked over the network' })),
  last: Type.Optional(RunLine),
})
export type SourceLine = Static<typeof SourceLine>

export const Difference = Type.Object({
  number: Type.Integer(),
  id: Type.String(),
  title: Type.Record(Type.String(), Type.String()),
  originalLanguage: Type.String(),
  what: Type.Enum(['added', 'changed', 'withdrawn']),
})
export type Difference = Static<typeof Difference>
