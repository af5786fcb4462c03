/** What a request says of itself, and what the server beneath us says against it. */
import { isLanguage, type Language } from '../languages/languages.ts'
import { Problem } from '../problem.ts'

export const bodyLimit = 1024 * 1024

/** `/fr/search?q=radio` → French, `/search?q=radio`. */
export function withoutLanguage(url: string): { address: string; prefix: string; language: Language | undefined } {
  const found = /^\/([a-z]{2})(?=[/?#]|$)/.exec(url)
  const language = found?.[1]
  if (!language || !isLanguage(language)) return { address: url, prefix: '', language: undefined }
  const rest = url.slice(3)
  return { address: rest.startsWith('/') ? rest : `/${rest}`, prefix: `/${language}`, language }
}

/** Fastify's own refusals in our words; anything else that is no Problem is ours to answer for. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem('tooLarge', { limit: bodyLimit })
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem('unsupportedMediaType')
  if (statusCode && statusCode >= 400 && statusCode < 500) return new Problem('badRequest', {}, { cause: error })
  return new Problem('internal', {}, { cause: error })
}
