/** Which format of a message a client wants: `Accept` with versions and parameters (SDMX REST, content negotiation). */

export type Offer<Format> = { type: string; version?: string; also?: readonly string[]; format: Format }
export type Wanted<Format> = { offer: Offer<Format>; parameters: ReadonlyMap<string, string> }

type Preference = { type: string; quality: number; parameters: ReadonlyMap<string, string> }

/** Parameters are parted by semicolons, and by whole words where their values have brackets. */
function preferencesOf(header: string): Preference[] {
  return header
    .slice(0, 4_000)
    .split(',')
    .slice(0, 50)
    .flatMap((part): Preference[] => {
      const [type = '', ...rest] = part.split(';').map((piece) => piece.trim())
      if (!/^[\w*!#$&^.+-]+\/[\w*!#$&^.+-]+$/.test(type)) return []
      const parameters = new Map(
        rest.flatMap((one) => {
          const [, name, value] = /^([\w-]+)\s*=\s*"?([^"]*)"?$/.exec(one) ?? []
          return name === undefined ? [] : [[name.toLowerCase(), value!] as const]
        }),
      )
      const quality = Number(parameters.get('q') ?? 1)
      parameters.delete('q')
      return [{ type: type.toLowerCase(), quality: quality >= 0 && quality <= 1 ? quality : 1, parameters }]
    })
}

/** `2.0.0`, `2.0`, `2` and `2+.0.0` for version 2.0.0; a plus allows all that is later from there on. */
export function versionFits(wanted: string, offered: string): boolean {
  if (wanted === offered) return true
  const numbers = offered.split('.').map(Number)
  const parts = wanted.split('.')
  for (const [at, part] of parts.entries()) {
    const [, digits, plus] = /^(\d+)(\+?)$/.exec(part) ?? []
    const number = numbers[at]
    if (digits === undefined || number === undefined) return false
    if (plus) return number >= Number(digits)
    if (Number(digits) !== number) return false
  }
  return true
}

const matches = <Format>({ type, parameters }: Preference, offer: Offer<Format>): boolean => {
  const isNamed = type === offer.type
  const version = parameters.get('version')
  if (isNamed) return version === undefined || offer.version === undefined || versionFits(version, offer.version)
  return (
    type === '*/*' || (offer.also ?? []).includes(type) || (type === 'application/*' && !offer.type.startsWith('text/'))
  )
}

/** The offer that the client wants most, the first offered among those of one wish; undefined where none is acceptable. */
export function negotiateFormat<Format>(
  header: string | undefined,
  offers: readonly Offer<Format>[],
): Wanted<Format> | undefined {
  const wishes = preferencesOf(header?.trim() || '*/*')
  const sorted = wishes.filter(({ quality }) => quality > 0).toSorted((a, b) => b.quality - a.quality)
  for (const wish of sorted) {
    const offer = offers.find((one) => matches(wish, one))
    if (offer) return { offer, parameters: wish.parameters }
  }
  return undefined
}

/** `application/vnd.sdmx.data+json;version=2.0.0`. */
export const contentTypeOf = ({ type, version }: Pick<Offer<unknown>, 'type' | 'version'>): string =>
  version === undefined ? type : `${type};version=${version}`
