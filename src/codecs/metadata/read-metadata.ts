/** A metadata file as a table, whatever its format: told by what is in it, never by its name. */
import { parseJson } from '#kernel/input-limits.ts'
import { readXml } from '#codecs/xml/read-xml.ts'
import { readReferences } from './csl.ts'
import { jsonTable, schemaTable, scriptsIn } from './json-records.ts'
import type { MetadataTable } from './metadata-table.ts'
import { dublinCoreTable, marcTable } from './xml-records.ts'

const isHtml = (text: string) => /^<!doctype html|^<html|^<head|^<script/i.test(text)
const isBibtex = (text: string) => /^(?:%.*\n\s*)*@[a-z]+\s*[{(]/i.test(text)
const isRis = (text: string) => /^TY {1,2}- /.test(text)
const isJson = (text: string) => /^[[{]/.test(text)

/**
 * Nothing where the text is none of the formats, a CSV file for one.
 * @throws Problem malformedXml, malformedJson, tooDeep, tooLarge, doctypeRefused, badSpreadsheet
 */
export function readMetadata(text: string): MetadataTable | undefined {
  const begun = text.replace(/^\uFEFF/, '').trimStart()
  if (isHtml(begun)) return schemaTable(scriptsIn(begun).map((script) => parseJson(script)))
  if (begun.startsWith('<')) {
    const root = readXml(begun)
    return marcTable(root) ?? dublinCoreTable(root)
  }
  if (isRis(begun)) return readReferences(begun, 'ris')
  if (isBibtex(begun)) return readReferences(begun, 'bibtex')
  return isJson(begun) ? readJson(begun) : undefined
}

const isObjectLine = (line: string) => line.startsWith('{') && line.endsWith('}')

/** A text of several lines that are all objects is JSON Lines. */
function readJson(text: string): MetadataTable | undefined {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  if (lines.length > 1 && lines.every(isObjectLine))
    return jsonTable(
      lines.map((line) => parseJson(line)),
      'json-lines',
    )
  return jsonTable(parseJson(text))
}
