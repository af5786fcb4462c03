/** Judges values by the JSON Schemas that the AMB profile publishes (fixtures/amb). */
import { readFileSync, readdirSync } from 'node:fs'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'

const isDateTime = new Ajv({ formats: { local: addFormats.default.get('iso-date-time') } }).compile<string>({
  type: 'string',
  format: 'local',
})
const folder = new URL('../fixtures/amb/schemas/', import.meta.url)
const schemas = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as object)
const ajv = new Ajv({ strict: false, allErrors: true, schemas })
addFormats.default(ajv)
// The profile leaves out the time zone where it likes (its example `dateTime.json`).
ajv.addFormat('date-time', { type: 'string', validate: (text: string) => isDateTime(text) })
const isAmb = ajv.getSchema('https://w3id.org/kim/amb/draft/schemas/schema.json')!

/** Each fault with its place; none where the value is valid. */
export const ambFaults = (value: unknown): string[] =>
  isAmb(value) ? [] : isAmb.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`)
