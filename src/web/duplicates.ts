/** What may be told twice, and making one record of two. */
import type { Asked, Web } from '#core/web/server.ts'
import { compare } from '#house/compare/compare.ts'
import { merge } from '#house/duplicates/merge.ts'
import { callDifferent, likelyDuplicates, listDuplicates } from '#house/duplicates/suggest.ts'
import { chooseMergePage, duplicatesPage, mergePage } from '#house/pages/duplicates.ts'
import { errorsOf, type Errors } from '#house/pages/forms.ts'
import { may } from '#core/permission.ts'
import { ownIdIn } from '#house/record/names.ts'
import { read } from '#house/record/operations.ts'
import type { Kept } from '#house/record/record.ts'
import { orWrong, seeOther } from './posting.ts'
import type { Asking } from './records.ts'
import { forSignedIn } from './signed-in.ts'

const none: Errors = new Map()

export function mountDuplicates(web: Web, asking: Asking) {
  const { askAs, refuse, view: viewFor, kinds } = asking
  const { page, take } = forSignedIn(web, asking)
  const curators = async (asked: Asked) => {
    if (!may(asked.who.actor, 'record.merge')) await refuse(asked.who, 'records.merge')
  }

  page('/duplicates', async (asked) => {
    const after = asked.query.get('after')
    return duplicatesPage(viewFor(asked), await askAs(asked.who, listDuplicates, after ? { after } : {}))
  })
  const dismiss = async (asked: Asked, form: URLSearchParams) => {
    await askAs(asked.who, callDifferent, { one: form.get('one') ?? '', other: form.get('other') ?? '' })
    return seeOther(viewFor(asked).href('/duplicates'))
  }
  take('/duplicates', dismiss)

  const readRecord = (asked: Asked, id: string) => askAs(asked.who, read, { id })

  type Given = { taken?: readonly string[]; reason?: string; errors?: Errors }
  async function show(asked: Asked, from: Kept, into: Kept, { taken, reason = '', errors = none }: Given = {}) {
    const compared = await askAs(asked.who, compare, { id: [from.id, into.id] })
    // What only the one that goes says would be lost else.
    const onlyThere = Object.keys(from.body).filter((name) => into.body[name] === undefined)
    const parts = { compared, kind: kinds.get(from.kind)!, taken: taken ?? onlyThere, reason, errors }
    return mergePage(viewFor(asked), parts)
  }

  page('/records/:id/merge', async (asked, { id = '' }) => {
    await curators(asked)
    const from = await readRecord(asked, id)
    const typed = asked.query.get('into')
    const intoId = typed && ownIdIn(typed)
    const into = intoId && intoId !== id ? await readRecord(asked, intoId).catch(() => undefined) : undefined
    if (into && into.kind === from.kind) return show(asked, from, into)
    const { records } = await askAs(asked.who, likelyDuplicates, { id })
    return chooseMergePage(viewFor(asked), from, records, typed !== null)
  })

  const mergeThem = async (asked: Asked, form: URLSearchParams, { id = '' }: Record<string, string>) => {
    const into = form.get('into') ?? ''
    const reason = form.get('reason') ?? ''
    const taken = [...form].flatMap(([name, value]) =>
      name.startsWith('f.') && value === 'from' ? [name.slice(2)] : [],
    )
    return orWrong(
      async () => {
        await askAs(asked.who, merge, {
          id,
          into,
          revision: Number(form.get('revision')) || 1,
          intoRevision: Number(form.get('intoRevision')) || 1,
          take: taken,
          reason,
        })
        return seeOther(viewFor(asked).href(`/records/${into}`))
      },
      async (misfits) => {
        const errors = errorsOf(viewFor(asked), misfits, ['reason', 'take', 'into', 'id'])
        return show(asked, await readRecord(asked, id), await readRecord(asked, into), { taken, reason, errors })
      },
    )
  }
  take('/records/:id/merge', mergeThem)
}
