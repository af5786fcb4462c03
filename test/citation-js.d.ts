/** The little of an independent reader of citations that tests use; it comes without types. */
declare module '@citation-js/core' {
  export const Cite: new (text: string) => { data: Record<string, unknown>[] }
  export const plugins: { config: { get: (name: string) => Record<string, unknown> } }
}
declare module '@citation-js/plugin-bibtex' {}
declare module '@citation-js/plugin-ris' {}
