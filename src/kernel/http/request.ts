/** A request as the node sees it: who asks, from where, for what, in which language. */
import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../context.ts'
import type { LeftOut } from './asked-names.ts'
import { fieldsIn } from './forms.ts'
import { isLanguage, negotiateLanguage, type Language } from '../i18n/languages.ts'

declare module 'fastify' {
  interface FastifyRequest {
    who: Who
  }
}

export type HttpRequest = {
  /** Path and query without the language, such as `/search?q=radio`. */
  address: string
  path: string
  /** What the address takes of what stands behind its question mark. */
  query: URLSearchParams
  /** What it does not know. */
  leftOut?: readonly LeftOut[]
  language: Language
  /** `/fr` when the address said so, by its beginning or by `lang=fr`; else empty. */
  prefix: string
  /** Where this node is known: `https://…` without a slash at the end. */
  base: string
  accept: string | undefined
  method: string
  who: Who
  /** Where the request comes from, for counting tries. */
  remote: string
  userAgent: string
  /** The `Cookie` header as it came. */
  cookies: string | undefined
  headers: IncomingMessage['headers']
}

/** Who asks, and how that is known: by a cookie of this site's pages, or by a key that a program sends. */
export type Who = { actor: Actor; by: 'nothing' | 'key' } | { actor: Actor; by: 'session'; session: Session }
/** `csrf` stands in each form of the session's pages, which nobody else can know. */
export type Session = {
  id: string
  csrf: string
  name: string
  /** By which they sign in; for password managers. */
  email?: string
  /** How much waits for this person. */ waiting?: number
}
export const nobody: Who = { actor: { kind: 'anyone' }, by: 'nothing' }

const longestAgent = 200

/** `/fr/search?q=radio` → French, `/search?q=radio`. */
export function withoutLanguage(url: string): { address: string; prefix: string; language: Language | undefined } {
  const found = /^\/([a-z]{2})(?=[/?#]|$)/.exec(url)
  const language = found?.[1]
  if (!language || !isLanguage(language)) return { address: url, prefix: '', language: undefined }
  const rest = url.slice(3)
  return { address: rest.startsWith('/') ? rest : `/${rest}`, prefix: `/${language}`, language }
}

const plainHost = /^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i

export function requestOf(request: FastifyRequest, { publicUrl }: { publicUrl: string }): HttpRequest {
  const { address, prefix, language } = withoutLanguage(request.originalUrl)
  const [path = '/', ...rest] = address.split('?')
  const query = fieldsIn(rest.join('?'))
  const said = query.get('lang')
  const named = said !== null && isLanguage(said) ? said : undefined
  const { host } = request.headers
  return {
    address,
    path,
    query,
    language: language ?? named ?? negotiateLanguage(request.headers['accept-language']),
    prefix: prefix || (named ? `/${named}` : ''),
    base: publicUrl || `http://${host && plainHost.test(host) ? host : 'localhost'}`,
    accept: request.headers.accept,
    method: request.method,
    who: request.who ?? nobody,
    remote: request.ip,
    userAgent: String(request.headers['user-agent'] ?? '').slice(0, longestAgent),
    cookies: request.headers.cookie,
    headers: request.headers,
  }
}
