/** On the page of a record that began at another node: where this copy comes from. */
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { OriginNode, StoredRecord } from '#records/record.ts'
import { textOf, type View } from '#ui/view.ts'
import type { FollowedNode } from '../nodes/operations.ts'
import { byNodes } from '../packs/take.ts'

/** Each node that it passed through, with the day, from that at which it began to this one. */
export function originPart(
  view: View,
  { id, origin, changedBy }: StoredRecord,
  { nodes, revoked }: { nodes: readonly FollowedNode[]; revoked: { since: string; isTrusted: boolean } | null },
): Content {
  const chain = origin?.chain
  if (!chain) return nothing
  const { t, f } = view
  const known = new Map(nodes.map((node) => [node.id, node]))
  return html`<section aria-labelledby="copy">
    <h2 id="copy">${t('copy.title')}</h2>
    <p>${t('copy.lead')}${!changedBy.startsWith(byNodes) && html` <strong>${t('copy.changedHere')}</strong>`}</p>
    ${revoked && html`<p class="${revoked.isTrusted ? 'notice' : 'warning'}">${t(revoked.isTrusted ? 'copy.keyVoidBefore' : 'copy.keyVoid', { since: f.time(revoked.since) })}</p>`}
    <ol>
      ${chain.map((one, i) => html`<li>${step(view, one, { isFirst: i === 0, isHere: i === chain.length - 1, known: known.get(one.node), page: origin.url })}</li>`)}
    </ol>
    ${known.get(chain[0]?.node ?? '')?.state === 'removed' && html`<p>${t('copy.notFollowed')}</p>`}
    <p class="small"><a href="/records/${id}/signed.json">${t('copy.signed')}</a></p>
  </section>`
}

type Step = { isFirst: boolean; isHere: boolean; known: FollowedNode | undefined; page: string | undefined }

function step(view: View, { node, address, at }: OriginNode, { isFirst, isHere, known, page }: Step): Html {
  const { t, f } = view
  const name = known ? textOf(view, known.name) : html`<bdi>${address ?? node}</bdi>`
  const there = isFirst ? (page ?? address) : address
  const called = isHere ? t('copy.here') : there ? html`<a href="${there}" rel="external">${name}</a>` : name
  const day = at && html`<time datetime="${at}">${f.day(at.slice(0, 10))}</time>`
  return html`${joined(
    [called, day].filter((part) => part !== undefined),
    ' · ',
  )}`
}
