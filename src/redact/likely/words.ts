import { pattern, words } from './lazy.ts'

/** After these stands the name of somebody who signs in. */
export const USER_WORDS = words(`
  user username usr uname login logon account acct uid userid upn sam samaccountname principal identity inlognaam gebruiker gebruikersnaam
  auth authenticate register bind benutzer benutzername nutzer nutzername anmeldename utilisateur identifiant compte who wie wer qui as als en_tant_que u l`)

/** The same, where the next word is the user and nothing else. */
export const USER_NAMES = words(
  `user username usr login account gebruiker gebruikersnaam inlognaam benutzer benutzername nutzer anmeldename utilisateur identifiant compte`,
)

/** Names that accounts have in every network. */
export const ACCOUNT_NAMES = words(`
  admin admins administrator administrateur adm root sa sysadmin sysop superuser super su supervisor operator beheer beheerder gast guest kiosk
  scanner helpdesk support servicedesk serviceaccount ubnt ubuntu pi cisco postgres oracle mysql ftp ftpuser localadmin domadmin
  gasten gäste guests invités bezoekers besucher visiteurs domainadmin domeinadmin netadmin itadmin monitor viewer technician technicus techniker technicien directie receptie empfang
  balie tester testuser jenkins ansible backupuser bck dbuser dba webuser webadmin sshuser vpnuser
  verwalter gastzugang invite caisse kassa kasse magazijn apc qsecofr qsysopr sys scott ddic sysadm telecomadmin netadm netops manager verkoper manage upsmon stagiair stagiaire maint mtcl installateur installer monteur kellner`)

/** First names that many have, as accounts of small networks are called. */
export const FIRST_NAMES = words(`
  jan piet kees henk jeroen peter tom tim bram daan sem lars sven kim anna anne ans els eva lisa sanne sophie marie maria marieke ingrid petra
  karin monique linda erik eric mark marc paul frank hans klaus jürgen juergen stefan thomas michael andreas martin markus uwe wolfgang ute
  heike sabine julia laura pierre jean luc louis paul michel julien nicolas camille chloe claire john mike dave david steve chris james mary
  susan karen kate emma alex sam max robert bob alice carol ruud wim ad bas rob gert joost maarten koen pim fatima mohamed ahmed ali`)

/** Between a user and what the user signs in with. */
export const LINKS = words(
  `with and using then pass password pw pwd met en dan daarna ww wachtwoord code mit und dann danach kennwort passwort avec et puis ensuite mdp`,
)

/** Parts of names of options and keys whose value only its owner may know. */
export const SECRET_NAMES = pattern(
  'pass|pw|secret|auth|token|unlock|cred|psk|phrase|pin(?![gt])|code(?!c|page)|join(?!ed)|enrol|handshake|login|logon|signin|string$|wacht|kennw|mdp|sleutel|schluessel|schlüssel|clef|geheim|toegang|zugang|acces(?!s)|open(?!ssl)|with|waarmee|womit|avec|say|what|key(?!w|b|s|word|board)|^k$|^ww$|woord|wort$|(?<!key)word$|^wlan|^wi-?fi',
)

/** Ends of names that say that even `pskIdentity` and `passwordFile` are none. */
export const PLAIN_ENDS = pattern(
  '(?:identity|name|naam|file|path|id|dir|type|url|hint|policy|length|age|date|expiry|channel|kanal|ssid|mode|method)$',
)

/** Names of options and keys whose value is a name or a figure, whatever it looks like. */
export const PLAIN_NAMES = pattern(
  'name|naam|host|server|computer|machine|node|target|serial|model|version|versie|build|vlan|port|poort|room|kamer|raum|ticket|case|id$|date|time|path|file|dir|folder|url|uri|link|image|tag|branch|commit|rev|hash|sum|digest|integrity|path|format|type|^tn$|class|style|color|font|regex|pattern|filter|query|sku|part|product|sn$|os$|zone|area|subject|title|titel|descr|ssid|group|role|label|release|package|driver|printer|share|volume|disk|drive|database|table|schema|locale|lang|charset|encoding|encryption|cipher|^out|filter|^ring$|^map$|ordner|dossier|bestand|datei|fichier|kenteken|modell|artikel|project|projekt|licen[ts]|lizenz|alg|kernel|firmware|site|location',
)

/** A line in which somebody signs in or hands out access, in the four languages. */
export const SIGN_IN = pattern(
  String.raw`log(?:ged|s|t)? (?:in|on|zich in)\b|log(?:in|on)\b|\buser\b|loggt|se connecte|einlog|sign(?:ed)?[ -]?in|credential|\bcreds?\b|unlock|wi-?fi|wlan|voicemail|alarm|gast(?:en)?\b|guest|invité|besucher|\bcombo|inlog|aanmeld|gebruiker|beheer|toegang|kluis|anmeld|melden sie|zugang|benutzer|tresor|connexion|connect(?:er|ez)|identifiant|\busr=|meldt zich|protected|beveiligd|geschützt|protégé|utilisateur|compte|accès|acces|\bvpn\b|portal`,
)

/** Words that name a password outright. */
export const LABELS = pattern(
  String.raw`pass(?:word|wd|phrase|code|wort)|pasword|\bpass {0,8}[:=[|]|\bpw[d:? ]|\bww\b|wachtwoo|wachtzin|kennwo|mot de passe|\bmdp\b`,
)

/** Before a secret in configurations: `key X`, `md5 X`. */
export const SECRET_WORDS = words(
  `secret key clé clef schlüssel sleutel enroll enrol pair redeem psk md5 sha chap pap community clear cleartext plaintext phrase word pass pw pwd enable passwort wachtwoord ww mdp kennwort`,
)

/** Before what somebody is told to try, or what something is now. */
export const TELLING = words(`
  heißt's heisst's tapez taper tippe tipp verschlossen versleuteld gehört opent öffnet dus ours
  wordt wird devient becomes took takes wants neemt nutzt benutzt gebruikt uses zelfde same idem asked gleiche try take pick put puts keep gebruiken moet vul hou houd garde gardez gardons heisst heißt heet overal partout überall use enter type still it's its now then with to usual one set start starts using gebruik neem probeer typ tik pak nog steeds nu dan met naar
  begin nimm probier probiere benutze verwende mal einfach noch jetzt dann mit auf prends essaie essayez utilise utilisez tape toujours
  maintenant puis avec brauchst brauchen need needs nodig faut zei zegt said says sagt sagte meint dit versuch onthoud remember merk dir retiens note code sleutel old new oud oude nieuw nieuwe altes neu neues ancien nouveau nouvelle accepted accepteert c'est c’est à voici hier here ist is est was war ->`)

/** What may stand between those and the password. */
export const TELLING_FILLERS = words(
  `je u you sie vous tu hier here in maar even eens anders mal halt zum voorlopig tijdelijk vorläufig vorerst provisoirement temporarily just maybe misschien vielleicht first eerst the de het das le la`,
)

/** What types, prints, copies or sends the text that follows it. */
export const TYPING = words(`
  echo printf print send sendln send-user sendline sendkeys type typetext typewrite text write-host write-output set-clipboard clip paste input
  say fill keys keystroke text xdotool read-only`)

/** What is done with an account: "operator add jan X" */
export const ADDING = words('add new create set modify edit update toevoegen anlegen ajouter')
