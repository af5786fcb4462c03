import { ownSource } from './own-source.ts'

/** Rules by which learning is recognised, and frameworks of qualifications, described for this project from public sources. */
export const recognitionDecisions = ownSource({
  name: 'recognition-decisions',
  title: 'Recognition decisions and qualifications frameworks',
  kinds: ['recognition-decision', 'qualification-framework'],
  base: 'https://w3id.org/qingdao/recognition',
})
