/** A practice as far as a snapshot asks for it, for tests that need one and do not care which. */
export const practice = {
  title: { en: 'Radio lessons' },
  summary: { en: 'Lessons by radio.' },
  type: 'practice',
  outcome: 'worked',
  stage: 'pilot',
  areas: ['access'],
  levels: ['1'],
  technologies: ['radio'],
  countries: ['KE'],
  problem: { en: 'Schools are far away.' },
  description: { en: 'Twenty lessons a term.' },
  startedOn: '2024-09',
}
