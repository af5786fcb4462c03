import type { Kind } from '#records/kind.ts'

/** What judges or gathers others stands for itself: nobody’s word becomes another’s. */
export const isMergeable = ({ isUnreviewed = false, isMadeBySystem = false, isAid = false }: Kind): boolean =>
  !isUnreviewed && !isMadeBySystem && !isAid
