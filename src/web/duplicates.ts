/** What may be told twice, and making one record of two. */
import { Problem } from '#core/problem.ts'
import type { Answer } from '#core/web/answer.ts'
import type { Asked, Web } from '#core/web/server.ts'
import { compare, type Compared } from '#house/compare/compare.ts'
import { merge } from '#house/duplicates/merge.ts'
import { callDifferent, likelyDuplicates, listDuplicates, type Likely } from '#house/duplicates/suggest.ts'
import { chooseMergePage, duplicatesPage, mergePage } from '#house/pages/duplicates.ts'
import { errorsOf, type Errors } from '#house/pages/forms.ts'
import { signInPage } from '#house/pages/sign-in.ts'
import { may } from '#house/people/roles.ts'
import { ownIdIn } from '#house/record/names.ts'
import { read } from '#house/record/operations.ts'
import type { Kept } from '#house/record/record.ts'
import { isSignedIn, toSignIn } from './account.ts'
import { orWrong, post, seeOther } from './posting.ts'
import type { Asking } from './records.ts'

type Pairs = { pairs: { one: Likely; other: Likely }[]; next: string | null }
const none: Errors = new Map()

export function mountDuplicates(web: Web, { askAs, view: viewFor, kinds }: Asking) {
  const signedOut = (asked: Asked, form: URLSearchParams): Answer =>
    signInPage(viewFor(asked), { next: `${asked.prefix}${asked.address}`, resume: form.toString() })
  const curators = (asked: Asked) => {
    if (!may(asked.who.actor, 'record.merge')) throw new Problem('forbidden', { operation: 'records.merge' })
  }

  web.route('GET', '/duplicates', async (asked) => {
    if (!isSignedIn(asked)) return toSignIn(asked)
    const after = asked.query.get('after')
    return duplicatesPage(viewFor(asked), await askAs<Pairs>(asked.who, listDuplicates, after ? { after } : {}))
  })
  const dismiss = async (asked: Asked, form: URLSearchParams) => {
    await askAs(asked.who, callDifferent, { one: form.get('one') ?? '', other: form.get('other') ?? '' })
    return seeOther(viewFor(asked).href('/duplicates'))
  }
  post(web, '/duplicates', dismiss, { signedOut })

  const readRecord = (asked: Asked, id: string) => askAs<Kept>(asked.who, read, { id })

  type Given = { taken?: readonly string[]; reason?: string; errors?: Errors }
  async function show(asked: Asked, from: Kept, into: Kept, { taken, reason = '', errors = none }: Given = {}) {
    const compared = await askAs<Compared>(asked.who, compare, { id: [from.id, into.id] })
    // What only the one that goes says would be lost else.
    const onlyThere = Object.keys(from.body).filter((name) => into.body[name] === undefined)
    const parts = { compared, kind: kinds.get(from.kind)!, taken: taken ?? onlyThere, reason, errors }
    return mergePage(viewFor(asked), parts)
  }

  web.route('GET', '/records/:id/merge', async (asked, { id = '' }) => {
    if (!isSignedIn(asked)) return toSignIn(asked)
    curators(asked)
    const from = await readRecord(asked, id)
    const typed = asked.query.get('into')
    const intoId = typed && ownIdIn(typed)
    const into = intoId && intoId !== id ? await readRecord(asked, intoId).catch(() => undefined) : undefined
    if (into && into.kind === from.kind) return show(asked, from, into)
    const { records } = await askAs<{ records: Likely[] }>(asked.who, likelyDuplicates, { id })
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
  post(web, '/records/:id/merge', mergeThem, { signedOut })
}
