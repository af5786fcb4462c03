/** Every operation as a command: `qingdao records read --id …`. */
import { readFileSync } from 'node:fs'
import type { TSchema } from 'typebox'
import { operations } from '#app'
import { shell } from '#kernel/context.ts'
import { parseStrictJson } from '#kernel/input-limits.ts'
import { isReading, type AnyOperation } from '#kernel/operation.ts'
import type { Run } from './command.ts'

type Properties = Record<string, TSchema & { type?: string; description?: string }>

export const operationNamed = (words: readonly string[]): { op: AnyOperation; rest: readonly string[] } | undefined => {
  for (const length of [2, 1]) {
    const said = words.slice(0, length).join('.')
    const op = operations.find(({ name, formerly }) => name === said || formerly?.name === said)
    if (op) return { op, rest: words.slice(length) }
  }
  return undefined
}

export const inputFlags = (op: AnyOperation) =>
  Object.entries((op.input as TSchema & { properties: Properties }).properties).map(([name, shape]) => ({
    name,
    value: shape.type ?? 'value',
    about: shape.description ?? '',
  }))

/** Input comes as flags; for writing operations also as JSON, `--json file` or `--json -` for standard input. */
export async function operate({ withApp, terminal, flags }: Run, op: AnyOperation): Promise<number> {
  const { json: jsonFrom, ...rest } = flags
  const values = Object.fromEntries(Object.entries(rest).map(([name, all]) => [name, all.length === 1 ? all[0] : all]))
  const fromFile = jsonFrom?.[0] ? (parseStrictJson(readFileSync(jsonFrom[0] === '-' ? 0 : jsonFrom[0])) as object) : {}
  const typed = isReading(op) ? values : typedValues(op, values)
  return withApp(
    async (app) => {
      await app.follow()
      const answer = await app.perform(op, shell, { ...fromFile, ...typed }, { isFromOutside: true })
      terminal.say(JSON.stringify(answer, null, 2))
      await app.followOwn()
      await app.saveSearch()
      return 0
    },
    { mayMake: !isReading(op) },
  )
}

/** Flags are text; a writing operation takes numbers and objects as they are. */
function typedValues(op: AnyOperation, values: Record<string, unknown>): Record<string, unknown> {
  const { properties } = op.input as TSchema & { properties: Properties }
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const type = properties[name]?.type
      const isJson =
        type === 'integer' || type === 'number' || type === 'boolean' || type === 'object' || type === 'array'
      return [name, isJson && typeof value === 'string' ? parseStrictJson(value) : value]
    }),
  )
}
