declare module 'jsonld' {
  type Options = {
    algorithm: 'RDFC-1.0'
    safe: boolean
    base: null
    documentLoader: (address: string) => Promise<never>
    contextResolver: object
    canonizeOptions: { algorithm: 'RDFC-1.0'; maxWorkFactor: number; signal: AbortSignal }
  }
  const jsonld: { canonize: (document: object, options: Options) => Promise<string> }
  export default jsonld
}
