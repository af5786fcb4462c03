/** The shapes of countries as they are drawn, from the file that `tools/world.ts` makes. */
import { readFileSync } from 'node:fs'
import { Html } from '#kernel/html/html.ts'

let shapes: ReadonlyMap<string, Html> | undefined

/** A path or a circle by the code of its country (ISO 3166-1 alpha-2), on the map of `world.json`. */
export function countryShapes(): ReadonlyMap<string, Html> {
  shapes ??= read()
  return shapes
}

function read(): ReadonlyMap<string, Html> {
  const text = readFileSync(new URL('../../assets/countries.svg', import.meta.url), 'utf8')
  const found = text.matchAll(/<(path|circle) id="([A-Z]{2})" ([^<>]*)\/>/g)
  return new Map([...found].map(([, element, code, rest]) => [code!, new Html(`<${element} ${rest}/>`)]))
}
