import { ownSource } from './own-source.ts'

/** Issuers, achievements, decisions and a trust list that are not real, so that a new site shows how they look. */
export const demonstrations = ownSource({
  name: 'demonstrations',
  title: 'Demonstrations (not real)',
  kinds: ['organisation', 'achievement', 'quality-decision', 'trust-list'],
  base: 'https://w3id.org/qingdao/demonstrations',
  links: ['issuers', 'decidesOn', 'agencies', 'vouchers'],
  isDemonstration: true,
})
