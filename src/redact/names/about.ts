import { wordSet } from './words.ts'

/** What a name has that tells something about a secret, and not the secret: `PasswordLastSet`, `key_size`, `secretNames`. */
const AFTER = wordSet(
  'lastset verlauf speichert set age length len size bit min max minimum maximum required requirement change changed changeable changing',
  'date time timestamp at complexity count counter attempt tries retries never hint prompt field label type name id identifier file',
  'filename path dir directory folder url uri ref reference vault use usage lifetime ttl validity valid status state enabled disabled',
  'provider manager generator method mode rule strength strategy format encoding column index algorithm alg version scope endpoint issuer',
  'audience filter locked lockout quality day hour minute seconds interval schema validator validation visible placeholder autocomplete',
  'needed properties pair ring chain store board word code frame press down up event map space spec source selector mount class env arn',
  'region reset request requested issued created creation rotation rotate rotated update updated modified verloopt laatst gewijzigd',
  'geandert modifie match mismatch incorrect wrong invalid failed failure feedback level separator delimiter limit figures blacklist',
  'fingerprint thumbprint identity nr number constraint order lookup prefix suffix exchange agreement fob elevation group auth',
  'authentication cache handler error result screen dialog form page button reader writer factory builder callback option config settings',
  'support info details list bag sync writeback less free spray guess recovery rejected accepted verification verified managed owner scheme',
  'cost rate ratio mgmt lauft verloopdatum vervalt command cmd program script helper plugin container only hashed salted',
)
/** What says before a name that the secret itself is not there: `hasPassword`, `max tokens`. */
const BEFORE = wordSet(
  'has is no not without min max minimum maximum use using need require required allow allowed show hide check verify validate must force',
  'blank null empty forgot forgotten lost total num number count ask prompt remember enforce reversible public pub partial prompted enter',
  'type confirm incorrect wrong invalid bad missing unexpected expected failed',
)
/** Of what else there is a key, a code or a token. */
const OTHER = wordSet(
  'primary foreign sort sorted partition unique cache caching object hot shortcut composite candidate lookup dictionary hash map row cell',
  'group routing arrow function home host known trusted cancellation next previous prev page continuation continue pagination sync delta',
  'error status exit return response http zip postal country language lang area source item article color colour qr bar vs stop event',
  'reason result state html byte machine op dead escape shift ctrl control alt super menu left right registry reg message msg translation',
  'idempotency dedup publickey after before current first last each every per which any git config json xml yaml property key this ssh gpg pgp',
  'rsa ecdsa ed dsa in',
)
/** After a name that often means something else nothing may follow but whose or what for it is. */
const OF_SOMEBODY = wordSet('for voor fur pour of van von de du is ist est value string v base')
const HASHED = wordSet('hash digest salt enc encrypted')

/** Whether the words after a name, or the one before it, make it tell something about a secret only. */
export const isAbout = (last: string, tail: readonly string[]): boolean =>
  BEFORE.has(last) ||
  tail.some(
    (word) =>
      AFTER.has(word.replace(/s$/, '')) ||
      AFTER.has(word) ||
      /^(?:expir|polic|histor|protect|warn|crack|ablauf)/.test(word),
  )

/** Whether the words around a name that often means something else make it mean that. */
export const isOfOthers = (last: string, [next]: readonly string[]): boolean =>
  OTHER.has(last) || (next !== undefined && !OF_SOMEBODY.has(next))

export const isHashed = (tail: readonly string[]): boolean => tail.some((word) => HASHED.has(word))
