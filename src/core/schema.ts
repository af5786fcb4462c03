/** JSON Schema checks, compiled once (Ajv, draft 2020-12). What does not fit is told by place and rule, in no language. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Static, TSchema } from 'typebox'
import { Problem, type Misfit } from './problem.ts'

// Our own schemas are checked against the meta-schema by a test, which is dear, and not at each start.
const options = {
  strict: false,
  allErrors: true,
  useDefaults: true,
  validateFormats: true,
  validateSchema: false,
  meta: false,
} as const
const formats = { 'web-address': isWebAddress, 'date-time': (text: string) => !Number.isNaN(Date.parse(text)) }
const strictly = new Ajv2020({ ...options, formats })
/** Addresses and flags carry only text: '20' is taken for 20, 'true' for true, one value for a list of one. */
const fromText = new Ajv2020({ ...options, formats, coerceTypes: 'array' })

export function isWebAddress(text: string): boolean {
  if (!/^https?:\/\/[^\s]+$/i.test(text)) return false
  return URL.canParse(text)
}

const compiled = {
  strictly: new WeakMap<object, ValidateFunction>(),
  fromText: new WeakMap<object, ValidateFunction>(),
}

function validatorOf(schema: TSchema, how: keyof typeof compiled): ValidateFunction {
  const known = compiled[how].get(schema)
  if (known) return known
  const made = (how === 'strictly' ? strictly : fromText).compile(anonymous(schema) as TSchema)
  compiled[how].set(schema, made)
  return made
}

/** Names are for the API description: one schema may stand in several places of another. */
function anonymous(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(anonymous)
  if (typeof schema !== 'object' || schema === null) return schema
  const entries = Object.entries(schema).filter(([name, value]) => name !== '$id' || typeof value !== 'string')
  return Object.fromEntries(entries.map(([name, value]) => [name, anonymous(value)]))
}

/** Whether the value fits, and if not, where and why. Values from text are turned into their types on the way. */
export function misfitsOf(schema: TSchema, value: unknown, how: keyof typeof compiled = 'strictly'): Misfit[] {
  const validate = validatorOf(schema, how)
  if (validate(value)) return []
  return (validate.errors ?? []).slice(0, 50).map(toMisfit)
}

/** @throws Problem invalid, with every misfit. */
export function fit<Schema extends TSchema>(
  schema: Schema,
  value: unknown,
  how: keyof typeof compiled = 'strictly',
): Static<Schema> {
  const misfits = misfitsOf(schema, value, how)
  if (misfits.length) throw new Problem('invalid', { count: misfits.length }, { misfits })
  return value as Static<Schema>
}

function toMisfit({ instancePath, keyword, params, propertyName }: ErrorObject): Misfit {
  const missing = keyword === 'required' ? [params.missingProperty as string] : []
  const extra = keyword === 'additionalProperties' ? [params.additionalProperty as string] : []
  const named = propertyName ? [propertyName] : []
  const place = [...instancePath.split('/').slice(1), ...missing, ...extra, ...named].join('.')
  return { place, rule: keyword, values: params as Record<string, unknown> }
}
