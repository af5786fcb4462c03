/** Contexts that are processed once mean what they mean to the library that processes them each time. */
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalRdf, RdfRefused } from './canonical-rdf.ts'
import { contextAt, knownContexts } from './contexts.ts'

const require = createRequire(import.meta.url)
type Library = { canonize: (document: object, options: object) => Promise<string> }
/** Another copy of the library, which knows nothing of what is kept for the first one. */
const alone = require('jsonld') as Library
for (const path of Object.keys(require.cache)) if (path.includes('/jsonld/')) delete require.cache[path]
assert.notEqual(require('jsonld'), alone)

const byTheLibrary = (document: object): Promise<string> =>
  alone.canonize(document, {
    algorithm: 'RDFC-1.0',
    safe: true,
    base: null,
    documentLoader: async (address: string) => ({
      documentUrl: address,
      document: structuredClone(contextAt(address)),
      contextUrl: null,
    }),
    canonizeOptions: { algorithm: 'RDFC-1.0', maxWorkFactor: 2 },
  })

const v2 = 'https://www.w3.org/ns/credentials/v2'
const badges = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const records = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json'
const id = fc.uuid().map((one) => `urn:uuid:${one}`)
const text = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('id', '@id', 'Achievement', 'urn:x', 'école "é"\n'))
const url = fc.webUrl()
const date = fc.constantFrom('2026-01-01T00:00:00Z', '2024-02-29T12:00:00+01:00')
/** Terms of each type; now and then one stands where it means nothing, or has a value of another kind. */
const terms = {
  Achievement: { name: text, description: text, creditsAvailable: fc.double({ noNaN: true }), inLanguage: text },
  Profile: { name: text, url, email: text, phone: text },
  Alignment: { targetName: text, targetUrl: url, targetCode: text, targetFramework: text },
  Evidence: { name: text, narrative: text, genre: text },
  Result: { value: text, status: text },
} as const
type Type = keyof typeof terms
const typeNames = Object.keys(terms) as Type[]
const partsOf: Readonly<Partial<Record<Type, Readonly<Record<string, Type>>>>> = {
  Achievement: { creator: 'Profile', alignment: 'Alignment' },
  Result: { alignment: 'Alignment' },
}
const strange = fc.dictionary(
  fc.constantFrom('salary', 'targetName', 'criteria', 'evidence', 'related'),
  fc.oneof(text, fc.integer(), fc.boolean(), fc.constant([]), fc.constant({ type: 'Profile' })),
  { minKeys: 1, maxKeys: 1 },
)
const seldom = <Value extends object>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 30, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: value })

function partOf(type: Type): fc.Arbitrary<object> {
  const parts = Object.entries(partsOf[type] ?? {}).map(([name, of]) => {
    const one = partOf(of)
    return [name, fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }))] as const
  })
  const own: Record<string, fc.Arbitrary<unknown>> = { id, ...terms[type], ...Object.fromEntries(parts) }
  return fc
    .record({
      own: fc.record(own, { requiredKeys: [] }),
      type: fc.oneof(
        { weight: 20, arbitrary: fc.constant([type]) },
        { weight: 1, arbitrary: fc.shuffledSubarray(typeNames, { minLength: 1, maxLength: 2 }) },
      ),
      odd: seldom(strange),
    })
    .map(({ own: members, odd, ...rest }) => ({ ...rest, ...members, ...odd }))
}
const subject = fc
  .record({ achievement: partOf('Achievement'), result: partOf('Result'), name: text, odd: seldom(strange) })
  .map(({ odd, ...rest }) => ({ type: ['AchievementSubject'], ...rest, ...odd }))
const credential = fc
  .record({
    contexts: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom([v2, badges], [v2, badges, records]) },
      { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...knownContexts), { minLength: 1, maxLength: 3 }) },
    ),
    subject,
    issuer: partOf('Profile'),
    endorsement: fc.option(fc.record({ id, endorsementComment: text }), { nil: undefined }),
    evidence: partOf('Evidence'),
    date,
  })
  .map(({ contexts, subject: credentialSubject, issuer, endorsement, evidence, date: validFrom }) => ({
    '@context': contexts,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    validFrom,
    issuer,
    evidence: [evidence],
    credentialSubject,
    ...(endorsement && {
      endorsement: [
        {
          '@context': [v2, badges],
          type: ['VerifiableCredential', 'EndorsementCredential'],
          credentialSubject: { ...endorsement, type: ['EndorsementSubject'] },
        },
      ],
    }),
  }))

test('a credential of any contexts has the canonical form that the library alone gives it, or none with either', async () => {
  const seen = { same: 0, refused: 0 }
  await fc.assert(
    fc.asyncProperty(credential, async (document) => {
      const before = JSON.stringify(document)
      const ours = await canonicalRdf(document).catch((error: unknown) => {
        assert.ok(error instanceof RdfRefused)
        return error.fault
      })
      if (typeof ours === 'string') assert.equal(ours, await byTheLibrary(document))
      else if (ours.code !== 'notCovered' || !['null', '[]', '[[]]'].includes(ours.what))
        await assert.rejects(byTheLibrary(document), JSON.stringify(ours))
      seen[typeof ours === 'string' ? 'same' : 'refused']++
      assert.equal(JSON.stringify(document), before)
    }),
    { numRuns: 80 },
  )
  assert.ok(seen.same > 10 && seen.refused > 5, JSON.stringify(seen))
})
