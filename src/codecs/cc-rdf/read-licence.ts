/** Licence deeds of Creative Commons (ccREL in RDF/XML): what a licence permits, requires and prohibits. */
import { Problem } from '#kernel/problem.ts'
import { oneLine, readXml } from '../xml/read-xml.ts'

export type LicenceDeed = {
  uri: string
  /** BCP 47 tag as the publisher writes it → title. */
  titles: Record<string, string>
  identifier?: string
  version?: string
  permits: string[]
  requires: string[]
  prohibits: string[]
}

/** `http://creativecommons.org/ns#DerivativeWorks` → `derivative-works`. */
const term = (uri: string) =>
  uri
    .replace(/^.*[#/]/, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()

/** @throws Problem malformedXml when there is no licence in it. */
export function readLicenceDeed(text: string): LicenceDeed {
  const licence = readXml(text).children.find(({ name }) => name === 'cc:License')
  const uri = licence?.attributes['rdf:about']
  if (!licence || !uri) throw new Problem('malformedXml', { missing: 'cc:License rdf:about' })

  const all = (name: string) => licence.children.filter((child) => child.name === name)
  const terms = (name: string) =>
    all(name)
      .flatMap((child) => child.attributes['rdf:resource'] ?? [])
      .map(term)
      .sort()
  const first = (name: string) => oneLine(all(name)[0]?.text ?? '') || undefined
  const identifier = first('dc:identifier')
  const version = first('dcq:hasVersion')
  return {
    uri,
    titles: Object.fromEntries(
      all('dc:title').map((title) => [title.attributes['xml:lang'] ?? 'und', oneLine(title.text)]),
    ),
    ...(identifier && { identifier }),
    ...(version && { version }),
    permits: terms('cc:permits'),
    requires: terms('cc:requires'),
    prohibits: terms('cc:prohibits'),
  }
}
