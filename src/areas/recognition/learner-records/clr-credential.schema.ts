/** What CLR 2.0 requires of a learner record that is written here, as JSON Schema for tests; the same way as `open-badge.schema.ts`. */
import { credentialParts, ownContexts, profile, typed, uri } from '../achievements/open-badge.schema.ts'

const association = {
  type: 'object',
  additionalProperties: false,
  required: ['type', 'associationType', 'sourceId', 'targetId'],
  properties: {
    type: { const: 'Association' },
    associationType: {
      enum: 'exactMatchOf isChildOf isParentOf isPartOf isPeerOf isRelatedTo precedes replacedBy'.split(' '),
    },
    sourceId: uri,
    targetId: uri,
  },
}

export const clrCredential = {
  type: 'object',
  required: ['@context', 'type', 'id', 'name', 'credentialSubject', 'issuer', 'validFrom', 'proof'],
  properties: {
    ...credentialParts,
    '@context': ownContexts.record,
    type: typed('VerifiableCredential', 'ClrCredential'),
    name: { type: 'string', minLength: 1 },
    issuer: { oneOf: [uri, profile] },
    credentialSubject: {
      type: 'object',
      required: ['type', 'verifiableCredential'],
      properties: {
        id: uri,
        type: typed('ClrSubject'),
        verifiableCredential: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            required: ['@context', 'type', 'issuer', 'credentialSubject', 'proof'],
            properties: { ...credentialParts, type: typed('VerifiableCredential') },
          },
        },
        association: { type: 'array', items: association },
      },
    },
  },
} as const
