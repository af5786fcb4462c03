/** Ends a person’s other sessions after they confirmed their identity again (OWASP ASVS 5.0, 7.5.2). */
import { Type } from 'typebox'
import { ofOthers } from '#kernel/problem.ts'
import { Done, done } from '#records/inputs.ts'
import { noteEvent } from './audit.ts'
import { provenOperation } from './proof.ts'
import { personIn } from './sessions.ts'
import { people } from './store.ts'

export const endSession = provenOperation({
  name: 'sessions.end',
  summary: 'End one of one’s sessions elsewhere',
  http: 'DELETE /sessions/:id',
  input: { id: Type.String({ maxLength: 16 }) },
  output: Done,
  run: async (context, { id }) => {
    const accountId = personIn(context)
    if (await people(context.db).endSession(id, accountId)) await noteEvent(context, 'session.ended', accountId)
    else if (await people(context.db).isSession(id)) throw ofOthers('session', id)
    return done
  },
})

export const endOtherSessions = provenOperation({
  name: 'sessions.endOthers',
  summary: 'End all of one’s sessions but the one that asks',
  http: 'DELETE /sessions',
  input: {},
  output: Done,
  run: async (context, { session }) => {
    await people(context.db).endSessions(personIn(context), session)
    await people(context.db).forgetDevices(personIn(context))
    await noteEvent(context, 'session.ended', personIn(context))
    return done
  },
})
