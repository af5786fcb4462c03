/**
 * What must not compile. This file is never run: `npm run types` fails where one of these lines compiles after all, and
 * where one that may be written does not.
 */
import type { Static } from 'typebox'
import type { App } from '#app'
import { pathway } from '#areas/pathways/pathway.ts'
import type { Translate } from '#kernel/i18n/messages.ts'
import { isOf, type BodyOf } from '#records/kind.ts'
import { practice } from '#features/clearing-house/practice.ts'
import { history, read } from '#records/operations.ts'
import type { StoredRecord } from '#records/record.ts'
import { search } from '#search/search.ts'
import { partOf } from '#ui/record-part.ts'
import type { PageContext } from '#ui/page-context.ts'

export async function answers({ ask }: PageContext, app: App, name: string): Promise<void> {
  const found = await ask(search, { q: 'radio', limit: '5' })
  const total: number = found.total
  const title: string | undefined = found.records[0]?.body.title.en
  // @ts-expect-error -- search answers no such thing
  void found.sum
  // @ts-expect-error -- how many there are is a number
  const wrongTotal: string = found.total
  // @ts-expect-error -- whatever a body has beside its title is known by its kind alone
  const level: string = found.records[0]!.body.levels
  // @ts-expect-error -- nobody may claim what an operation answers
  await ask<{ versions: string[] }>(history, { id: 'x' })
  // @ts-expect-error -- the field is called `q`
  await ask(search, { query: 'radio' })
  const record: StoredRecord = await app.perform(read, { kind: 'anyone' }, { id: 'x' })
  // @ts-expect-error -- of an operation that is looked up by name nobody knows what it answers
  const unknown: StoredRecord = await app.perform(app.operation(name)!, { kind: 'anyone' }, {})
  void [total, title, wrongTotal, level, record, unknown]
}

export function bodies(record: StoredRecord): void {
  // @ts-expect-error -- it may be of any kind
  const any: string[] | undefined = record.body.countries
  if (isOf(practice)(record)) {
    const countries: string[] | undefined = record.body.countries
    // @ts-expect-error -- a practice has no such field
    void record.body.steps
    void countries
  }
  const body: BodyOf<typeof practice> = record.body as Static<typeof practice.body>
  partOf(pathway, {
    show: (_view, one) => {
      const steps: number = one.body.steps.length
      // @ts-expect-error -- a pathway has no such field
      void one.body.costPerLearner
      return String(steps)
    },
  })
  void [any, body]
}

export function words(t: Translate, kind: string, state: 'draft' | 'published', other: 'draft' | 'nowhere'): string[] {
  return [
    t('search.title'),
    t(`kind.${kind}.one`),
    t(`state.${state}`),
    // @ts-expect-error -- in no catalogue
    t('search.titel'),
    // @ts-expect-error -- in no catalogue, though keys of this form are made of names
    t('kind.practise.one'),
    // @ts-expect-error -- one of the two is in no catalogue
    t(`state.${other}`),
    // @ts-expect-error -- no family of keys that the test of the catalogues walks
    t(`nowhere.${kind}`),
    // @ts-expect-error -- what may be any text is no key
    t(kind),
  ]
}
