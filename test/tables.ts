/** Which part makes each table, and which tables each part names. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { partOf } from '../tools/parts.ts'

const made = /create table (?:if not exists )?"?([a-z_]+)/g
const named = /\b(?:selectFrom|insertInto|updateTable|deleteFrom|\w*[jJ]oin)\(\s*\[?\s*'([a-z_]+)/g

/** Table → the part whose migration makes it. */
export const tableOwners = (root: string, files: readonly string[]): Map<string, string> =>
  new Map(matches(root, files, made).map(({ file, table }) => [table, partOf(file)]))

export const namedTables = (root: string, files: readonly string[]) => matches(root, files, named)

const matches = (root: string, files: readonly string[], pattern: RegExp): { file: string; table: string }[] =>
  files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(pattern)].map(([, table]) => ({ file, table: table! })),
  )
