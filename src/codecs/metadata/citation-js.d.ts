/** The little of citation-js that is used: it comes without types. */
declare module '@citation-js/core' {
  export const Cite: new (text: string) => { data: Record<string, unknown>[] }
  export const plugins: {
    config: { get: (name: string) => Record<string, unknown> }
    input: { chain: (text: string, options: { forceType: string; generateGraph: boolean }) => unknown }
  }
}
declare module '@citation-js/plugin-bibtex' {}
declare module '@citation-js/plugin-ris' {}
