/** The feed of what a page lists, for programs that read feeds. */
import { html, type Html } from '#kernel/html/html.ts'
import type { View } from './view.ts'

/** An element of the head that leads to the Atom feed of a search, the newest first. */
export const feedLink = ({ absolute, prefix }: View, title: string, query: Readonly<Record<string, string>>): Html =>
  html`<link rel="alternate" type="application/atom+xml" title="${title}" href="${absolute(`${prefix}/search.atom?${new URLSearchParams({ ...query, sort: 'newest' })}`)}" />`
