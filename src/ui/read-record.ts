import { Problem } from '#kernel/problem.ts'
import { read, readWithLinks, type Linked } from '#records/operations.ts'
import type { StoredRecord } from '#records/record.ts'
import type { PageContext } from './page-context.ts'

type Asking = Pick<PageContext, 'ask'>

export type WithLinks = {
  record: StoredRecord
  links: Linked[]
  counts: { rel: string; kind: string; count: number }[]
}

/** An identifier that cannot be one is answered as one that is not there. */
export const readRecord = ({ ask }: Asking, id: string): Promise<StoredRecord> => orNotFound(id, ask(read, { id }))

/** The same, with what it links to and what links to it. */
export const readLinkedRecord = ({ ask }: Asking, id: string): Promise<WithLinks> =>
  orNotFound(id, ask(readWithLinks, { id }))

async function orNotFound<Value>(id: string, reading: Promise<Value>): Promise<Value> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Problem && error.code === 'invalid')
      throw new Problem('recordNotFound', { id: id.slice(0, 100) })
    throw error
  }
}
