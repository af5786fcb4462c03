export const sourcePath = (name: string) => `/sources/${name}`
export const runPath = (id: string, part = '') => `/source-runs/${id}${part && `/${part}`}`
