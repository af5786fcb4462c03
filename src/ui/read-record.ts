import { Problem } from '#kernel/problem.ts'
import { read } from '#records/operations.ts'
import type { StoredRecord } from '#records/record.ts'
import type { PageContext } from './page-context.ts'

/** An identifier that cannot be one is answered as one that is not there. */
export async function readRecord({ ask }: Pick<PageContext, 'ask'>, id: string): Promise<StoredRecord> {
  try {
    return await ask(read, { id })
  } catch (error) {
    if (error instanceof Problem && error.code === 'invalid')
      throw new Problem('recordNotFound', { id: id.slice(0, 100) })
    throw error
  }
}
