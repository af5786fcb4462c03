/** The owner of what was submitted without a name; no account has this identifier. */
export const nobody = ''
