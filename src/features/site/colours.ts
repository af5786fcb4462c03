/** Colours of an operator, with what follows from them: text on them and of them stays readable (WCAG 2.2, 1.4.3 and 1.4.11). */

type Rgb = readonly [number, number, number]

const pattern = /^#[0-9a-f]{6}$/i
export const isColour = (text: string): boolean => pattern.test(text)

const rgb = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb
const hex = (colour: Rgb): string => `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`

/** Relative luminance, 0 to 1. */
function luminance(colour: string): number {
  const [red, green, blue] = rgb(colour).map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as unknown as Rgb
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** From 1 to 21. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** `share` of the other colour in the first, 0 to 1. */
const mixed = (one: string, other: string, share: number): string => {
  const [from, to] = [rgb(one), rgb(other)]
  return hex([0, 1, 2].map((at) => from[at]! * (1 - share) + to[at]! * share) as unknown as Rgb)
}

/** The colour itself, or the nearest on its way to `end` that has the contrast to the background. */
function readable(colour: string, background: string, end: string, least: number): string {
  for (let share = 0; share <= 1; share += 0.05) {
    const one = mixed(colour, end, share)
    if (contrast(one, background) >= least) return one
  }
  return end
}

const paper = { light: '#ffffff', dark: '#10191c' }
/** Of the style sheet: text, and the bands behind the front page and the foot. */
const ink = '#17262b'
const deep = '#07414d'
/** Behind boxes of text. */
const tint = '#f2f6f6'
export const leastContrast = 4.5

/** The contrast of white text on the colour, and of text in the colour on the lightest box. */
export const contrastOf = (colour: string): number => Math.min(contrast(colour, paper.light), contrast(colour, tint))

/** The custom properties of the style sheet that follow from the colours. */
export function styleOf({ colour, accent }: { colour?: string | undefined; accent?: string | undefined }): string {
  const properties: Record<string, string> = {}
  if (colour) {
    const dark = readable(colour, paper.dark, paper.light, 7)
    properties['--brand'] = `light-dark(${colour}, ${dark})`
    properties['--brand-ink'] = `light-dark(${paper.light}, ${readable(colour, dark, '#000000', leastContrast)})`
    properties['--brand-tint'] = `light-dark(${mixed(colour, paper.light, 0.88)}, ${mixed(colour, paper.dark, 0.7)})`
    properties['--deep'] = `light-dark(${mixed(colour, '#000000', 0.25)}, ${mixed(colour, '#000000', 0.55)})`
    properties['--bar'] =
      `light-dark(${readable(mixed(colour, paper.light, 0.2), paper.light, '#000000', 3)}, ${readable(colour, paper.dark, paper.light, 4.5)})`
    properties['--link'] = `light-dark(${colour}, ${dark})`
  }
  if (accent) {
    // It stands on the deep colour, and dark text stands on it.
    const onDeep = readable(accent, colour ? mixed(colour, '#000000', 0.25) : deep, paper.light, 3)
    properties['--sun'] = readable(onDeep, ink, paper.light, leastContrast)
    properties['--gold'] =
      `light-dark(${readable(accent, paper.light, '#000000', leastContrast)}, ${readable(accent, paper.dark, paper.light, leastContrast)})`
  }
  const lines = Object.entries(properties).map(([name, value]) => `${name}: ${value};`)
  return lines.length > 0 ? `:root { ${lines.join(' ')} }\n` : ''
}
