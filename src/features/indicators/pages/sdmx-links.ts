import { html, type Content } from '#kernel/html/html.ts'
import type { View } from '#ui/view.ts'
import { sdmxAddress, sdmxFormats } from '../sdmx-addresses.ts'

/** An entry of the list of downloads: all values of the indicator, for programs of statisticians. */
export const sdmxLinks = ({ href, t }: View, code: string): Content =>
  html`<li>
    ${sdmxFormats.map((format) => html`<a href="${href(sdmxAddress(code, format))}" rel="nofollow" download>SDMX-${format.toUpperCase()}</a> `)}
    ${t('indicators.allValues')}
  </li>`
