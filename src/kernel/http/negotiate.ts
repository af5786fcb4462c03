/** `Accept` and `Accept-Encoding` (RFC 9110 §12.5). What cannot be read counts as not said. */

type Preference = { type: string; quality: number; exactness: number }

const preferencesOf = (header: string): Preference[] =>
  header
    .slice(0, 2_000)
    .split(',')
    .slice(0, 50)
    .flatMap((part) => {
      const [type, ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
      if (!type || !/^[\w*!#$&^.+-]+(\/[\w*!#$&^.+-]+)?$/.test(type)) return []
      const said = parameters
        .map((parameter) => /^q=([01](?:\.\d{0,3})?)$/.exec(parameter)?.[1])
        .find((q) => q !== undefined)
      return [
        {
          type,
          quality: Math.min(1, Number(said ?? 1)),
          exactness: type === '*/*' || type === '*' ? 0 : type.endsWith('/*') ? 1 : 2,
        },
      ]
    })

const matches = (pattern: string, type: string) =>
  pattern === type ||
  pattern === '*/*' ||
  pattern === '*' ||
  (pattern.endsWith('/*') && type.startsWith(pattern.slice(0, -1)))

/** The offered type that is wanted most, the first offered among equals; undefined when none is acceptable. */
export function negotiateType<Type extends string>(
  header: string | undefined,
  offered: readonly Type[],
): Type | undefined {
  if (!header?.trim()) return offered[0]
  const preferences = preferencesOf(header)
  if (preferences.length === 0) return offered[0]
  let best: { type: Type; quality: number } | undefined
  for (const type of offered) {
    const fitting = preferences
      .filter((preference) => matches(preference.type, type))
      .sort((a, b) => b.exactness - a.exactness)
    const quality = fitting[0]?.quality ?? 0
    if (quality > (best?.quality ?? 0)) best = { type, quality }
  }
  return best?.type
}

export type Encoding = 'br' | 'gzip' | 'identity'

export function negotiateEncoding(header: string | undefined): Encoding {
  if (!header) return 'identity'
  return negotiateType(header, ['br', 'gzip', 'identity'] as const) ?? 'identity'
}
