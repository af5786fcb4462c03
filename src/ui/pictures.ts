/** The drawn pictures: one file of them, each named after the code that it stands for. */
import { html, type Html } from '#kernel/html/html.ts'
import type { View } from './view.ts'

/** For the eye alone: the words beside it say the same. */
export const picture = ({ site }: Pick<View, 'site'>, name: string): Html =>
  html`<svg class="pic" aria-hidden="true"><use href="${site.assets('pictures.svg')}#${name}" /></svg>`

/** The picture of a technology; the three uses of artificial intelligence share one. */
export const technologyPicture = (view: Pick<View, 'site'>, technology = 'other'): Html =>
  picture(view, technology.startsWith('ai-') ? 'ai' : technology)
