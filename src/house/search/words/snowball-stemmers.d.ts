declare module 'snowball-stemmers' {
  export type Stemmer = { stem(word: string): string }
  const stemmers: { newStemmer(algorithm: string): Stemmer; algorithms(): string[] }
  export default stemmers
}
