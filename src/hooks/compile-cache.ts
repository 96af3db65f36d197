import module from 'node:module'
import { pathsOf } from '../settings.ts'

/**
 * Has Node keep what it compiled of the files that are loaded after this one, in `MSP_HOME/cache`: a hook is a new process each time, and
 * compiling the redactor is a good part of its start. Node before 22.1 does not know how.
 */
try {
  module.enableCompileCache?.(`${pathsOf(process.env).cache}/compiled`)
} catch {
  // Without a home folder, or one that cannot be written, the hook starts slower and says so itself where it matters.
}
