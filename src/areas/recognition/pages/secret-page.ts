/** What is common to pages whose address is a secret. */
import type { HttpResponse } from '#kernel/http/response.ts'

export const alone = { unlisted: true, keep: false } as const
/** No page that a link leads from learns the secret in this address. */
export const secretly = (response: HttpResponse): HttpResponse => ({
  ...response,
  headers: { ...response.headers, 'cache-control': 'private, no-store', 'referrer-policy': 'no-referrer' },
})
