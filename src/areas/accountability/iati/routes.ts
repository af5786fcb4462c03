/** `/iati/activities.xml` and `/iati/organisations.xml`: streamed, a page of records at a time. */
import { Readable } from 'node:stream'
import { openToAll } from '#kernel/http/headers.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Web } from '#kernel/http/server.ts'
import { noSuch } from '#kernel/problem.ts'
import type { PageContext } from '#ui/page-context.ts'
import { iatiActivities, iatiOrganisations } from './export.ts'

/** Elements of a page, and where the next begins. */
type Ask = (after: number) => Promise<{ elements: readonly string[]; next: number | null }>

/** Pages that hold something, each as one text. */
async function* textsFrom(ask: Ask): AsyncGenerator<string> {
  for (let after: number | null = 0; after !== null;) {
    const page: Awaited<ReturnType<Ask>> = await ask(after)
    if (page.elements.length > 0) yield `${page.elements.join('\n')}\n`
    after = page.next
  }
}

async function* fileOf(root: string, now: Date, first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<${root} version="2.03" generated-datetime="${now.toISOString()}">\n${first}`
  yield* rest
  yield `</${root}>\n`
}

/** A file without any is none by the schema, so there is none. @throws Problem notFound */
export async function streamed(root: string, now: Date, ask: Ask): Promise<HttpResponse> {
  const texts = textsFrom(ask)
  const first = await texts.next()
  if (first.done) throw noSuch('iatiFile', root)
  return {
    status: 200,
    headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'no-cache', ...openToAll },
    keep: false,
    body: Readable.from(fileOf(root, now, first.value, texts)),
  }
}

export function mountIati(web: Web, { ask }: PageContext, now: () => Date): void {
  web.route('GET', '/iati/activities.xml', async () =>
    streamed('iati-activities', now(), async (after) => {
      const { activities, next } = await ask(iatiActivities, { after })
      return { elements: activities, next }
    }),
  )
  web.route('GET', '/iati/organisations.xml', async () => {
    const told = new Set<string>()
    return streamed('iati-organisations', now(), async (after) => {
      const { organisations, next } = await ask(iatiOrganisations, { after })
      const elements = organisations.filter((one) => !told.has(one))
      for (const one of elements) told.add(one)
      return { elements, next }
    })
  })
}
