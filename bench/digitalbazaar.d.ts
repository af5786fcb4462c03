/** What the benchmark uses of packages that bring no types. */
declare module '@digitalbazaar/vc' {
  type Given = { credential: object; suite: object; documentLoader: (address: string) => Promise<object> }
  export function issue(given: Given): Promise<object>
  export function verifyCredential(
    given: Given & { checkStatus: () => Promise<{ verified: boolean }> },
  ): Promise<{ verified: boolean; error?: Error }>
}
declare module '@digitalbazaar/data-integrity' {
  export const DataIntegrityProof: new (given: { signer?: object; cryptosuite: object; date?: string }) => object
}
declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: object
}
declare module '@digitalbazaar/ed25519-multikey' {
  export function from(key: object): Promise<{ signer: () => object }>
}
