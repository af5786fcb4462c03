/** What the approaches that come with the project are called: the names that its tables use → addresses and identifiers. */
import { idOf } from '#records/identifier.ts'

export const approachUri = (key: string) => `https://w3id.org/qingdao/approaches/${key}`
export const approachIds = (keys: readonly string[] | undefined): string[] =>
  (keys ?? []).map((key) => idOf(approachUri(key)))
