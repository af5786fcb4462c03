/** An indicator that no source brings: a country describes it before it gives its values. */
import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { violation } from '#kernel/problem.ts'
import { permission } from '#kernel/permission.ts'
import { identifierOf, indicator } from '#features/indicators/indicator.ts'
import { isCountry } from '#features/indicators/areas.ts'
import { checkBody } from '#records/check.ts'
import { languageTag } from '#records/fields.ts'
import { idOf } from '#records/identifier.ts'
import { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { add } from '#records/write.ts'

/** `KE-laptops`: the country first, so that it is never one of an international publisher’s. */
export const ownCode = '^[A-Z]{2}-[a-z0-9][a-z0-9_-]{1,58}$'
export const isOwnCode = (code: string): boolean => new RegExp(ownCode).test(code)

const text = (max: number) => Type.String({ minLength: 1, maxLength: max, pattern: '\\S', 'x-rule': 'blank' })

export const addIndicator = operation({
  name: 'statistics.describe',
  summary: 'Describe a national indicator that the site does not have, before its values are brought',
  http: 'POST /statistics/indicators',
  input: Type.Object(
    {
      code: Type.String({
        pattern: ownCode,
        'x-rule': 'ownCode',
        description: 'Country and a short name: `KE-laptops`',
      }),
      title: text(300),
      definition: Type.Optional(text(5_000)),
      language: Type.String({ pattern: languageTag, maxLength: 35, description: 'That it is described in' }),
      unit: Type.String({ maxLength: 50 }),
      theme: Type.Optional(Type.String({ maxLength: 50 })),
      publisher: text(300),
      url: Type.Optional(Type.String({ format: 'web-address', maxLength: 2_000, 'x-rule': 'webAddress' })),
      licence: Type.Optional(Type.String({ maxLength: 100 })),
    },
    closed,
  ),
  output: StoredRecord,
  allow: permission('statistics.import'),
  run: async (context, { language, title, definition, ...rest }) => {
    if (!isCountry(rest.code.slice(0, 2))) throw violation('code', 'ownCode')
    const id = idOf(identifierOf(rest.code))
    if (await records(context.db).find(id)) throw violation('code', 'codeTaken')
    const body = checkBody(indicator, {
      ...rest,
      title: { [language]: title.trim() },
      ...(definition && { definition: { [language]: definition.trim() } }),
      originalLanguage: language,
      areas: ['monitoring'],
    })
    const [record] = await add(context, [
      { id, kind: indicator, body, origin: { identifier: identifierOf(rest.code) } },
    ])
    return record!
  },
})
