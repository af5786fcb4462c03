/** The `Link` header (RFC 8288 §3): the address that it gives for a relation. */

const longest = 8 * 1024
/** A target in angle brackets, or a piece of what stands after it: a text in quotation marks, or the next comma, or other signs. */
const piece = /<([^>]*)>|"((?:[^"\\]|\\.)*)"|,|[^<",]+/gy

/** The first target of a relation, as it stands there; undefined where there is none, or the header is too long or broken before it. */
export function linkWith(header: string, relation: string): string | undefined {
  if (header.length > longest) return undefined
  const wanted = relation.toLowerCase()
  let target: string | undefined
  let isRel = false
  for (const [all, address, quoted] of header.matchAll(piece)) {
    if (all === ',') [target, isRel] = [undefined, false]
    else if (address !== undefined) target = address.trim()
    else if (quoted === undefined) isRel = /;\s*rel\s*=\s*$/i.test(all.slice(-100))
    const relations = isRel && quoted !== undefined ? quoted : (/;\s*rel\s*=\s*([^\s;]+)/i.exec(all)?.[1] ?? '')
    if (target !== undefined && relations.toLowerCase().split(/\s+/).includes(wanted)) return target
  }
  return undefined
}
