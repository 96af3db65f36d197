import { CLOUD } from './cloud.ts'
import { CRYPTO } from './crypto.ts'
import { DATABASES } from './databases.ts'
import { HARDWARE } from './hardware.ts'
import { NETWORK } from './network.ts'
import { REMOTE } from './remote.ts'
import { STORAGE } from './storage.ts'
import { WEB } from './web.ts'
import { WINDOWS } from './windows.ts'

/** All tables. The notation is told in `grammar.ts`; flags that say what they are (`--password`) need no line. */
export const PROGRAMS: readonly string[] = [REMOTE, WINDOWS, DATABASES, NETWORK, STORAGE, CRYPTO, CLOUD, WEB, HARDWARE]

const WORDS =
  ' net pw open zip unzip op vault su at host login mount pass mail reg sc set start join add step mega rar sum box key exp imp http https' +
  ' passwd sudo echo printf print export age steam smc dig radius realm swift expect hydra medusa ab snap gem cargo poetry composer blat send' +
  ' autologon asterisk saa xe '

/** Whether the name of a program is a word of a sentence too: in the middle of one, what follows must look like a password. */
export const isWordOfSentence = (name: string): boolean => WORDS.includes(` ${name} `)
