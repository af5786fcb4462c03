/** By which standards programs may speak with this node, and where: told in the manifest and in the catalogue. */

export type Interface = {
  title: string
  /** The specification, by its address. */
  conformsTo: string
  version: string
  path: string
  /** Where the interface describes itself. */
  description: string
}

export const interfaces: readonly Interface[] = [
  {
    title: 'Exchange between Qingdao nodes',
    conformsTo: 'urn:qingdao:exchange:1',
    version: '1',
    path: '/packs',
    description: '/.well-known/qingdao.json',
  },
  {
    title: 'REST API (OpenAPI)',
    conformsTo: 'https://spec.openapis.org/oas/v3.1.0',
    version: '3.1.0',
    path: '/api',
    description: '/api/openapi.json',
  },
  {
    title: 'OAI-PMH',
    conformsTo: 'http://www.openarchives.org/OAI/2.0/',
    version: '2.0',
    path: '/oai?verb=Identify',
    description: '/oai?verb=Identify',
  },
  {
    title: 'SDMX REST',
    conformsTo: 'https://github.com/sdmx-twg/sdmx-rest/tree/v2.0.0',
    version: '2.0.0',
    path: '/sdmx/3.0/structure/agencyscheme',
    description: '/sdmx/3.0/structure/agencyscheme',
  },
  {
    title: 'ResourceSync',
    conformsTo: 'http://www.openarchives.org/rs/1.1/resourcesync',
    version: '1.1',
    path: '/resourcesync/capabilitylist.xml',
    description: '/.well-known/resourcesync',
  },
  {
    title: 'Linked Data Notifications (COAR Notify)',
    conformsTo: 'https://coar-notify.net/specification/1.0.1/',
    version: '1.0.1',
    path: '/inbox',
    description: '/.well-known/qingdao.json',
  },
  {
    title: 'OpenSearch',
    conformsTo: 'http://a9.com/-/spec/opensearch/1.1/',
    version: '1.1',
    path: '/search.atom',
    description: '/opensearch.xml',
  },
  {
    title: 'Transparency log (tiles)',
    conformsTo: 'https://c2sp.org/tlog-tiles',
    version: '1',
    path: '/log',
    description: '/log',
  },
]
