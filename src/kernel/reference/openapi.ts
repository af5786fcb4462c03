import type { TSchema } from 'typebox'
import type { AnyOperation } from '../operation.ts'
import { isConditional } from '../http/api.ts'
import { isForVisitors, isReading } from '../operation.ts'

type Json = Record<string, unknown>

const problem = {
  description: 'What went wrong, as RFC 9457 has it',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

/** The API as OpenAPI 3.1, made from the operations. */
export function openApi(
  operations: readonly AnyOperation[],
  { title, version, server }: { title: string; version: string; server: string },
): Json {
  const paths: Record<string, Json> = {}
  const addressOf = sharedAddresses()
  for (const op of operations) {
    const [method, path] = op.http.split(' ') as [string, string]
    const address = addressOf(path)
    paths[address] = { ...paths[address], [method.toLowerCase()]: describe(op, path, address) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title,
      version,
      description: 'Every operation of this node. How to begin stands in its guide for integrators, and at /api.',
      contact: { name: title, url: server },
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: server }],
    tags: [...new Set(operations.map(({ name }) => name.split('.')[0]))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description: 'A key that its owner made at /account, for the scopes named there (RFC 6750)',
        },
      },
    },
  }
}

/**
 * The address of a path as OpenAPI writes it. Paths that differ by the names of their parameters alone are one address
 * (OpenAPI 3.1 §4.8.8.1); it takes the names that were met first.
 */
function sharedAddresses(): (path: string) => string {
  const known = new Map<string, string>()
  return (path) => {
    const shape = path.replaceAll(/:\w+/g, '{}')
    const address = known.get(shape) ?? `/api${path.replaceAll(/:(\w+)/g, '{$1}')}`
    known.set(shape, address)
    return address
  }
}

const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
})
const idempotencyKey = header(
  'Idempotency-Key',
  'Any text of your own that names this request, such as "8e03978e-40d5": sent again within a day it is not done again, and answered as before (draft-ietf-httpapi-idempotency-key-header)',
)
const ifMatch = header(
  'If-Match',
  'The entity tag of what is changed, or its revision, such as "3", instead of `revision` in the body; 412 where that is no longer the newest (RFC 9110 §13.1.1)',
)
const location = { description: 'Its address', schema: { type: 'string', format: 'uri-reference' } }
const etag = { description: 'Entity tag, for If-Match and If-None-Match', schema: { type: 'string' } }

/** Each value that does not fit: where it stands, and which rule it breaks. */
const violations = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      place: { type: 'string' },
      rule: { type: 'string' },
      values: { type: 'object' },
      message: { type: 'string', description: 'What is wrong with it, in the language of the answer' },
    },
  },
}

const problemSchema = {
  type: 'object',
  required: ['type', 'status', 'title'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'The problem’s name; see /problems' },
    title: { type: 'string' },
    detail: { type: 'string' },
    next: { type: 'string', description: 'What to do about it' },
    violations,
    misfits: { ...violations, deprecated: true, description: 'The same as `violations`, as version 0.1 called them' },
  },
}

type Shape = TSchema & { properties: Record<string, TSchema & { description?: string }>; required?: string[] }

function describe(op: AnyOperation, path: string, address: string): Json {
  const input = op.input as Shape
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!)
  const rest = Object.keys(input.properties).filter((name) => !inPath.includes(name))
  const nameInAddress = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  const parameter = (name: string, place: 'path' | 'query') => {
    const { description, ...schema } = input.properties[name]!
    return {
      name: place === 'path' ? nameInAddress[inPath.indexOf(name)]! : name,
      in: place,
      required: place === 'path',
      ...(description && { description }),
      schema: published(schema),
    }
  }
  const reading = isReading(op)
  const created = op.makes !== undefined
  const method = op.http.split(' ')[0]
  const hasRevision = 'revision' in ((op.output as Partial<Shape>).properties ?? {})
  return {
    operationId: op.name,
    summary: op.summary,
    tags: [op.name.split('.')[0]],
    // A key does no harm where none is needed; one that is none is refused everywhere.
    security: isForVisitors(op) ? [{}, { key: [] }] : [{ key: [] }],
    parameters: [
      ...inPath.map((name) => parameter(name, 'path')),
      ...(reading ? rest.map((name) => parameter(name, 'query')) : []),
      ...(method === 'POST' ? [idempotencyKey] : []),
      ...(isConditional(op) ? [ifMatch] : []),
    ],
    ...(!reading && {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: published({
              ...input,
              properties: Object.fromEntries(rest.map((name) => [name, input.properties[name]])),
              required: (input.required ?? []).filter(
                (name) =>
                  rest.includes(name) &&
                  !('default' in input.properties[name]!) &&
                  // `If-Match` may say it instead.
                  !(name === 'revision' && isConditional(op)),
              ),
            }),
          },
        },
      },
    }),
    responses: {
      [created ? 201 : 200]: {
        description: created ? 'Made' : 'Done',
        ...((created || hasRevision) && {
          headers: { ...(created && { Location: location }), ...(hasRevision && { ETag: etag }) },
        }),
        content: { 'application/json': { schema: published(op.output) } },
      },
      '400': problem,
      '401': problem,
      ...(!isForVisitors(op) && { '403': problem }),
      ...(!reading && { '409': problem }),
      ...(isConditional(op) && { '412': problem }),
      ...(method === 'POST' && { '422': problem }),
      ...((op.counted || !reading) && { '429': problem }),
      '503': problem,
      // What is written may find no room.
      ...(!reading && { '507': problem }),
      ...(inPath.length > 0 && { '404': problem }),
      ...(inPath.includes('id') && { '410': problem }),
    },
  }
}

/** Schemas as others read them: without `$id`, which would be taken for an address. */
function published(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(published)
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([name]) => name !== '$id' && !name.startsWith('~'))
      .map(([name, value]) => [name, published(value)]),
  )
}
