/** What `qingdao doctor` looks at of what waits to be sent or done: emails, and jobs, with what they failed with. */
import type { App } from '#app'
import { jobStates } from '#kernel/jobs/jobs.ts'
import { greetServer } from '#kernel/mail/carriers.ts'
import { mailQueue } from '#kernel/mail/mail.ts'
import { failureWords } from '#ui/problem-words.ts'
import type { Run } from './command.ts'
import type { HealthCheck } from './health-check.ts'

export async function mailChecks({ database, runtime }: App, { t, f, settings }: Run): Promise<HealthCheck[]> {
  const about = t('cli.doctor.mail')
  const { waiting, failing, lost, lastError } = await mailQueue(database.read)
  const checks: HealthCheck[] = []
  if (failing + lost > 0)
    checks.push({
      about,
      state: 'fault',
      text: t('cli.doctor.mailFailing', { failing, lost, error: failureWords({ t, f }, lastError).what }),
      next: t('cli.doctor.mailFailing.next'),
    })
  if (settings.smtpUrl === '')
    checks.push({
      about,
      state: 'warning',
      text: t('cli.doctor.mailFolder', { folder: runtime.services.outbox }),
      next: t('cli.doctor.mailFolder.next'),
    })
  else
    await greetServer(settings.smtpUrl).catch((error: unknown) =>
      checks.push({
        about,
        state: 'fault',
        text: t('cli.doctor.mailSilent', { reason: error instanceof Error ? error.message : String(error) }),
        next: t('cli.doctor.mailFailing.next'),
      }),
    )
  return checks.length > 0 ? checks : [{ about, state: 'ok', text: t('cli.doctor.mailGoes', { waiting }) }]
}

export async function jobChecks({ database }: App, { t, f }: Run): Promise<HealthCheck[]> {
  return (await jobStates(database.read)).map(({ name, dueAt, failures, lastError }): HealthCheck => {
    const about = t('cli.doctor.job', { name })
    if (!failures) return { about, state: 'fact', text: t('cli.doctor.jobDue', { time: f.time(dueAt) }) }
    const { what, next } = failureWords({ t, f }, lastError ?? '')
    return { about, state: 'fault', text: t('cli.doctor.jobFailed', { failures, error: what }), ...(next && { next }) }
  })
}
