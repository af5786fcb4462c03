import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { answer } from './provider.ts'

export const answerOai = operation({
  name: 'oai.answer',
  summary: 'Answer a request of OAI-PMH 2.0',
  http: 'GET /oai/answer',
  isForPages: true,
  input: Type.Object(
    {
      asked: Type.String({ description: 'Arguments as they came, as in an address' }),
      base: Type.String({ description: 'Address of the node' }),
    },
    closed,
  ),
  output: Type.Object({ xml: Type.String() }),
  allow: () => true,
  run: async (context, { asked, base }) => ({ xml: await answer(context, new URLSearchParams(asked), base) }),
})
