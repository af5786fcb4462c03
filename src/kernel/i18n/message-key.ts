/** The catalogues whose keys may be asked for. Each adds its own line by declaring it (`declare module`). */
// eslint-disable-next-line typescript/no-empty-interface -- the kernel itself brings none
export interface Catalogues {}

/** Notes for translators stand beside the messages, each under the key with `@` before it. */
type Note = `@${string}`

/** A key of a message. One that is in no catalogue does not compile. */
export type MessageKey = { [Of in keyof Catalogues]: Exclude<keyof Catalogues[Of] & string, Note> }[keyof Catalogues]

/**
 * Keys that pages make of names in definitions, which are data to the compiler. `test/catalogues.test.ts` walks the
 * definitions and says that each of these is there; it does not compile where a family is left out.
 */
export type DerivedKey =
  | `kind.${string}.${'one' | 'many' | 'about'}`
  | `field.${string}`
  | `link.${string}`
  | `facet.${string}`
  | `step.${string}`
  | `problem.${string}.${'title' | 'detail' | 'next'}`
  | `area.${string}.about`
  | `criterion.${string}`
  | `role.${string}`
  | `audit.event.${string}`
  | `state.${string}`
  | `reason.${string}`
  | `text.${string}.${number}`
  | `text.${string}.${number}.title`
  | `cli.${string}.${'about' | 'more'}`

/** A key with a gap for a name, and no key that is written out: of that the compiler knows whether it is there. */
export type WithGap<Key extends string> = {} extends Record<Key, 1> ? Key : never
