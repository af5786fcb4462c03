import { html, type Html } from '#kernel/html/html.ts'
import type { View } from './view.ts'

/** The style sheet of statistics, which few pages need: for their head. */
export const figuresStyle = ({ site }: View): Html =>
  html`<link rel="stylesheet" href="${site.assets('figures.css')}" />`

/** With the script that lets charts answer to pointer and keyboard. */
export const chartHead = (view: View): Html =>
  html`${figuresStyle(view)}<script src="${view.site.assets('chart.js')}" type="module"></script>`
