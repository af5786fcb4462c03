/** Organisations and the site endorse achievements and issuers: as credentials that stand on their pages (Open Badges 3.0 §B.1.4). */
import { isDay } from '#kernel/days.ts'
import { Type, type Static } from 'typebox'
import { bestText, isLanguage } from '#kernel/i18n/languages.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, violation, noSuch } from '#kernel/problem.ts'
import { Id } from '#records/inputs.ts'
import type { StoredRecord } from '#records/record.ts'
import { isDemonstration } from '#records/demonstration.ts'
import { records } from '#records/store.ts'
import { badgeContexts } from '../achievements/badge.ts'
import { expectMayIssueFor } from '../issuers/issuers.ts'
import { issue, Issued } from '../issuing/issue.ts'
import { newUrn } from '#kernel/urn.ts'
import { ownDid } from '../issuing/keys.ts'
import { countingEndorsements } from './counting.ts'
import { endorsements } from './store.ts'

export const endorsable = new Set(['achievement', 'organisation'])

/** Nobody endorses themselves or what they issue. */
const isOwn = ({ id, body }: StoredRecord, organisationId: string): boolean =>
  organisationId !== '' &&
  (id === organisationId || ((body.issuers as string[] | undefined) ?? []).includes(organisationId))

export const issueEndorsement = operation({
  name: 'credential-endorsements.issue',
  summary: 'Endorse an achievement or an issuer on behalf of an organisation or of this site, as a signed credential',
  http: 'POST /credential-endorsements',
  input: Type.Object(
    {
      target: Id,
      organisation: Type.String({
        maxLength: 16,
        default: '',
        description: 'Who endorses it; the site itself where it is empty',
      }),
      comment: Type.String({ minLength: 1, maxLength: 2_000, pattern: '\\S', description: 'Why; it is published' }),
      until: Type.String({
        pattern: '^(?:\\d{4}-\\d{2}-\\d{2})?$',
        default: '',
        description: 'The last day on which it counts',
      }),
      language: Type.String({ maxLength: 20, default: 'en' }),
    },
    closed,
  ),
  output: Issued,
  allow: permission('draft.write'),
  changesPages: true,
  run: async (context, { target, organisation, comment, until, language: tongue }) => {
    const { db, now, random, services } = context
    const found = await records(db).find(target)
    if (!found || found.status !== 'published' || !endorsable.has(found.kind) || isDemonstration(found))
      throw new Problem('recordNotFound', { id: target })
    await expectMayIssueFor(context, organisation, 'credential-endorsements.issue')
    if (isOwn(found, organisation)) throw violation('organisation', 'ownEndorsement')
    const validUntil = until && `${until}T23:59:59Z`
    if (validUntil && !(isDay(until) && validUntil > now().toISOString())) throw violation('until', 'dayAhead')
    const before = await countingEndorsements(context, target)
    if (before.some((one) => one.organisationId === organisation)) throw violation('organisation', 'endorsedAlready')
    const language = isLanguage(tongue) ? tongue : 'en'
    const nameOf = ({ body }: StoredRecord) => bestText(body.title, language, body.originalLanguage).text
    const by = organisation ? await records(db).find(organisation) : undefined
    const credential = {
      '@context': badgeContexts,
      id: newUrn(random),
      type: ['VerifiableCredential', 'EndorsementCredential'],
      name: messagesIn(language)('endorse.name', { title: nameOf(found) }),
      ...(validUntil && { validUntil }),
      ...(by && {
        issuer: {
          id: ownDid(context),
          type: ['Profile'],
          name: nameOf(by),
          url: `${services.site.address}/records/${by.id}`,
        },
      }),
      credentialSubject: {
        id: `${services.site.address}/records/${target}`,
        type: ['EndorsementSubject'],
        endorsementComment: comment.trim(),
      },
    }
    const issued = await issue(context, { credential, suite: 'eddsa-rdfc-2022' })
    await endorsements(db).add({
      credentialId: issued.id,
      targetId: target,
      organisationId: organisation,
      comment: comment.trim(),
      credential: JSON.stringify(issued.credential),
      validUntil: until,
      at: now().toISOString(),
    })
    return issued
  },
})

const Line = Type.Object({
  id: Type.String({ description: 'By which it is read and revoked' }),
  organisation: Type.String({ description: 'Who endorses it; the site itself where it is empty' }),
  title: Type.Record(Type.String(), Type.String(), { description: 'Of the organisation; empty for the site' }),
  originalLanguage: Type.String(),
  comment: Type.String(),
  at: Type.String(),
  validUntil: Type.String(),
})
export type EndorsementLine = Static<typeof Line>

export const listEndorsements = operation({
  name: 'credential-endorsements.list',
  summary: 'List the signed endorsements of an achievement or an issuer that count today',
  http: 'GET /credential-endorsements/of/:target',
  input: Type.Object({ target: Id }, closed),
  output: Type.Object({ endorsements: Type.Array(Line) }),
  allow: permission('published.read'),
  run: async (context, { target }) => {
    const rows = await countingEndorsements(context, target)
    const found = await records(context.db).findMany(rows.map(({ organisationId }) => organisationId).filter(Boolean))
    return {
      endorsements: rows.map(({ credentialId, organisationId, comment, at, validUntil }) => {
        const body = found.get(organisationId)?.body
        return {
          id: credentialId,
          organisation: organisationId,
          title: body?.title ?? {},
          originalLanguage: body?.originalLanguage ?? 'en',
          comment,
          at,
          validUntil,
        }
      }),
    }
  },
})

export const readEndorsement = operation({
  name: 'credential-endorsements.read',
  summary: 'Read a signed endorsement',
  http: 'GET /credential-endorsements/:id',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ id: Type.String() }, { additionalProperties: true }),
  allow: permission('published.read'),
  run: async ({ db }, { id }) => {
    const found = await endorsements(db).find(id)
    if (!found) throw noSuch('endorsement', id)
    return JSON.parse(found.credential) as { id: string }
  },
})

export const endorsementOperations = [issueEndorsement, listEndorsements, readEndorsement]
