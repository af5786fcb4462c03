import { ownSource } from './own-source.ts'

/** Agencies and networks that assure the quality of education, and decisions of theirs, described from public sources. */
export const qualityAgencies = ownSource({
  name: 'quality-agencies',
  title: 'Quality agencies and their decisions',
  kinds: ['organisation', 'quality-decision'],
  base: 'https://w3id.org/qingdao/quality-agencies',
  links: ['decidesOn', 'agencies'],
})
