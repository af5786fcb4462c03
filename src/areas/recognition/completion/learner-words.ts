/** What a learner tells the issuer, closed with a key that is not in the database until somebody has decided. */
import type { Context } from '#kernel/context.ts'

export type LearnerWords = { name: string; note: string }

const about = (id: string) => `completion-claim ${id}`

export const closeWords = ({ services }: Pick<Context, 'services'>, id: string, words: LearnerWords): Promise<string> =>
  services.secretBox.close(Buffer.from(JSON.stringify(words)), about(id))

/** Empty words where the key of this node is another than the one that closed them. */
export async function openWords(
  { services }: Pick<Context, 'services'>,
  id: string,
  kept: string | null,
): Promise<LearnerWords> {
  const plain = kept === null ? undefined : await services.secretBox.open(kept, about(id))
  return plain ? (JSON.parse(Buffer.from(plain).toString('utf8')) as LearnerWords) : { name: '', note: '' }
}
