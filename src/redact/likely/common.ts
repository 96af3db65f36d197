import { pattern, singular, words } from './lazy.ts'
import { ACCOUNT_NAMES } from './words.ts'

/**
 * Words that stand after accounts, hosts and labels without being a password: what programs are told to do, what they answer, what a sentence goes
 * on with. In the four languages and in lower case.
 */
const COMMON = words(
  `disable disabled enable enabled delete deleted remove removed create created locked unlocked expired inactive active unknown missing nothing
   default system network local domain office password account member editor reader writer readonly security settings dashboard console portal
   server login logout denied allowed granted blocked vault keeper hudu bitwarden required string number integer boolean value format plain basic
   digest kerberos negotiate english dutch german french internal external primary secondary public private prompt auto automatic always never
   interactive manual status start started starting stop stopped restart restarted reload reboot rebooted running online offline connected
   disconnected connection failed failure failing success succeeded completed complete finished pending waiting ready backup restore archive
   snapshot export import update updated upgrade install installed remote control access fullaccess rights group user shell folder files
   directory share mount mounted unmount config configure configuration running-config startup startup-config version verbose quiet silent debug
   trace force daily weekly monthly nightly hourly queue print printer scan scanning invoice order report sales marketing finance database schema
   table query select inventory production staging testing development customer project read write execute stream mainstream substream preview
   record recording motion camera mailbox mailboxes message letter level policy policies rules cannot could would should still again please other
   their there where which about after before since until while without within because wants needs asked asks called calls reported says works
   worked working logged logging signed tried tries changed change moved replaced fixed broken solved closed opened opening waits comes going
   looks seems needed keeps makes using usage first second third today tomorrow yesterday monday tuesday wednesday thursday friday saturday
   sunday morning evening visitor geblokkeerd uitgeschakeld ingeschakeld verwijderd gewijzigd aangemaakt actief inactief rechten toegang
   gebruiker afdeling kantoor werkplek werkplekken netwerk scherm opnieuw starten herstart opstarten aanmelden inloggen uitloggen bellen gebeld
   vandaag morgen gisteren maandag dinsdag woensdag donderdag vrijdag zaterdag zondag nieuwe gaan moeten kunnen willen hebben wordt werkt werken
   staat staan alleen samen gedaan klaar opgelost gesloten verhuisd ophalen afronden vervangen stroom internet verbinding meteen straks later
   eerst ontvangen verzonden akkoord bedankt groeten groetjes dankjewel allemaal misschien volgens helaas trouwens gewoon vergeten gesperrt
   deaktiviert aktiviert gelöscht geändert angelegt entfernt verbunden getrennt verfügbar bereit benutzer gruppe rechte zugriff drucker anmelden
   abmelden neustart heute gestern montag dienstag mittwoch donnerstag freitag samstag sonntag wieder leider bitte danke möchte können müssen
   sollen haben werden funktioniert arbeitet fehlt fertig erledigt rezeption zufrieden nochmal einfach gerade später sofort bloqué désactivé
   activé supprimé modifié créé connecté déconnecté disponible utilisateur groupe droits accès lecture écriture imprimante redémarrer lundi mardi
   mercredi jeudi vendredi samedi dimanche demain aujourd'hui merci bonjour toujours encore maintenant ensuite fonctionne marche terminé réseau
   serveur bureau salle ligne attente entrée hors-ligne read-only read-write super-user sign-in log-in windows linux debian android teams outlook
   excel chrome firefox safari edge intune citrix vmware exchange sharepoint onedrive autumn-release full-time part-time end-of-life out-of-date
   up-to-date follow-up check-in check-out set-up wi-fi e-mail email browser rename reset renew review request response storage service session
   process processes package whole normal simple ethernet wireless hotspot router switch switches firewall gateway interface address addresses
   channel kanaal cleanup monitoring metrics health healthy unhealthy degraded optimal critical warning errors notice information details summary
   enter return escape insert capital lower upper digits blank something anything everything usual same forgotten vergessen vergeten oublié extension durchwahl aufkleber sticker autocollant`,
)

/** Participles: "sleutel vernieuwd", "clé changée" */
export const PARTICIPLE = pattern(
  '^(?:ge|ver|be|ont|her|aan|af|in|op|uit|ein|aus|ab|an|re)[a-zß-ÿ]{3,}(?:d|t|en|ées?|és?)$|(?:ée?s?|ed|ing)$',
)

/** What may be a password though it is nothing but a word, or several with dashes between them. */
const PLAIN_WORD = /^[A-Za-zß-ÿ]{5,30}$|^[a-zß-ÿ]{3,14}(?:-[a-zß-ÿ]{2,14}){1,5}$/

/** Whether a word could be a password where only its place says so. */
export function isPlainSecret(value: string): boolean {
  const lower = value.toLowerCase()
  return PLAIN_WORD.test(value) && !isCommon(lower)
}

/** Whether a word in lower case is common, or the name of an account. */
const isCommon = (word: string): boolean => COMMON.has(word) || COMMON.has(singular(word)) || ACCOUNT_NAMES.has(word)
