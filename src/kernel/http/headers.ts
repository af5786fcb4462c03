import type { HttpResponse } from './response.ts'

/** On every answer. Nothing is loaded from elsewhere, nothing inline runs, nobody frames us. */
export const securityHeaders: Record<string, string> = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

/** The usual headers; a node met over TLS is met over TLS alone from then on, for two years (RFC 6797). */
export const headersAt = (publicUrl: string): Record<string, string> =>
  publicUrl.startsWith('https:')
    ? { ...securityHeaders, 'strict-transport-security': 'max-age=63072000' }
    : securityHeaders

/** What a style or script needs of them: the rest says what a page may do, and half a kilobyte of it would come with each file. */
export const ofParts = (usual: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(usual).filter(([name]) => ['x-content-type-options', 'strict-transport-security'].includes(name)),
  )

/** Programs on other sites may read what is public. */
export const openToAll: Record<string, string> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'link, etag, content-language, location, www-authenticate, deprecation, retry-after',
  'cross-origin-resource-policy': 'cross-origin',
}

/** The one kind of page that other sites may show in a frame: it holds nothing that could be clicked by mistake. */
export const framed = (answer: HttpResponse): HttpResponse => ({
  ...answer,
  headers: {
    ...answer.headers,
    'content-security-policy': securityHeaders['content-security-policy']!.replace(
      "frame-ancestors 'none'",
      'frame-ancestors *',
    ),
    'cross-origin-resource-policy': 'cross-origin',
  },
})

/** A piece of HTML as text, for people to copy and for programs to put into their pages. */
export const fragment = (text: string, language: string): HttpResponse => ({
  status: 200,
  headers: {
    'content-type': 'text/plain; charset=utf-8',
    'content-language': language,
    'cache-control': 'no-cache',
    ...openToAll,
  },
  body: text,
  keep: true,
})
