/** How browsers and programs may search here (OpenSearch 1.1, draft 6). */
export type OpenSearch = {
  name: string
  language: string
  about: string
  /** Addresses in which `{searchTerms}` stands for the words. */
  page: string
  feed: string
  icon: string
}

// Lengths that the specification sets, and the signs that XML keeps for itself.
const longest = { ShortName: 16, LongName: 48, Description: 1_024 }
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const xml = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => escapes[sign]!)
const element = (name: keyof typeof longest, text: string) =>
  `<${name}>${xml([...text].slice(0, longest[name]).join(''))}</${name}>`

export const openSearchDescription = ({ name, language, about, page, feed, icon }: OpenSearch): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
${element('ShortName', name)}
${element('Description', about)}
${element('LongName', name)}
<Image width="16" height="16" type="image/svg+xml">${xml(icon)}</Image>
<Url type="text/html" template="${xml(page)}"/>
<Url type="application/atom+xml" template="${xml(feed)}"/>
<Language>${xml(language)}</Language>
<InputEncoding>UTF-8</InputEncoding>
<OutputEncoding>UTF-8</OutputEncoding>
</OpenSearchDescription>
`
