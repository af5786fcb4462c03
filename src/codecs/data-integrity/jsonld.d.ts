declare module 'jsonld' {
  type Loaded = { documentUrl: string; document: object; contextUrl: null; tag?: string }
  type Options = {
    algorithm: 'RDFC-1.0'
    safe: boolean
    base: null
    documentLoader: (address: string) => Promise<Loaded>
    canonizeOptions: { algorithm: 'RDFC-1.0'; maxWorkFactor: number; signal: AbortSignal }
  }
  const jsonld: { canonize: (document: object, options: Options) => Promise<string> }
  export default jsonld
}
