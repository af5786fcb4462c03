/** Translating a record side by side. */
import { Problem } from '#core/problem.ts'
import type { Answer } from '#core/web/answer.ts'
import type { Asked, Web } from '#core/web/server.ts'
import { errorsOf, type Errors } from '#house/pages/forms.ts'
import { translatablesOf, translatePage } from '#house/pages/translate.ts'
import { languageTag } from '#house/record/fields.ts'
import { read, translate, version } from '#house/record/operations.ts'
import { isOutOfDate, type Kept } from '#house/record/record.ts'
import { orWrong, seeOther } from './posting.ts'
import type { Asking } from './records.ts'
import { forSignedIn } from './signed-in.ts'

type Sent = { typed?: ReadonlyMap<string, string>; errors?: Errors; isConflict?: boolean }
const tag = new RegExp(languageTag)

export function mountTranslating(web: Web, asking: Asking) {
  const { askAs, view: viewFor, kinds } = asking
  const { page, take } = forSignedIn(web, asking)
  async function find(asked: Asked, id: string, language: string): Promise<Kept> {
    const record = await askAs(asked.who, read, { id })
    if (!tag.test(language) || language.length > 35 || language === record.body.originalLanguage)
      throw new Problem('notFound', { what: language.slice(0, 35) })
    return record
  }

  async function show(asked: Asked, record: Kept, language: string, sent: Sent = {}): Promise<Answer> {
    const made = record.translations[language]
    const before =
      made && isOutOfDate(record, language)
        ? await askAs(asked.who, version, { id: record.id, revision: made.ofRevision })
        : undefined
    return translatePage(viewFor(asked), { kind: kinds.get(record.kind)!, record, language, before, ...sent })
  }

  page('/records/:id/translate/:language', async (asked, { id = '', language = '' }) =>
    show(asked, await find(asked, id, language), language),
  )

  const save = async (asked: Asked, form: URLSearchParams, { id = '', language = '' }: Record<string, string>) => {
    const record = await find(asked, id, language)
    const places = translatablesOf(kinds.get(record.kind)!, record).map(({ place }) => place)
    const typed = new Map(form)
    const texts = Object.fromEntries(
      places.flatMap((place) => (form.get(place)?.trim() ? [[place, form.get(place)!.trim()]] : [])),
    )
    const revision = Number(form.get('revision')) || 1
    const machine = form.get('machine') === 'true'
    try {
      return await orWrong(
        async () => {
          await askAs(asked.who, translate, { id, language, revision, texts, machine })
          return seeOther(viewFor(asked).href(`/records/${id}`))
        },
        (misfits) => show(asked, record, language, { typed, errors: errorsOf(viewFor(asked), misfits, places) }),
      )
    } catch (error) {
      // Somebody changed the record meanwhile: the newest original is shown beside what was typed.
      if (error instanceof Problem && error.code === 'conflict')
        return show(asked, record, language, { typed, isConflict: true })
      throw error
    }
  }
  take('/records/:id/translate/:language', save)
}
