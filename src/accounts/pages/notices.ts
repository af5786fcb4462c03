/** E-mails of what happens: how often one wants them, and the page that stops them. */
import { html, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { form, select, type Errors } from '#ui/forms.ts'
import { page } from '#ui/layout.ts'
import type { View } from '#ui/view.ts'
import { frequencies, topics, type Frequency, type Topic } from '../notices/tables.ts'

type Refused = { errors: Errors; typed?: URLSearchParams } | undefined

export const noticesPart = (view: View, chosen: Readonly<Record<Topic, Frequency>>, refused?: Refused): Html =>
  html`<section aria-labelledby="emails">
    <h2 id="emails">${view.t('notice.title')}</h2>
    ${form(
      view,
      '/account/notices',
      html`${topics.map((name) =>
        select(view, {
          name,
          label: view.t(`notice.topic.${name}`),
          hint: view.t(`notice.topic.${name}.hint`),
          errors: refused?.errors ?? new Map(),
          value: refused?.typed?.get(name) ?? chosen[name],
          choices: frequencies.map((value) => ({ value, label: view.t(`notice.often.${value}`) })),
        }),
      )}<button>${view.t('form.save')}</button>`,
    )}
  </section>`

/** Nothing changes before the button is pressed: programs that look for viruses follow links too. */
export const stopPage = (view: View, secret: string, topic: Topic | ''): HttpResponse =>
  page(view, {
    title: view.t('notice.stopTitle'),
    unlisted: true,
    keep: false,
    main: html`<div class="narrow">
      <h1>${view.t('notice.stopTitle')}</h1>
      <p class="lead">${topic === '' ? view.t('notice.stopAll') : view.t(`notice.topic.${topic}`)}</p>
      <form method="post" action="${view.href(`/emails/${secret}`)}" class="form">
        <button>${view.t('notice.stopButton')}</button>
      </form>
    </div>`,
  })

export const stoppedPage = (view: View): HttpResponse =>
  page(view, {
    title: view.t('notice.stopped'),
    unlisted: true,
    keep: false,
    main: html`<div class="narrow">
      <h1>${view.t('notice.stopped')}</h1>
      <p>${view.t('notice.stoppedNext')}</p>
      <p><a href="${view.href('/account#emails')}">${view.t('notice.title')}</a></p>
    </div>`,
  })
