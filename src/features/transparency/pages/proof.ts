/** The proof of one version of a record: which entry of the log it is, since when, and how to check it oneself. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { ProofAnswer } from '../operations.ts'
import type { Body } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { crumbs, page } from '#ui/layout.ts'
import { actionName, machineText } from './log.ts'
import { textOf, type View } from '#ui/view.ts'

type Entered = NonNullable<ProofAnswer['entered']>

export function proofPage(view: View, answer: ProofAnswer, body: Body | undefined): HttpResponse {
  const { t, href } = view
  const { record, revision, newest, entered, isPublic } = answer
  const name = body ? textOf(view, body.title, body.originalLanguage) : html`<bdi>${record}</bdi>`
  return page(view, {
    title: t('proof.title'),
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name, path: recordPath(record) }])}
      <h1>${t('proof.title')}</h1>
      <p class="lead">${t('proof.lead')}</p>
      ${revision < newest && html`<p class="notice">${t('proof.older', { revision })} <a href="${href(`${recordPath(record)}/proof`)}">${t('record.newest')}</a></p>`}
      ${!isPublic && html`<p class="notice">${t('proof.gone')}</p>`}
      ${entered ? shown(view, answer, entered) : html`<p class="notice">${t('proof.waiting')}</p>`}`,
  })
}

function shown(view: View, answer: ProofAnswer, entered: Entered): Content {
  return [facts(view, answer, entered), checking(view, answer, entered), path(view, entered)]
}

function facts(view: View, { record, revision }: ProofAnswer, { entry, index, size }: Entered): Html {
  const { t, f, href } = view
  return html`<section aria-labelledby="entry">
    <h2 id="entry">${t('proof.entry')}</h2>
    <dl>
      <dt>${t('log.what')}</dt>
      <dd>${actionName(view, entry.action)} · <bdi>${record}</bdi></dd>
      <dt>${t('record.version')}</dt>
      <dd>${f.number(revision)}</dd>
      <dt>${t('proof.enteredAt')}</dt>
      <dd><time datetime="${entry.at}">${f.time(entry.at)}</time> <bdi class="small" dir="ltr">${entry.at}</bdi></dd>
      <dt>${t('proof.place')}</dt>
      <dd>${t('proof.placeOf', { index: f.number(index), size: f.number(size) })} <a href="${href('/log')}">${t('nav.log')}</a></dd>
      <dt>${t('proof.digest')}</dt>
      <dd><code class="long" dir="ltr">${entry.sha256}</code></dd>
    </dl>
  </section>`
}

function checking(view: View, { record, revision, isPublic }: ProofAnswer, { keys }: Entered): Html {
  const { t } = view
  const query = `?revision=${revision}`
  const key = keys.at(-1)?.verifier
  return html`<section aria-labelledby="check">
    <h2 id="check">${t('proof.check')}</h2>
    <ol>
      <li>
        <a href="${recordPath(record)}/proof.json${query}">${t('proof.downloadJson')}</a>
        ${isPublic ? t('proof.jsonIs') : nothing}
      </li>
      <li><a href="${recordPath(record)}/proof.tlog-proof${query}">${t('proof.downloadText')}</a></li>
      <li>${t('proof.run')}${machineText(`qingdao verify ${record}-${revision}.proof.json --key '${key ?? ''}'`, t('proof.command'))}</li>
    </ol>
    <p>${t('proof.trust')}</p>
  </section>`
}

function path(view: View, { proof, hashes }: Entered): Html {
  const { t } = view
  return html`<section>
    <h2>${t('proof.path')}</h2>
    <p>${t('proof.pathIs', { count: hashes.length })}</p>
    ${machineText(proof, t('proof.path'))}
  </section>`
}
