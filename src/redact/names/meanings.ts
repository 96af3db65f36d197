import { FURTHER_NAMES, plain } from './languages.ts'
import type { Meaning } from './vocabulary.ts'

/**
 * How names of one meaning end, without the spaces and articles in them: `mot de passe` is `motpasse`. First what may stand before the end:
 * anything in the same word (`*`), nothing, or one of some words, after a `~` with a word or two between them (`wifi guest key`). `+` is a plural too.
 */
export type Endings = readonly [heads: string, ends: string]

const SLEUTEL = 'sleutel schlussel schlssel'
const NETWORK = 'wpa wep wifi wlan wireless network netzwerk hotspot gast guest ssid'
const SHORT_PASSWORD = 'pwd pass pw psw passwt'

/** In this order: the first that fits names it. */
export const MEANINGS: readonly (readonly [Meaning, ...Endings[]])[] = [
  [
    { kind: 'password', grade: 'strong' },
    [
      '*',
      'psk presharedkey+ presharedsecret netwerksleutel wifisleutel wlansleutel beveiligingssleutel netzwerkschlussel ' +
        'sicherheitsschlussel wlanschlussel vpnschlussel',
    ],
    [
      '',
      'psksecret preshared keycontent keymaterial securitykey sleutelinhoud inhoudvansleutel schlusselinhalt contenucle contenudelacle contenidoclave ' +
        'contenutochiave contenutodellachiave claveseguridad masterauth',
    ],
    ['cle', 'securite reseau wifi wpa partagee wep prepartagee'],
    ['bind', 'cred+ credential+'],
    [`~${NETWORK} radius tacacs ipsec vpn ltp ike tunnel shared`, `key secret code ${SLEUTEL}`],
    ['~snmp', 'community'],
  ],
  [
    { kind: 'password', grade: 'strong' },
    [
      '*',
      'password+ passwordfld passwor passwd paswrd passwrd pasword passwort passworte passhash passphrase passcode kennwort kennworte kenntwort ' +
        'kentwort kenwort wachtwoord wachtwoorden wachtzin motdepasse kennw pasw passw wachtw zugangswort ' +
        'losungswort codewort schlusselwort toegangswoord sleutelwoord codewoord merkwoord codeword magicword unlockphrase ' +
        'loginphrase accessphrase secretphrase securityphrase sesam geheimwort magiewort magicwort',
    ],
    [
      '',
      'motpasse motspasse phrasepasse phrasesecrete passsatz passzin mdp ww cleacces geheimzahl palavrapasse palabrapaso motclau parole',
    ],
    ['*', plain(FURTHER_NAMES)],
    ['access only open unlock login logon admin view', 'word'],
  ],
  [
    { kind: 'password', grade: 'strong' },
    ['', SHORT_PASSWORD],
    [
      'adm admin auth auto bind conf cur db default enable ftp host http imap key ldap local login mail master my mysql new old ' +
        'pg pop ppp proxy rdp read control update require root sa server service sip smb smtp sql ssh store su svc sys temp tmp trust user vnc vpn web wifi wlan x',
      SHORT_PASSWORD,
    ],
  ],
  [
    { kind: 'pin', grade: 'medium' },
    ['*', 'pincode'],
    ['', 'pin puk pukcode codepin'],
    ['alarm user device sim card admin voicemail door lock screen safe', 'pin'],
  ],
  [
    { kind: 'pin', grade: 'medium' },
    [
      '*',
      'toegangscode zugangscode zugriffscode alarmcode deurcode turcode tuercode kluiscode ontgrendelcode entsperrcode inlogcode ' +
        'activatiecode aktivierungscode sicherheitscode beveiligingscode freischaltcode vaultcode installatiecode switchcode ' +
        'keypadcode doorcode gatecode entrycode lockcode integrationcode+',
    ],
    [
      'access entry alarm door gate safe unlock disarm installer engineer security lock garage master duress admin remote enable ' +
        'activation backup recovery scratch rescue auth verification otp mfa herstel nood wiederherstellungs notfall einmal',
      'code+',
    ],
    ['code codes', 'secours recuperation'],
    ['code', 'acces alarme secret porte securite portail'],
  ],
  [
    { kind: 'api-key', grade: 'medium' },
    [
      '*',
      'apikey+ accesskey+ secretkey+ privkey+ privatekey+ authkey+ accountkey+ masterkey+ encryptionkey+ signingkey+ sharedkey+ ' +
        'sessionkey+ licencekey+ licensekey+ productkey+ cryptkey+ herstelsleutel licentiesleutel productsleutel activatiesleutel ' +
        'encryptiesleutel versleutelingssleutel',
    ],
    [
      'app sip admin authentication authorization client consumer data db decryption deploy function functions hmac identity ' +
        'integration jwt licentie machine management mgmt partner recovery security secure serial server service sharedaccess sign ' +
        'signature site storage subscription symmetric unlock validation webhook write read registration join rescue herstel windows ' +
        'office volume activation enrollment agent probe device setup install installation uninstall tamper bypass',
      'key+',
    ],
    ['cle', 'api dapi recuperation licence produit chiffrement recouvrement privee secrete'],
    ['geheime prive persoonlijke private privater geheimer', SLEUTEL],
    ['wiederherstellungs lizenz produkt aktivierungs verschlusselungs api zugriffs', SLEUTEL],
  ],
  [
    { kind: 'secret', grade: 'medium' },
    ['*', 'secret+ geheim geheimnis secretvalue secretstring secrettext'],
    [
      '',
      'seed+ totp otp totpsecret otpseed seedphrase recoveryphrase mnemonic admpwd sharedaccesssignature sastoken sas',
    ],
  ],
  [{ kind: 'api-key', grade: 'weak' }, ['*', SLEUTEL]],
  [{ kind: 'token', grade: 'weak' }, ['*', 'token jeton'], ['', 'jwt bearer pat']],
  [
    { kind: 'secret', grade: 'weak' },
    ['*', 'cred+ credential+'],
    ['', 'inloggegevens zugangsdaten anmeldedaten identifiants'],
  ],
  [{ kind: 'password', grade: 'medium' }, ['*', 'community'], ['', 'communaute']],
  [{ kind: 'secret', grade: 'faint' }, ['', `cookie+ sessionid sessid auth key code ${SLEUTEL} cle sig signature`]],
]
