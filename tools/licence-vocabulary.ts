/** The licences that occur in what the node reads: Creative Commons from its deeds, the others by hand. */
import type { Folder } from '#kernel/folder.ts'
import { readLicenceDeed, type LicenceDeed } from '#codecs/cc-rdf/read-licence.ts'
import type { Vocabulary } from './vocabularies.ts'

const languages = ['en', 'fr', 'es', 'ru', 'zh', 'ar'] as const
const families = ['by', 'by-sa', 'by-nc', 'by-nc-sa', 'by-nd', 'by-nc-nd'] as const
/** Versions whose deeds are not among the files have the same terms as 4.0. */
const versions = ['', '1.0', '2.0', '2.5', '3.0', '3.0-US', '3.0-IGO', '4.0'] as const

/** How a licence is called of which no version is known: where a name stands alone, “Attribution” would be no licence to most readers. */
const unstated: Record<(typeof languages)[number], (title: string) => string> = {
  en: (title) => `${title} licence (version not stated)`,
  fr: (title) => `Licence ${title} (version non précisée)`,
  es: (title) => `Licencia ${title} (versión no indicada)`,
  ru: (title) => `Лицензия ${title} (версия не указана)`,
  zh: (title) => `${title}许可协议（未注明版本）`,
  ar: (title) => `ترخيص ${title} (الإصدار غير مذكور)`,
}

/** The French titles at the source end in a sentence from another page; where they do, the word for international stands in. */
const mendTitle = (title: string) => title.replace(/Ceci peut être.*$/, 'International').replaceAll(/ {2,}/g, ' ')

const termsOf = ({ permits, requires, prohibits }: Pick<LicenceDeed, 'permits' | 'requires' | 'prohibits'>) => ({
  ...(permits.length > 0 && { $permits: permits }),
  ...(requires.length > 0 && { $requires: requires }),
  ...(prohibits.length > 0 && { $prohibits: prohibits }),
})

/** Software and data licences: code, English name, address, what it requires. */
const permissive = ['notice']
const copyleft = ['copyleft', 'notice', 'source-code']
const byHand: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['MIT', 'MIT License', 'https://spdx.org/licenses/MIT', permissive],
  ['ISC', 'ISC License', 'https://spdx.org/licenses/ISC', permissive],
  ['Apache-2.0', 'Apache License 2.0', 'https://spdx.org/licenses/Apache-2.0', permissive],
  ['BSD-2-Clause', 'BSD 2-Clause License', 'https://spdx.org/licenses/BSD-2-Clause', permissive],
  ['BSD-3-Clause', 'BSD 3-Clause License', 'https://spdx.org/licenses/BSD-3-Clause', permissive],
  ['BSD', 'BSD licence (variant not stated)', 'https://spdx.org/licenses/', permissive],
  ['GPL-2.0-only', 'GNU General Public License v2.0 only', 'https://spdx.org/licenses/GPL-2.0-only', copyleft],
  [
    'GPL-2.0-or-later',
    'GNU General Public License v2.0 or later',
    'https://spdx.org/licenses/GPL-2.0-or-later',
    copyleft,
  ],
  ['GPL-3.0-only', 'GNU General Public License v3.0 only', 'https://spdx.org/licenses/GPL-3.0-only', copyleft],
  [
    'GPL-3.0-or-later',
    'GNU General Public License v3.0 or later',
    'https://spdx.org/licenses/GPL-3.0-or-later',
    copyleft,
  ],
  ['LGPL-2.1-only', 'GNU Lesser General Public License v2.1 only', 'https://spdx.org/licenses/LGPL-2.1-only', copyleft],
  ['LGPL-3.0-only', 'GNU Lesser General Public License v3.0 only', 'https://spdx.org/licenses/LGPL-3.0-only', copyleft],
  [
    'LGPL-3.0-or-later',
    'GNU Lesser General Public License v3.0 or later',
    'https://spdx.org/licenses/LGPL-3.0-or-later',
    copyleft,
  ],
  ['AGPL-3.0-only', 'GNU Affero General Public License v3.0 only', 'https://spdx.org/licenses/AGPL-3.0-only', copyleft],
  [
    'AGPL-3.0-or-later',
    'GNU Affero General Public License v3.0 or later',
    'https://spdx.org/licenses/AGPL-3.0-or-later',
    copyleft,
  ],
  ['MPL-2.0', 'Mozilla Public License 2.0', 'https://spdx.org/licenses/MPL-2.0', copyleft],
  ['EPL-2.0', 'Eclipse Public License 2.0', 'https://spdx.org/licenses/EPL-2.0', copyleft],
  ['EUPL-1.2', 'European Union Public Licence 1.2', 'https://spdx.org/licenses/EUPL-1.2', ['attribution', ...copyleft]],
  ['CAL-1.0', 'Cryptographic Autonomy License 1.0', 'https://spdx.org/licenses/CAL-1.0', copyleft],
  [
    'GFDL-1.3',
    'GNU Free Documentation License 1.3',
    'https://spdx.org/licenses/GFDL-1.3',
    ['attribution', 'copyleft', 'notice'],
  ],
  [
    'GFDL',
    'GNU Free Documentation License (version not stated)',
    'https://www.gnu.org/licenses/fdl.html',
    ['attribution', 'copyleft', 'notice'],
  ],
  ['Unlicense', 'The Unlicense', 'https://spdx.org/licenses/Unlicense', []],
  [
    'ODC-By-1.0',
    'Open Data Commons Attribution License 1.0',
    'https://opendatacommons.org/licenses/by/1-0/',
    ['attribution', 'notice'],
  ],
  [
    'ODbL-1.0',
    'Open Data Commons Open Database License 1.0',
    'https://opendatacommons.org/licenses/odbl/1-0/',
    ['attribution', 'notice', 'share-alike'],
  ],
  [
    'PDDL-1.0',
    'Open Data Commons Public Domain Dedication and License 1.0',
    'https://opendatacommons.org/licenses/pddl/1-0/',
    [],
  ],
  ['Unicode-3.0', 'Unicode License v3', 'https://spdx.org/licenses/Unicode-3.0', permissive],
  [
    'US-PD',
    'Public domain (work of the United States government)',
    'https://www.law.cornell.edu/uscode/text/17/105',
    [],
  ],
  ['public-domain', 'Public domain', 'https://creativecommons.org/publicdomain/', []],
]

const closed: Vocabulary['terms'] = {
  'YouTube-Standard': {
    en: 'Standard YouTube licence',
    $uri: 'https://www.youtube.com/static?template=terms',
    $prohibits: ['commercial-use', 'derivative-works'],
    $open: false,
  },
  'all-rights-reserved': {
    en: 'All rights reserved',
    fr: 'Tous droits réservés',
    es: 'Todos los derechos reservados',
    ru: 'Все права защищены',
    zh: '保留所有权利',
    ar: 'جميع الحقوق محفوظة',
    $uri: 'http://rightsstatements.org/vocab/InC/1.0/',
    $prohibits: ['commercial-use', 'derivative-works', 'distribution'],
    $open: false,
  },
}

export async function licenceVocabulary(data: Folder): Promise<Vocabulary> {
  const folder = 'codelists-world/creative-commons'
  const deed = async (name: string) => readLicenceDeed(await data.text(`${folder}/${name}_rdf.xml`))
  const terms: Vocabulary['terms'] = { ...closed }

  for (const family of families) {
    const current = await deed(`licenses_${family}_4.0`)
    const intergovernmental = await deed(`licenses_${family}_3.0_igo`)
    for (const version of versions) {
      const source = version === '3.0-IGO' ? intergovernmental : current
      const words = version.replace('-', ' ')
      const short = `CC ${family.toUpperCase()}${words && ` ${words}`}`
      const name = (language: (typeof languages)[number]) => {
        const title = mendTitle(source.titles[language] ?? source.titles['en']!)
        if (version === '4.0' || version === '3.0-IGO') return `${short} · ${title}`
        const plain = title.replace(/ 4\.0.*$/, '')
        return `${short} · ${version ? `${plain} ${words}` : unstated[language](plain)}`
      }
      terms[`CC-${family.toUpperCase()}${version && `-${version}`}`] = {
        ...Object.fromEntries(languages.map((language) => [language, name(language)])),
        $uri: `https://creativecommons.org/licenses/${family}/${version && `${version.replace('-', '/').toLowerCase()}/`}`,
        ...termsOf(source),
        $open: !family.includes('nc') && !family.includes('nd'),
      }
    }
  }

  for (const [code, file] of [
    ['CC0-1.0', 'publicdomain_zero_1.0'],
    ['PDM-1.0', 'publicdomain_mark_1.0'],
  ] as const) {
    const source = await deed(file)
    terms[code] = {
      ...Object.fromEntries(
        languages.flatMap((language) =>
          source.titles[language] ? [[language, mendTitle(source.titles[language])]] : [],
        ),
      ),
      $uri: source.uri.replace('http:', 'https:'),
      ...termsOf(source),
      $open: true,
    }
  }

  const permits = ['commercial-use', 'derivative-works', 'distribution', 'reproduction']
  for (const [code, en, $uri, requires] of byHand)
    terms[code] = {
      en,
      $uri,
      $permits: permits,
      ...(requires.length > 0 && { $requires: [...requires].sort() }),
      $open: true,
    }

  return {
    title: { en: 'Licences', fr: 'Licences', es: 'Licencias', ru: 'Лицензии', zh: '许可协议', ar: 'التراخيص' },
    source: {
      name: 'Creative Commons licence deeds; software and data licences by this house',
      address: 'https://github.com/creativecommons/cc-licenses-data',
      revision: '2c8de036ec45',
      licence: 'CC0-1.0',
    },
    terms,
  }
}
