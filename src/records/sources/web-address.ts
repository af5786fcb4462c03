/** The address as a URL, if it is one that a browser opens; blanks around it are dropped. */
export function webAddress(text: string | undefined): string | undefined {
  const trimmed = text?.trim()
  if (!trimmed || !/^https?:\/\//i.test(trimmed) || /\s/.test(trimmed) || trimmed.length > 2_000) return undefined
  return URL.canParse(trimmed) ? trimmed : undefined
}

/** Every web address in a cell that may hold several, in order. */
export const webAddresses = (text: string | undefined): string[] => [
  ...new Set(
    (text ?? '').split(/[\s,;|]+(?=https?:\/\/)|\s+/).flatMap((part) => webAddress(part.replace(/[,;]$/, '')) ?? []),
  ),
]

/** Two spellings of one address: scheme, `www.`, a closing slash and the letters of the host do not tell pages apart. */
export function addressKey(address: string): string {
  const url = new URL(address)
  return `${url.hostname.replace(/^www\./, '')}${url.port && `:${url.port}`}${url.pathname.replace(/\/$/, '')}${url.search}${url.hash}`
}

/** Every usual spelling of an address but for the given one, that without `www.` and closing slash first. */
export function otherSpellings(address: string): string[] {
  const [, host = '', path = '', rest = ''] = /^https?:\/\/(?:www\.)?([^/?#]+)([^?#]*)(.*)$/i.exec(address) ?? []
  if (!host) return []
  const bare = path.replace(/\/$/, '')
  const spellings = ['https://', 'http://', 'https://www.', 'http://www.'].flatMap((start) =>
    ['', '/'].map((slash) => `${start}${host}${bare}${slash}${rest}`),
  )
  return spellings.filter((one) => one !== address)
}
