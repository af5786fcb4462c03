/** Files that come with a step of a draft, and the addresses where they are seen. */
import { taking } from '#kernel/http/asked-names.ts'
import type { FileStore } from '#kernel/file-store.ts'
import { Problem, type Violation, noSuch } from '#kernel/problem.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import type { SentFile } from '#kernel/http/uploads.ts'
import { attachmentsIn, isPicture } from '#records/attachment.ts'
import { describeFiles, keepFile, readAttachment, type FileFacts } from './operations.ts'
import type { Step } from '#records/form/plan.ts'
import type { PageContext } from '#ui/page-context.ts'

type Sent = { files: readonly SentFile[]; problem: Problem | undefined }
type Named = FileFacts & { name: string }

/** What is told beside the field, so that all else that was typed is kept. */
const refusals = {
  fileTypeRefused: 'fileType',
  harmfulFile: 'harmfulFile',
  scannerFailed: 'notScanned',
  pictureTooLarge: 'pictureTooLarge',
} as const

const facts = ['name', 'mediaType', 'bytes', 'width', 'height'] as const

/** The field of a step that takes files, if it has one. */
export const fileField = (step: Step) => step.asked.find(({ control }) => control === 'files')

/**
 * Puts what is known of files into the form as if it had been typed: nobody else’s word on that is taken. Answers what
 * does not fit; what was typed for a file that was not taken is still in the form.
 */
export async function takeAttachments(
  { askAs }: Pick<PageContext, 'askAs'>,
  request: HttpRequest,
  { step, form, draft, sent }: { step: Step; form: URLSearchParams; draft: { body: object }; sent: Sent },
): Promise<Violation[]> {
  const field = fileField(step)
  if (!field) return []
  const path = field.name
  const drop = (place: string) => {
    const names = [...form.keys()].filter((name) => name.startsWith(`${place}.`))
    for (const name of names) form.delete(name)
  }
  for (const row of rowsIn(form, path)) if (form.get(`${path}.${row}.remove`)) drop(`${path}.${row}`)

  const violations = await bringNew()
  const wanted = rowsIn(form, path).map((row) => form.get(`${path}.${row}.file`) ?? '')
  const known = await knownFiles(wanted)
  for (const row of rowsIn(form, path)) {
    const place = `${path}.${row}`
    const own = known.get(form.get(`${place}.file`) ?? '')
    if (!own) drop(place)
    else for (const name of facts) form.set(`${place}.${name}`, String(own[name] ?? ''))
  }
  return violations

  async function bringNew(): Promise<Violation[]> {
    const typed = [...form].filter(([name, text]) => name.startsWith(`${path}.new.`) && text.trim() !== '')
    const refused = (rule: string, values = {}): Violation[] => [{ place: `${path}.new.file`, rule, values }]
    if (sent.problem) return refused('fileTooLarge', sent.problem.values)
    const [file] = sent.files
    if (!file) return typed.length > 0 ? refused('noFile') : []
    try {
      const kept = await askAs(request.who, keepFile, { path: file.path, name: file.name })
      const place = `${path}.${Math.max(-1, ...rowsIn(form, path)) + 1}`
      for (const [name, text] of typed) form.set(`${place}${name.slice(`${path}.new`.length)}`, text)
      form.set(`${place}.file`, kept.file)
      drop(`${path}.new`)
      return []
    } catch (error) {
      const rule = error instanceof Problem && refusals[error.code as keyof typeof refusals]
      if (rule) return refused(rule, error.values)
      throw error
    }
  }

  /** One’s own and public ones; and what a co-author put into this draft. */
  async function knownFiles(files: readonly string[]): Promise<Map<string, Named>> {
    const digests = [...new Set(files)].filter((one) => /^[0-9a-f]{64}$/.test(one)).slice(0, 50)
    const { files: found } = await askAs(request.who, describeFiles, { files: digests })
    const before = attachmentsIn(draft.body).map((one) => ({ width: null, height: null, ...one }))
    return new Map([...found, ...before].map((one) => [one.file, one]))
  }
}

/** What was typed for a file that was not taken. */
export function typedForNew(step: Step, form: URLSearchParams): [string, string][] {
  const field = fileField(step)
  return field ? [...form].filter(([name]) => name.startsWith(`${field.name}.new.`)) : []
}

/** Within the field of files each mistake has a place of its own. */
export function placesOfFiles(step: Step, violations: readonly Violation[]): string[] {
  const field = fileField(step)
  return field ? violations.map(({ place }) => place).filter((place) => place.startsWith(`${field.name}.`)) : []
}

const rowsIn = (form: URLSearchParams, path: string): number[] =>
  [
    ...new Set(
      [...form.keys()].flatMap((name) =>
        name.startsWith(`${path}.`) ? (/^\d{1,3}(?=\.)/.exec(name.slice(path.length + 1)) ?? []) : [],
      ),
    ),
  ].map(Number)

/** Nothing in a file may run or reach anything, wherever a browser shows it. */
const alone = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"

export function mountFiles(web: Web, { askAs }: PageContext, files: FileStore) {
  web.route(
    'GET',
    '/files/:file/:name',
    async (request, { file = '', name = '' }) => {
      const draft = request.query.get('draft')
      const { mediaType, bytes, isPublic } = await askAs(request.who, readAttachment, {
        file,
        ...(draft && { draft }),
      }).catch((error: unknown) => {
        if (error instanceof Problem && error.code === 'invalid') throw noSuch('file', name)
        throw error
      })
      const shown = isPicture({ mediaType }) ? 'inline' : 'attachment'
      return {
        status: 200,
        headers: {
          'content-type': mediaType,
          'content-length': String(bytes),
          'content-disposition': `${shown}; filename*=UTF-8''${encoded(name)}`,
          'content-security-policy': alone,
          'cross-origin-resource-policy': isPublic ? 'cross-origin' : 'same-origin',
          'cache-control': isPublic ? 'public, max-age=31536000, immutable' : 'private, no-store',
        },
        body: await files.stream(file),
        keep: false,
      }
    },
    { takes: taking('draft'), isFile: false },
  )
}

/** RFC 8187 §3.2.1 */
const encoded = (name: string): string =>
  encodeURIComponent(name.slice(0, 200).toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  )
