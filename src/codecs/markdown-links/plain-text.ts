/** Markdown and HTML in a line of text → what a reader sees. */

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  rsquo: '’',
  lsquo: '‘',
  rdquo: '”',
  ldquo: '“',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  rlm: '\u200F',
  lrm: '\u200E',
  zwnj: '\u200C',
  zwj: '\u200D',
  copy: '©',
  reg: '®',
  trade: '™',
}

export const decodeEntities = (text: string) =>
  text.includes('&')
    ? text.replaceAll(
        /&(?:#x([\dA-Fa-f]{1,6})|#(\d{1,7})|([A-Za-z]{2,8}));/g,
        (whole, hex?: string, decimal?: string, name?: string) => {
          if (name) return entities[name] ?? whole
          const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
          return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ''
        },
      )
    : text

/** Marks that turn the direction of writing; a title that carries them into another page turns that page too. */
const directionalMarks = /[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/g
export const hasDirectionalMarks = (text: string) => text.search(directionalMarks) !== -1
export const dropDirectionalMarks = (text: string) => text.replaceAll(directionalMarks, '')

/** Without tags, emphasis, code marks and escapes; link texts stay. */
export const plainText = (markdown: string) =>
  decodeEntities(
    markdown
      .replaceAll(/<\/?[A-Za-z][^<>]{0,500}>/g, '')
      .replaceAll(/!?\[([^[\]]{0,500})\]\([^()\s]{0,2000}\)/g, '$1')
      .replaceAll(/(\*\*|__|`)/g, '')
      .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1'),
  )
    .replaceAll(/[\s\u00A0]+/g, ' ')
    .trim()
