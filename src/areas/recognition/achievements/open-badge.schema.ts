/**
 * What Open Badges 3.0 requires of what is issued here, as JSON Schema for tests. The words are our own: the rules were compared
 * with what was read of the schemas that 1EdTech publishes (`ob_v3p0_getopenbadgecredentialsresponse_schema.json`, its beginning, and
 * `clr_v2p0_clrcredential_schema.json`, but for results, evidence and the end of alignments). Those files are not shipped: whether
 * their licence allows it was not found out.
 */
const text = { type: 'string' }
export const uri = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9+.-]*:\\S+$' }
/** With the time zone, which the standard requires. */
export const time = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$',
}
export const typed = (...types: string[]) => ({
  type: 'array',
  minItems: 1,
  items: text,
  allOf: types.map((type) => ({ contains: { const: type } })),
})
const oneOrMore = (schema: object) => ({ oneOf: [schema, { type: 'array', items: schema }] })
const open = (required: string[], properties: object) => ({ type: 'object', required, properties })
const contextsFrom = (...patterns: string[]) => ({
  type: 'array',
  minItems: patterns.length,
  prefixItems: patterns.map((pattern) => ({ type: 'string', pattern })),
  items: uri,
})
export const ownContexts = {
  badge: contextsFrom(
    '^https://www\\.w3\\.org/ns/credentials/v2$',
    '^https://purl\\.imsglobal\\.org/spec/ob/v3p0/context(-3\\.\\d\\.\\d)*\\.json$',
  ),
  record: contextsFrom(
    '^https://www\\.w3\\.org/ns/credentials/v2$',
    '^https://purl\\.imsglobal\\.org/spec/clr/v2p0/context(-2\\.\\d\\.\\d)*\\.json$',
    '^https://purl\\.imsglobal\\.org/spec/ob/v3p0/context(-3\\.\\d\\.\\d)*\\.json$',
  ),
}

const proof = open(['type', 'created', 'cryptosuite', 'verificationMethod', 'proofPurpose', 'proofValue'], {
  type: { const: 'DataIntegrityProof' },
  created: time,
  proofPurpose: { const: 'assertionMethod' },
  verificationMethod: uri,
})
const common = {
  id: uri,
  name: text,
  description: text,
  awardedDate: time,
  validFrom: time,
  validUntil: time,
  proof: oneOrMore(proof),
  // One, not a list: https://github.com/1EdTech/openbadges-specification/issues/623
  credentialStatus: open(['type'], { id: uri, type: text }),
  refreshService: open(['id', 'type'], { id: uri, type: text }),
  evidence: oneOrMore(open(['type'], { id: uri, type: typed('Evidence') })),
}

const endorsement = open(['@context', 'type', 'id', 'name', 'credentialSubject', 'issuer', 'validFrom', 'proof'], {
  ...common,
  '@context': ownContexts.badge,
  type: typed('VerifiableCredential', 'EndorsementCredential'),
  credentialSubject: open(['id', 'type'], { id: uri, type: typed('EndorsementSubject'), endorsementComment: text }),
})
export const profile = open(['id', 'type'], {
  id: uri,
  type: typed('Profile'),
  name: text,
  url: uri,
  endorsement: oneOrMore(endorsement),
})
const alignment = open(['type', 'targetName', 'targetUrl'], {
  type: typed('Alignment'),
  targetName: text,
  targetUrl: uri,
  targetCode: text,
  targetFramework: text,
})
const types =
  'Achievement ApprenticeshipCertificate Assessment Assignment AssociateDegree Award Badge BachelorDegree Certificate CertificateOfCompletion Certification CommunityService Competency Course CoCurricular Degree Diploma DoctoralDegree Fieldwork GeneralEducationDevelopment JourneymanCertificate LearningProgram License Membership ProfessionalDoctorate QualityAssuranceCredential MasterCertificate MasterDegree MicroCredential ResearchDoctorate SecondarySchoolDiploma'
const results =
  'GradePointAverage LetterGrade Percent PerformanceLevel PredictedScore RawScore Result RubricCriterion RubricCriterionLevel RubricScore ScaledScore Status'
const extensible = (known: string) => ({
  oneOf: [{ enum: known.split(' ') }, { type: 'string', pattern: '(ext:)[a-zA-Z0-9._-]+' }],
})
const achievement = open(['id', 'type', 'criteria', 'description', 'name'], {
  id: uri,
  type: typed('Achievement'),
  name: text,
  description: text,
  criteria: open([], { id: uri, narrative: text }),
  inLanguage: { type: 'string', pattern: '^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$' },
  achievementType: extensible(types),
  creditsAvailable: { type: 'number' },
  creator: profile,
  endorsement: oneOrMore(endorsement),
  alignment: oneOrMore(alignment),
  resultDescription: oneOrMore(
    open(['id', 'type', 'name', 'resultType'], {
      id: uri,
      type: typed('ResultDescription'),
      name: text,
      resultType: extensible(results),
    }),
  ),
})

export const credentialParts = common
export const openBadge = {
  ...open(['@context', 'id', 'type', 'credentialSubject', 'issuer', 'validFrom', 'proof'], {
    ...common,
    '@context': ownContexts.badge,
    type: typed('VerifiableCredential', 'OpenBadgeCredential'),
    issuer: { oneOf: [uri, profile] },
    credentialSubject: open(['type', 'achievement'], {
      id: uri,
      type: typed('AchievementSubject'),
      creditsEarned: { type: 'number' },
      achievement,
      result: oneOrMore(open(['type'], { type: typed('Result'), resultDescription: uri, value: text })),
    }),
  }),
} as const
