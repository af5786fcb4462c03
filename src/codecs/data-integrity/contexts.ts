/** The JSON-LD contexts that are known: files beside this one. None is ever fetched, so nobody can exchange one. */
import { readFileSync } from 'node:fs'

export type Contexts = ReadonlyMap<string, object>

const files: Readonly<Record<string, string>> = {
  'https://www.w3.org/ns/credentials/v2': 'credentials-v2',
  'https://www.w3.org/2018/credentials/v1': 'credentials-v1',
  'https://www.w3.org/ns/credentials/undefined-terms/v2': 'undefined-terms-v2',
  'https://www.w3.org/ns/credentials/status/v1': 'status-v1',
  'https://w3id.org/vc/status-list/2021/v1': 'status-list-2021-v1',
  'https://w3id.org/security/data-integrity/v1': 'data-integrity-v1',
  'https://w3id.org/security/suites/ed25519-2020/v1': 'ed25519-2020-v1',
  'https://www.w3.org/ns/did/v1': 'did-v1',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json': 'ob-v3p0-3.0.1',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json': 'ob-v3p0-3.0.2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json': 'ob-v3p0-3.0.3',
  'https://purl.imsglobal.org/spec/ob/v3p0/context.json': 'ob-v3p0',
  'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json': 'ob-v3p0-extensions',
  'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json': 'clr-v2p0-2.0.1',
  'https://purl.imsglobal.org/spec/clr/v2p0/context.json': 'clr-v2p0',
  'https://w3id.org/openbadges/v2': 'ob-v2p0',
  'http://data.europa.eu/snb/model/context/edc-ap': 'edc-ap',
}

const loaded = new Map<string, object>()
const load = (address: string): object | undefined => {
  const file = Object.hasOwn(files, address) ? files[address] : undefined
  if (!file) return undefined
  const known = loaded.get(address)
  if (known) return known
  const context = JSON.parse(readFileSync(new URL(`contexts/${file}.json`, import.meta.url), 'utf8')) as object
  loaded.set(address, context)
  return context
}

/** Reads each when it is first asked for. */
export const contextAt = (address: string): object | undefined => load(address)
export const knownContexts: readonly string[] = Object.keys(files)

/** What a document names as its contexts: addresses, and those that are written into it. */
export function contextsOf(document: Readonly<Record<string, unknown>>): { addresses: string[]; isInline: boolean } {
  const given = document['@context']
  const list = given === undefined ? [] : Array.isArray(given) ? given : [given]
  const addresses = list.filter((one): one is string => typeof one === 'string')
  return { addresses, isInline: addresses.length < list.length }
}
