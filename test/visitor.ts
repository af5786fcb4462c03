/** Somebody with a browser that runs no scripts: opens pages, fills in their forms, and keeps cookies. */
import assert from 'node:assert/strict'
import type { TestApp } from './app.ts'

/** A file as somebody chooses it in a form. */
export type Chosen = { name: string; content: string | Uint8Array; type?: string }

export type Seen = { status: number; body: string; location: string; headers: Record<string, unknown> }

/** What a form holds as it was shown. */
export function valuesIn(form: string): [string, string][] {
  const plain = (text: string) =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&')
  const attribute = (tag: string, name: string) => plain(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '')
  const inputs = [...form.matchAll(/<input\b[^>]*>/g)].flatMap(([tag]): [string, string][] => {
    const isBox = /type="(checkbox|radio)"/.test(tag)
    return attribute(tag, 'name') && (!isBox || /\bchecked\b/.test(tag))
      ? [[attribute(tag, 'name'), attribute(tag, 'value')]]
      : []
  })
  const areas = [...form.matchAll(/<textarea\b([^>]*)>([^]*?)<\/textarea>/g)].map(([, tag, text]): [string, string] => [
    attribute(tag!, 'name'),
    plain(text!.replace(/^\n/, '')),
  ])
  const selects = [...form.matchAll(/<select\b([^>]*)>([^]*?)<\/select>/g)].flatMap(
    ([, tag, options]): [string, string][] => {
      const chosen =
        /<option value="([^"]*)"[^>]*\bselected\b/.exec(options!) ?? /<option value="([^"]*)"/.exec(options!)
      return chosen ? [[attribute(tag!, 'name'), plain(chosen[1]!)]] : []
    },
  )
  return [...inputs, ...areas, ...selects]
}

/** What a browser makes of a form with files. */
export async function multipart(fields: URLSearchParams, files: Record<string, Chosen | Chosen[]>) {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  for (const [field, chosen] of Object.entries(files))
    for (const { name, content, type = '' } of [chosen].flat())
      form.append(field, new Blob([content as Uint8Array<ArrayBuffer>], { type }), name)
  const sent = new Response(form)
  return { type: sent.headers.get('content-type')!, payload: Buffer.from(await sent.arrayBuffer()) }
}

export function visitor({ web }: Pick<TestApp, 'web'>, { remote = '203.0.113.7' } = {}) {
  const cookies = new Map<string, string>()
  let shown = ''
  let at = '/'

  async function ask(
    method: 'GET' | 'POST',
    path: string,
    payload?: string | Buffer,
    more: Record<string, string> = {},
  ): Promise<Seen> {
    const answer = await web.fastify.inject({
      method,
      url: path,
      remoteAddress: remote,
      headers: {
        accept: 'text/html',
        ...(cookies.size > 0 && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
        ...(payload !== undefined && {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
        }),
        ...more,
      },
      ...(payload !== undefined && { payload }),
    })
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (/Max-Age=0\b/.test(line)) cookies.delete(name!)
      else cookies.set(name!, value!)
    }
    const location = String(answer.headers.location ?? '')
    const seen = {
      status: answer.statusCode,
      body: answer.body,
      location,
      headers: answer.headers as Record<string, unknown>,
    }
    if (location && answer.statusCode === 303) return open(location)
    shown = answer.body
    at = path
    return seen
  }
  const open = (path: string): Promise<Seen> => ask('GET', path)

  return {
    open,
    /** Sends the form of the page that is open which goes to this address, with these values put in. */
    async send(
      action: string,
      values: Record<string, string | string[]> = {},
      { button, files }: { button?: [string, string]; files?: Record<string, Chosen | Chosen[]> } = {},
    ): Promise<Seen> {
      const forms = [...shown.matchAll(/<form\b[^>]*action="([^"]*)"[^>]*>([^]*?)<\/form>/g)]
      const form = forms.find(([, to]) => to === action || to!.replace(/^\/[a-z]{2}(?=\/)/, '') === action)
      assert.ok(form, `no form to ${action} on ${at}; there are ${forms.map(([, to]) => to).join(', ')}`)
      const given = new URLSearchParams(valuesIn(form[2]!).filter(([name]) => !(name in values)))
      for (const [name, value] of Object.entries(values)) for (const one of [value].flat()) given.append(name, one)
      if (button) given.append(...button)
      if (!files) return ask('POST', form[1]!, given.toString())
      assert.match(form[0], /enctype="multipart\/form-data"/, 'the form takes no files')
      const { payload, type } = await multipart(given, files)
      return ask('POST', form[1]!, payload, { 'content-type': type })
    },
    /** What a page elsewhere would send. */
    post: (path: string, values: Record<string, string>, headers: Record<string, string>) =>
      ask('POST', path, new URLSearchParams(values).toString(), headers),
    /** A form as no page would fill it in: each value as it is given. */
    sendRaw: (path: string, payload: string | Buffer, type: string) =>
      ask('POST', path, payload, { 'content-type': type }),
    cookie: (name: string) => cookies.get(name),
    setCookie: (name: string, value: string) => void cookies.set(name, value),
    dropCookie: (name: string) => void cookies.delete(name),
    get page() {
      return shown
    },
    get at() {
      return at
    },
  }
}

export type Visitor = ReturnType<typeof visitor>
