/**
 * What we hold CLR 2.0 (1EdTech) to require of a ClrCredential, as JSON Schema for tests. This is our own schema and not the
 * one that 1EdTech publishes: it was written from listings of the fields by third parties and from the samples of 1EdTech,
 * without the text of the specification, and apart from the rules by which credentials are verified here.
 */
const uri = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9+.-]*:\\S+$' }
const time = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$' }
const typed = (type: string) => ({
  oneOf: [{ const: type }, { type: 'array', items: { type: 'string' }, contains: { const: type } }],
})
const profile = { type: 'object', required: ['id', 'type'], properties: { id: uri, type: typed('Profile') } }
const proof = {
  type: 'object',
  required: ['type', 'created', 'cryptosuite', 'verificationMethod', 'proofPurpose', 'proofValue'],
  properties: { type: { const: 'DataIntegrityProof' }, created: time, verificationMethod: uri },
}
const credential = {
  type: 'object',
  required: ['@context', 'id', 'type', 'issuer', 'validFrom', 'credentialSubject'],
  properties: {
    '@context': {
      type: 'array',
      minItems: 1,
      prefixItems: [{ const: 'https://www.w3.org/ns/credentials/v2' }],
      items: uri,
    },
    id: uri,
    type: typed('VerifiableCredential'),
    issuer: { oneOf: [uri, profile] },
    validFrom: time,
    validUntil: time,
    proof: { oneOf: [proof, { type: 'array', items: proof }] },
  },
}

export const clrCredential = {
  ...credential,
  required: [...credential.required, 'name', 'proof'],
  properties: {
    ...credential.properties,
    type: {
      type: 'array',
      allOf: [{ contains: { const: 'VerifiableCredential' } }, { contains: { const: 'ClrCredential' } }],
    },
    name: { type: 'string', minLength: 1 },
    issuer: profile,
    credentialSubject: {
      type: 'object',
      required: ['type', 'verifiableCredential'],
      properties: {
        id: uri,
        type: typed('ClrSubject'),
        verifiableCredential: {
          type: 'array',
          minItems: 1,
          items: { ...credential, required: [...credential.required, 'proof'] },
        },
        association: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['type', 'associationType', 'sourceId', 'targetId'],
            properties: {
              type: { const: 'Association' },
              associationType: {
                enum: [
                  'exactMatchOf',
                  'isChildOf',
                  'isParentOf',
                  'isPartOf',
                  'isPeerOf',
                  'isRelatedTo',
                  'precedes',
                  'replacedBy',
                ],
              },
              sourceId: uri,
              targetId: uri,
            },
          },
        },
      },
    },
  },
} as const
