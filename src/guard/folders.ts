/** Programs in these are the ones that every account of a machine finds. */
const SYSTEM_FOLDER = /^(?:\/usr\/s?bin\/|\/s?bin\/|[a-z]:\\(?:windows|program files))/i

/** Is a program called by a folder that is not the system's? That is another one than the one of that name: `/opt/node18/bin/npx`. */
export const isOwn = (typed: string): boolean => /[\\/]/.test(typed) && !SYSTEM_FOLDER.test(typed)
