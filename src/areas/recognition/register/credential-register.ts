import { kind } from '#records/kind.ts'
import { identifier, maybe, number, text } from '#records/fields.ts'
import { idOf } from '#records/identifier.ts'

/**
 * What was issued, revoked, suspended and restored here, by hashes alone. It is a record, so that each of its versions has a
 * place in the transparency log. There is one; it is not given to other nodes.
 */
export const credentialRegister = kind({
  name: 'credential-register',
  plural: 'credential-registers',
  area: 'recognition',
  schemaType: 'Dataset',
  isAid: true,
  isMadeBySystem: true,
  isOfNode: true,
  isUnreviewed: true,
  translatedBy: 'authors',
  line: ['eventCount'],
  body: {
    description: maybe(text()),
    /** Of all batches together. */
    eventCount: number({ minimum: 1 }),
    /** Of the batch that this version entered. */
    batchCount: number({ minimum: 1 }),
    /** The root of the Merkle tree of the batch (RFC 9162 §2.1.1), as lower-case hexadecimal. */
    batchRoot: identifier(),
  },
})

/** The one record. */
export const registerId = idOf('urn:qingdao:credential-register')
