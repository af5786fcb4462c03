/** An address as a QR code (ISO/IEC 18004), drawn as SVG. */
import encodeQR from 'qr'
import { html, type Html } from '#kernel/html/html.ts'

/** Dark on light in any theme, with the quiet margin that cameras need (ISO/IEC 18004). */
export function qrPicture(address: string, words: string): Html {
  const rows = encodeQR(address, 'raw', { ecc: 'medium', border: 4 })
  const side = rows.length
  const path = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return html`<svg class="code-picture" viewBox="0 0 ${side} ${side}" role="img" aria-label="${words}" shape-rendering="crispEdges">
    <path fill="#fff" d="M0 0h${side}v${side}H0z" />
    <path fill="#000" d="${path}" />
  </svg>`
}
