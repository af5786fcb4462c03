import type { TSchema } from 'typebox'
import type { AnyOperation } from '../operation.ts'
import { isReading } from '../operation.ts'

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
  for (const op of operations) {
    const [method, path] = op.http.split(' ') as [string, string]
    const address = `/api${path.replaceAll(/:(\w+)/g, '{$1}')}`
    paths[address] = { ...paths[address], [method.toLowerCase()]: describe(op, path) }
  }
  return {
    openapi: '3.1.0',
    info: { title, version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: server }],
    tags: [...new Set(operations.map(({ name }) => name.split('.')[0]))].map((name) => ({ name })),
    paths,
    components: { schemas: { Problem: problemSchema }, securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
  }
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
    violations: {
      type: 'array',
      items: {
        type: 'object',
        properties: { place: { type: 'string' }, rule: { type: 'string' }, values: { type: 'object' } },
      },
    },
  },
}

type Shape = TSchema & { properties: Record<string, TSchema & { description?: string }>; required?: string[] }

function describe(op: AnyOperation, path: string): Json {
  const input = op.input as Shape
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!)
  const rest = Object.keys(input.properties).filter((name) => !inPath.includes(name))
  const parameter = (name: string, place: 'path' | 'query') => {
    const { description, ...schema } = input.properties[name]!
    return {
      name,
      in: place,
      required: place === 'path',
      ...(description && { description }),
      schema: published(schema),
    }
  }
  const reading = isReading(op)
  const created = op.http.startsWith('POST') && op.name.endsWith('.share')
  return {
    operationId: op.name,
    summary: op.summary,
    tags: [op.name.split('.')[0]],
    parameters: [
      ...inPath.map((name) => parameter(name, 'path')),
      ...(reading ? rest.map((name) => parameter(name, 'query')) : []),
    ],
    ...(!reading && {
      security: [{ key: [] }],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: published({
              ...input,
              properties: Object.fromEntries(rest.map((name) => [name, input.properties[name]])),
              required: (input.required ?? []).filter(
                (name) => rest.includes(name) && !('default' in input.properties[name]!),
              ),
            }),
          },
        },
      },
    }),
    responses: {
      [created ? 201 : 200]: {
        description: created ? 'Made' : 'Done',
        content: { 'application/json': { schema: published(op.output) } },
      },
      '400': problem,
      ...(!reading && { '401': problem, '403': problem, '409': problem }),
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
