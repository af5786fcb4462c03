/** Writes fixtures/<source>/records.json anew, for a person to look through in the diff. */
process.env.UPDATE_FIXTURES = '1'
await import('./fixtures.test.ts')
