/** What is known of frameworks that come with the project and that their files do not say, by their own address. */
import type { Told } from '#records/sources/source.ts'

const known: Record<string, Told> = {
  // The licence of the repository that the file lies in (opensalt/opensalt).
  'http://opensalt-staging.opened.com/uri/20c5134f-423d-4097-a971-3dd5152bf507': {
    licence: 'MIT',
    subjects: ['0541'],
  },
}

/** What a person says goes before what is known. */
export const toldOf = (uri: string, told: Told): Told => ({ ...known[uri], ...told })
