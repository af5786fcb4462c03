/** What a request brings, read by its type; of any other type nothing is taken. */
import type { FastifyInstance } from 'fastify'
import { parseStrictJson, textOf } from '../input-limits.ts'
import { Problem } from '../problem.ts'
import { readForm } from './forms.ts'
import { Incoming } from './uploads.ts'

export const bodyLimit = 1024 * 1024

/** `uploadFolder`: where files lie that come with forms; none are taken where absent. */
export function readBodies(fastify: FastifyInstance, uploadFolder: string | undefined): void {
  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser(
    ['application/json', 'application/ld+json'],
    { parseAs: 'buffer' },
    ({ method }, body, done) => {
      // Many clients name the type on every request, those without a body too.
      if (method === 'DELETE' && body.length === 0) return done(null, undefined)
      try {
        done(null, parseStrictJson(body as Buffer))
      } catch (error) {
        done(error as Error)
      }
    },
  )
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, readForm(textOf(body as Buffer)))
    } catch (error) {
      done(error as Error)
    }
  })
  fastify.addContentTypeParser('multipart/form-data', (raw, body, done) => {
    if (uploadFolder === undefined || !raw.routeOptions.config.takesFiles) done(new Problem('unsupportedMediaType'))
    else done(null, new Incoming(body, uploadFolder))
  })
}
