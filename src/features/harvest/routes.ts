/** The sources that are harvested, for curators. */
import { Problem } from '#kernel/problem.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { forSignedIn, toSignIn } from '#accounts/signed-in.ts'
import { chosenIn, orWrong, seeOther } from '#ui/form-post.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import type { PageContext } from '#ui/page-context.ts'
import { problemWords } from '#ui/problem-words.ts'
import { dismissRefused, mapHarvest, retryRefused } from './mending.ts'
import { addHarvest, changeHarvest, checkHarvest, listHarvests, readHarvest, runHarvest } from './operations.ts'
import type { Looked } from './look.ts'
import { harvestPage, mapFields, type Mended, type TypedMap } from './pages/harvest.ts'
import { columnTerms } from './inputs/table.ts'
import {
  addFields,
  columnField,
  columnNameField,
  harvestPath,
  harvestsPage,
  mostColumns,
  type Typed,
} from './pages/harvests.ts'
import { formatsRead } from './tables.ts'
import { mappedFields } from './shapes.ts'

/** What is wrong with a source, told beside its address. */
const ofAddress = new Set([
  'fetchFailed',
  'addressRefused',
  'robotsRefuse',
  'sourceRefused',
  'sourceUnrecognised',
  'malformedJson',
  'endlessList',
  'malformedXml',
  'doctypeRefused',
  'tooLarge',
  'tooDeep',
  'harvestFolderUnset',
  'fileNotFound',
  'fileTooLarge',
])
/** What the columns of a table mean, as it was chosen. */
function readColumns(form: {
  get: (name: string) => string | null
}): Record<string, (typeof columnTerms)[number] | ''> {
  const columns = Array.from({ length: mostColumns }, (_, n) => [
    form.get(columnNameField(n)) ?? '',
    form.get(columnField(n)) ?? '',
  ])
  return Object.fromEntries(
    columns.flatMap(([name = '', means = '']) => {
      const term = columnTerms.find((one) => one === means) ?? ''
      return name ? [[name.slice(0, 300), term]] : []
    }),
  )
}
const rhythms = ['0', '24', '168', '720'] as const

export function mountHarvest(web: Web, pageContext: PageContext, goOn: (name: string) => void): void {
  mountAdding(web, pageContext)
  mountSource(web, pageContext)
  mountRunning(web, pageContext, goOn)
  mountMapping(web, pageContext)
  mountRefused(web, pageContext)
}

function mountAdding(web: Web, pageContext: PageContext): void {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)

  const all = async (
    request: HttpRequest,
    typed: Typed = {},
    errors: Errors = new Map(),
    looked?: Looked,
  ): Promise<HttpResponse> =>
    harvestsPage(viewFor(request), {
      ...(await askAs(request.who, listHarvests, {})),
      typed,
      errors,
      removed: request.query.get('removed'),
      ...(looked && { looked }),
    })

  page('/harvest', (request) => all(request))

  take(
    '/harvest',
    async (request, form) => {
      const view = viewFor(request)
      const typed: Typed = Object.fromEntries(addFields.map((field) => [field, (form.get(field) ?? '').trim()]))
      return orWrong(
        async () => {
          const act = chosenIn(form, 'act', ['check', 'add'])
          const everyHours = Number(chosenIn(form, 'everyHours', rhythms))
          const given = {
            address: typed.address,
            settings: { prefix: chosenIn(form, 'prefix', formatsRead), set: typed.set, everyHours },
            columns: readColumns(form),
          }
          try {
            if (act === 'check')
              return await all(request, typed, new Map(), await askAs(request.who, checkHarvest, given))
            const { name } = await askAs(request.who, addHarvest, given)
            return seeOther(view.href(harvestPath(name)))
          } catch (error) {
            if (!(error instanceof Problem) || !ofAddress.has(error.code)) throw error
            const { title, detail, next } = problemWords(view, error)
            return all(request, typed, new Map([['address', [`${title}.`, detail, next].filter(Boolean).join(' ')]]))
          }
        },
        (violations) => all(request, typed, errorsOf(view, violations, addFields)),
      )
    },
    { signedOut: toSignIn },
  )
}

function mountSource(web: Web, pageContext: PageContext): void {
  const { page } = forSignedIn(web, pageContext)
  page('/harvest/:name', (request, { name = '' }) => {
    const identifier = request.query.get('mend')
    // A value of the list is filled into the form.
    const [field, value] = [request.query.get('field'), request.query.get('value')]
    const typed = field && value ? { field: field.slice(0, 100), value: value.slice(0, 300) } : {}
    return one(pageContext, request, name, typed, new Map(), identifier === null ? undefined : { identifier })
  })
}

async function one(
  { askAs, view: viewFor }: PageContext,
  request: HttpRequest,
  name: string,
  typed: TypedMap = {},
  errors: Errors = new Map(),
  mended?: Mended,
): Promise<HttpResponse> {
  const after = (request.query.get('after') ?? '').slice(0, 2_000)
  return harvestPage(viewFor(request), {
    ...(await askAs(request.who, readHarvest, { name, after })),
    typed,
    errors,
    ...(mended && { mended }),
  } as never)
}

const back = ({ view: viewFor }: PageContext, request: HttpRequest, name: string) =>
  seeOther(viewFor(request).href(harvestPath(name)))

function mountRunning(web: Web, pageContext: PageContext, goOn: (name: string) => void): void {
  const { askAs, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)

  take('/harvest/:name/run', async (request, form, { name = '' }) => {
    const acceptLosses = form.get('acceptLosses') === 'yes'
    await askAs(request.who, runHarvest, { name, all: false, acceptLosses })
    goOn(name)
    return back(pageContext, request, name)
  })
  take('/harvest/:name/pause', async (request, form, { name = '' }) => {
    await askAs(request.who, changeHarvest, { name, isPaused: form.get('paused') === 'yes' })
    return back(pageContext, request, name)
  })
  take('/harvest/:name/rhythm', async (request, form, { name = '' }) =>
    orWrong(
      async () => {
        await askAs(request.who, changeHarvest, {
          name,
          settings: { everyHours: Number(chosenIn(form, 'everyHours', rhythms)) },
        })
        return back(pageContext, request, name)
      },
      (violations) => one(pageContext, request, name, {}, errorsOf(viewFor(request), violations, ['everyHours'])),
    ),
  )
}

function mountMapping(web: Web, pageContext: PageContext): void {
  const { askAs, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)
  take('/harvest/:name/mapping', async (request, form, { name = '' }) => {
    const typed: TypedMap = Object.fromEntries(mapFields.map((field) => [field, (form.get(field) ?? '').trim()]))
    return orWrong(
      async () => {
        await askAs(request.who, mapHarvest, {
          name,
          field: chosenIn(form, 'field', mappedFields),
          value: typed.value,
          term: typed.term,
        })
        return back(pageContext, request, name)
      },
      (violations) => one(pageContext, request, name, typed, errorsOf(viewFor(request), violations, mapFields)),
    )
  })
}

function mountRefused(web: Web, pageContext: PageContext): void {
  const { askAs, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)
  take('/harvest/:name/retry', async (request, form, { name = '' }) => {
    const identifier = form.get('identifier') ?? ''
    // Without it, it is tried as it came.
    const bytes = form.get('bytes')?.replaceAll('\r\n', '\n')
    return orWrong(
      async () => {
        await askAs(request.who, retryRefused, { name, identifier, ...(bytes !== undefined && { bytes }) })
        return back(pageContext, request, name)
      },
      (violations) =>
        one(pageContext, request, name, {}, errorsOf(viewFor(request), violations, ['bytes']), {
          identifier,
          bytes: bytes ?? '',
        }),
    )
  })
  take('/harvest/:name/dismiss', async (request, form, { name = '' }) => {
    await askAs(request.who, dismissRefused, { name, identifier: form.get('identifier') ?? '' })
    return back(pageContext, request, name)
  })
}
