/** Work on many things of others, of which one that fails in a way nobody foresaw keeps no other out. */

/**
 * Does the work for each, `atOnce` of them at a time, and only when all had their turn fails as the first that failed: so the job
 * is known to have failed, and what could be done is done.
 */
export async function eachApart<Item>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<unknown>,
  atOnce = 1,
): Promise<void> {
  const queue = Iterator.from(items)
  const failures: unknown[] = []
  const takeTurns = async () => {
    for (const item of queue) await work(item).catch((error: unknown) => failures.push(error))
  }
  await Promise.all(Array.from({ length: atOnce }, takeTurns))
  if (failures.length > 0) throw failures[0]
}
