/** Goes up with every change of what is found, so that old rows are redacted again. */
export const REDACTOR_VERSION = 9
