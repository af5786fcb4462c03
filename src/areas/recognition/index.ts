import type { Feature } from '#kernel/feature.ts'
import { qualificationFramework } from './decisions/qualification-framework.ts'
import { decisionValidity, qualityOf } from './decisions/quality.ts'
import { qualityDecision } from './decisions/quality-decision.ts'
import { listFrameworks, whereRecognised } from './decisions/recognised.ts'
import { recognitionDecision } from './decisions/recognition-decision.ts'
import { mountRecognised } from './decisions/routes.ts'
import { decisionSlots } from './decisions/slots.ts'
import { sources } from './sources.ts'

export const recognition: Feature = {
  name: 'recognition',
  kinds: [recognitionDecision, qualityDecision, qualificationFramework],
  sources,
  operations: [whereRecognised, listFrameworks, decisionValidity, qualityOf],
  routes: [mountRecognised],
  slots: decisionSlots,
}
