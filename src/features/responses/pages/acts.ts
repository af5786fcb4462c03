/** What somebody who is signed in can answer to a record: each button begins a draft that already leads here. */
import { html, nothing, type Content } from '#kernel/html/html.ts'
import type { Kind } from '#records/kind.ts'
import type { Field } from '#records/fields.ts'
import type { StoredRecord } from '#records/record.ts'
import { press } from '#ui/forms.ts'
import type { View } from '#ui/view.ts'

/** By the word of the button: the kind that is begun, its field that leads to the record, whether that is a list. */
export const acts = {
  tried: { kind: 'adoption', field: 'tried' },
  lesson: { kind: 'lesson', field: 'practices' },
  endorse: { kind: 'endorsement', field: 'endorses' },
  confirm: { kind: 'response', field: 'confirms' },
  contradict: { kind: 'response', field: 'contradicts' },
} as const
export type Act = keyof typeof acts

type Shape = { 'x-field'?: Field; items?: Shape }
const shapeAt = (kinds: ReadonlyMap<string, Kind>, act: Act): Shape =>
  kinds.get(acts[act].kind)!.body.properties[acts[act].field] as Shape

export const isAct = (name: string): name is Act => Object.hasOwn(acts, name)

/** The acts whose field may lead to a record of this kind. */
export const actsOn = (kinds: ReadonlyMap<string, Kind>, kind: string): Act[] =>
  (Object.keys(acts) as Act[]).filter((act) => {
    const shape = shapeAt(kinds, act)
    return (shape['x-field'] ?? shape.items?.['x-field'])?.to?.includes(kind)
  })

/** What is known of the draft that an act begins. */
export const valuesOf = (kinds: ReadonlyMap<string, Kind>, act: Act, id: string): Record<string, unknown> => ({
  [acts[act].field]: shapeAt(kinds, act).items ? [id] : id,
})

export function actBox(
  view: View,
  kinds: ReadonlyMap<string, Kind>,
  { id, kind }: Pick<StoredRecord, 'id' | 'kind'>,
): Content {
  const offered = view.session ? actsOn(kinds, kind) : []
  if (offered.length === 0) return nothing
  return html`<section aria-labelledby="acts" class="not-printed">
    <h2 id="acts">${view.t('act.title')}</h2>
    ${offered.map((act) => press(view, `/records/${id}/answer`, view.t(`act.${act}`), { act }))}
  </section>`
}
