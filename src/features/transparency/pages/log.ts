/** The page of the transparency log: what it is for, how large, under which keys, and what was entered last. */
import { html, type Html } from '#kernel/html/html.ts'
import { wordsOr } from '#kernel/i18n/messages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { LogStateAnswer } from '../operations.ts'
import { recordPath } from '#ui/cards.ts'
import { page } from '#ui/layout.ts'
import type { View } from '#ui/view.ts'

/** What an entry says was done, in the reader's words. */
export const actionName = (view: View, action: string): string => wordsOr(view.t, `log.action.${action}`, action)

export const kindName = (view: View, kind: string): string => wordsOr(view.t, `kind.${kind}.one`, kind)

/** Text for machines inside a page: it keeps its own direction, and is read by keyboard when it is wider than the page. */
export const machineText = (text: string, label: string): Html =>
  html`<pre dir="ltr" tabindex="0" role="region" aria-label="${label}"><code>${text}</code></pre>`

export function logPage(view: View, state: LogStateAnswer | undefined): HttpResponse {
  const { t } = view
  return page(view, {
    title: t('nav.log'),
    description: t('log.lead'),
    keep: false,
    main: html`<h1>${t('nav.log')}</h1>
      <p class="lead">${t('log.lead')}</p>
      <p>${t('log.why')}</p>
      ${state ? shown(view, state) : html`<p class="notice">${t('log.empty')}</p>`}`,
  })
}

function shown(view: View, state: LogStateAnswer): Html {
  const { t, f } = view
  return html`<section aria-labelledby="state">
        <h2 id="state">${t('log.state')}</h2>
        <dl>
          <dt>${t('log.size')}</dt>
          <dd>${f.number(state.size)}</dd>
          <dt>${t('log.origin')}</dt>
          <dd><bdi class="long">${state.origin}</bdi></dd>
          <dt>${t('log.root')}</dt>
          <dd><code class="long" dir="ltr">${state.root}</code></dd>
        </dl>
        <h3>${t('log.checkpoint')}</h3>
        ${machineText(state.checkpoint, t('log.checkpoint'))}
        <p>${t('log.keep')} <a href="/log/checkpoint" download="checkpoint">${t('log.download')}</a></p>
      </section>
      <section aria-labelledby="keys">
        <h2 id="keys">${t('log.keys')}</h2>
        <p>${t('log.keysLead')} <a href="/log/keys"><bdi dir="ltr">/log/keys</bdi></a></p>
        <dl>
          ${state.keys.map(
            ({ verifier, since, until, revokedSince }) =>
              html`<dt>
                  ${until ? t('log.keyFromTo', { since: f.time(since), until: f.time(until) }) : t('log.keySince', { since: f.time(since) })}
                </dt>
                <dd><code class="long" dir="ltr">${verifier}</code>${revokedSince && html`<br />${t('log.keyRevoked', { since: f.time(revokedSince) })}`}</dd>`,
          )}
        </dl>
      </section>
      <section aria-labelledby="check">
        <h2 id="check">${t('proof.check')}</h2>
        <p>${t('log.check')}</p>
        ${machineText(`qingdao verify ${view.absolute('/log')} --since checkpoint`, t('proof.command'))}
      </section>
    ${newest(view, state)}`
}

function newest(view: View, { newest: entries }: LogStateAnswer): Html {
  const { t, f, href } = view
  if (entries.length === 0) return html`<p class="notice">${t('log.empty')}</p>`
  return html`<section>
    <h2 id="newest">${t('log.newest')}</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="newest">
      <table>
        <thead>
          <tr>
            <th scope="col">${t('log.record')}</th>
            <th scope="col">${t('log.what')}</th>
            <th scope="col">${t('history.when')}</th>
            <th scope="col" class="amount">${t('log.index')}</th>
          </tr>
        </thead>
        <tbody>
          ${entries.map(
            ({ index, at, action, record, kind, revision }) =>
              html`<tr>
                <th scope="row">
                  <a href="${href(`${recordPath(record)}/proof?revision=${revision}`)}"
                    >${kindName(view, kind)} <bdi>${record}</bdi></a
                  >
                </th>
                <td>${actionName(view, action)}</td>
                <td><time class="whole" datetime="${at}">${f.time(at)}</time></td>
                <td class="amount">${f.number(index)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`
}
