/**
 * The Open Badges 3.0 API (1EdTech, §4 and §6) as far as this site speaks it: what it offers, and a holder’s credentials and
 * profile. Who asks has an API key of their own account in place of an OAuth token.
 */
import { json, valuesOf } from '#kernel/http/api.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { Problem } from '#kernel/problem.ts'
import type { PageContext } from '#ui/page-context.ts'
import { readMine } from './learner-records/operations.ts'

const start = '/ob/v3p0'
const scope = 'https://purl.imsglobal.org/spec/ob/v3p0/scope'

/** The codes that the standard has (`Imsx_CodeMinorFieldValue`), as far as they are met here. */
type Minor =
  | 'forbidden'
  | 'invalid_query_parameter'
  | 'not_allowed'
  | 'not_found'
  | 'server_busy'
  | 'unauthorizedrequest'
  | 'unknown'

/** `Imsx_StatusInfo` (§6.2): why there is no answer. */
const refused = (
  status: number,
  minor: Minor,
  description: string,
  headers: Record<string, string> = {},
): HttpResponse =>
  json(
    {
      imsx_codeMajor: 'failure',
      imsx_severity: 'error',
      imsx_description: description,
      imsx_codeMinor: {
        imsx_codeMinorField: [{ imsx_codeMinorFieldName: 'TargetEndSystem', imsx_codeMinorFieldValue: minor }],
      },
    },
    { status, keep: false, headers: { ...headers, ...(status === 401 && { 'www-authenticate': 'Bearer' }) } },
  )

const minorOf: Readonly<Record<number, Minor>> = {
  400: 'invalid_query_parameter',
  401: 'unauthorizedrequest',
  403: 'forbidden',
  404: 'not_found',
  429: 'server_busy',
}

export function mountOpenBadgesApi(web: Web, { askAs, view: viewFor }: PageContext): void {
  const addressOf = (request: HttpRequest) => `${viewFor(request).site.address}${start}`
  /** A session’s cookie counts for pages only, so that no page elsewhere can read through it. */
  const forHolder = async (request: HttpRequest, work: () => Promise<HttpResponse>): Promise<HttpResponse> => {
    if (request.who.by !== 'key') return refused(401, 'unauthorizedrequest', 'An API key of an account is needed')
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error
      const status = error.code === 'invalid' ? 400 : error.status
      return refused(status, minorOf[status] ?? 'unknown', error.message)
    }
  }

  web.route('GET', `${start}/discovery`, async (request) =>
    json(serviceDescription(viewFor(request).site.name, viewFor(request).site.address), { keep: false }),
  )
  web.route(
    'GET',
    `${start}/credentials`,
    (request) =>
      forHolder(request, async () => {
        const asked = valuesOf(request.query)
        const { total, credentials } = await askAs(request.who, readMine, asked)
        const [limit, offset] = [Number(asked['limit'] ?? 50), Number(asked['offset'] ?? 0)]
        const to = (at: number, rel: string) =>
          `<${addressOf(request)}/credentials?limit=${limit}&offset=${at}>; rel="${rel}"`
        const links = [
          ...(offset + limit < total ? [to(offset + limit, 'next')] : []),
          to(Math.max(0, Math.ceil(total / limit) - 1) * limit, 'last'),
          ...(offset > 0 ? [to(Math.max(0, offset - limit), 'prev')] : []),
          to(0, 'first'),
        ]
        return json(
          {
            credential: credentials.filter((one) => typeof one !== 'string'),
            compactJwsString: credentials.filter((one) => typeof one === 'string'),
          },
          { keep: false, headers: { 'x-total-count': String(total), link: links.join(', ') } },
        )
      }),
    // What is not known is refused as the specification has it, by the operation.
    { takes: 'anything' },
  )
  web.route('GET', `${start}/profile`, (request) =>
    forHolder(request, async () => {
      const { name } = await askAs(request.who, readMine, { limit: 1 })
      const id = `${addressOf(request)}/profile`
      return json({ id, type: ['Profile'], ...(name && { name }) }, { keep: false })
    }),
  )
  // Issuers and providers that are read need not be written to (conformance, “Service Provider (Write)”): who keeps
  // credentials here got them here, and names are changed on the account page.
  for (const [method, path, said] of [
    [
      'POST',
      `${start}/credentials`,
      'Credentials of other issuers are not kept here: keep them in a wallet, and verify them at /verify',
    ],
    ['PUT', `${start}/profile`, 'The name is changed on the account page: /account'],
  ] as const)
    web.route(method, path, async () => refused(405, 'not_allowed', said, { allow: 'GET, HEAD' }))
}

/** `ServiceDescriptionDocument` (§6.1): OpenAPI with what is offered here alone. */
const serviceDescription = (title: string, address: string): object => {
  const secured = (operationId: string, summary: string, scopeName: string, schema: object) => ({
    operationId,
    summary,
    security: [{ ApiKey: [] }],
    'x-1edtech-scope': `${scope}/${scopeName}`,
    responses: { 200: { description: 'OK', content: { 'application/json': { schema } } } },
  })
  const list = { type: 'array', items: {} }
  return {
    openapi: '3.0.1',
    info: {
      title,
      version: '3.0',
      termsOfService: `${address}/en/privacy`,
      'x-imssf-privacyPolicyUrl': `${address}/en/privacy`,
    },
    servers: [{ url: `${address}${start}` }],
    paths: {
      '/credentials': {
        get: secured('getCredentials', 'The credentials of the account', 'credential.readonly', {
          type: 'object',
          properties: { credential: list, compactJwsString: list },
        }),
      },
      '/profile': {
        get: secured('getProfile', 'The profile of the account', 'profile.readonly', { type: 'object' }),
      },
    },
    components: {
      securitySchemes: {
        ApiKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key that the holder makes on their account page, for credentials',
        },
      },
    },
  }
}
