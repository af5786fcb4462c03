/** The columns of a kind: each with the field whose values it shows, and whose values they are. */
import type { Kind } from '../kind.ts'
import type { Field } from '../fields.ts'
import { fieldsOf, type FieldAt } from '../field-plan.ts'

type Kinds = ReadonlyMap<string, Kind>

export type KindColumn = {
  name: string
  field: Field
  valuesIn: FieldAt['valuesIn']
  /** The relation by which the records hold the values: those linked to, or those that link here. */
  beyond?: { rels: readonly string[]; direction: 'to' | 'from' }
}

const fieldNamed = (kind: Kind | undefined, name: string): FieldAt | undefined =>
  kind && fieldsOf(kind).find((one) => one.name === name)

export function columnsOf(kinds: Kinds, kind: Kind): KindColumn[] {
  return (kind.columns ?? kind.line).flatMap((column): KindColumn[] => {
    if (typeof column === 'string') {
      const own = fieldNamed(kind, column)
      return own ? [{ name: column, field: own.field, valuesIn: own.valuesIn }] : []
    }
    const there = fieldNamed(kinds.get('of' in column ? column.of : column.by), column.field)
    const others = 'of' in column && column.or ? [column.or] : []
    const direction = 'of' in column ? ('to' as const) : ('from' as const)
    const beyond = { rels: [column.rel, ...others], direction }
    return there ? [{ name: column.name, field: there.field, valuesIn: there.valuesIn, beyond }] : []
  })
}
