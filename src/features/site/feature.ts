import type { Feature } from '#kernel/feature.ts'
import { appearanceOf } from './appearance.ts'
import { siteOperations } from './operations.ts'
import { mountSite } from './routes.ts'
import { siteProfile } from './site.ts'

/** How the operator presents the site: name, logo, colours, footer, contact and privacy notice. */
export const siteFeature: Feature = {
  name: 'site',
  kinds: [siteProfile],
  operations: siteOperations,
  services: ({ database, services, changed }) => ({
    appearance: appearanceOf(database.read, changed, (name, names) => {
      Object.assign(services.site, { name, names })
    }),
  }),
  followers: [{ name: 'site', hear: ({ appearance }, lines) => appearance.hear(lines) }],
  routes: [
    (web, pageContext, { services, environment }) => mountSite(web, pageContext, { services, now: environment.now }),
  ],
}
