/** Validates XML against the schemas of `fixtures/oai-pmh/schemas` with xmllint. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { validateXML } from 'xmllint-wasm'
import { jsonSchema } from '#features/oai-pmh/formats.ts'

const folder = resolve(import.meta.dirname, '../fixtures/oai-pmh/schemas')

/** What is wrong with the documents, each under its name; nothing where all are valid. */
export async function faultsAgainstSchemas(documents: ReadonlyMap<string, string>): Promise<string[]> {
  const preload = readdirSync(folder)
    .filter((name) => name.endsWith('.xsd') && name !== 'all.xsd')
    .map((fileName) => ({ fileName, contents: readFileSync(join(folder, fileName), 'utf8') }))
  const names = [...documents.keys()]
  const { errors, valid } = await validateXML({
    xml: [...documents.values()].map((contents, i) => ({ fileName: `${i}.xml`, contents })),
    schema: [{ fileName: 'all.xsd', contents: readFileSync(join(folder, 'all.xsd'), 'utf8') }],
    preload: [...preload, { fileName: 'json.xsd', contents: jsonSchema }],
    initialMemoryPages: 2_048,
    maxMemoryPages: 16_384,
  })
  const told = errors.map(({ loc, message, rawMessage }) => {
    const of = names[Number(/^(\d+)\.xml/.exec(loc?.fileName ?? rawMessage)?.[1] ?? -1)] ?? '?'
    return `${of}:${loc?.lineNumber ?? '?'} ${message}`
  })
  return valid ? [] : told.length > 0 ? told : ['invalid, and xmllint does not say why']
}
