/** What features bring, together. */
import type { Feature, FeatureJob } from '#kernel/feature.ts'
import { joinHooks } from '#kernel/hooks.ts'
import type { AnyOperation } from '#kernel/operation.ts'
import { withFormerName } from './former-names.ts'
import type { Kind } from '#records/kind.ts'
import { operationsOf } from '#records/kind-operations.ts'

export type System = ReturnType<typeof systemOf>

export function systemOf(features: readonly Feature[]) {
  const hooks = joinHooks(features.flatMap((feature) => feature.hooks ?? []))
  /** What features say of any body is said with what the kind itself says. */
  const checked = (kind: Kind): Kind => ({
    ...kind,
    check: (body) => [...(kind.check?.(body) ?? []), ...hooks.checked(body)],
  })
  const kinds: ReadonlyMap<string, Kind> = new Map(
    features.flatMap((feature) => (feature.kinds ?? []).map((kind) => [kind.name, checked(kind)])),
  )
  const everyOperation: readonly AnyOperation[] = [
    ...[...kinds.values()].flatMap(operationsOf),
    ...features.flatMap((feature) => feature.operations ?? []),
  ].map(withFormerName)
  const byName = new Map(everyOperation.map((op) => [op.name, op]))
  return {
    features,
    hooks,
    kinds,
    sources: new Map(features.flatMap(({ sources = [] }) => sources.map((source) => [source.name, source]))),
    /** Those that are offered as API, commands and reference. */
    operations: everyOperation.filter(({ isForPages }) => !isForPages),
    /** Any operation by name, including those for pages only. */
    operationNamed: (name: string): AnyOperation | undefined => byName.get(name),
    migrations: features.flatMap((feature) => feature.migrations ?? []),
    jobs: features.flatMap((feature): readonly FeatureJob[] => feature.jobs ?? []),
    parts: new Map(features.flatMap((feature) => Object.entries(feature.parts ?? {}))),
  }
}
