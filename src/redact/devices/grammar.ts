/** A list is searched as it stands: to make sets of them costs a fresh process more than the few questions it has. */
const isIn = (list: string, word: string): boolean => list.includes(` ${word} `)

const SECRETS =
  ' password passwd password-value passwd-value password-hash passwd-hash password-string passphrase pass-phrase secret pwd psksecret' +
  ' shared-key presharedkey key-string phash authentication-key auth-key psk wpa-key community communities community-string network-key' +
  ' wep-key private-key auth-pass passcode keypass storepass nt-encrypted set-key '

/** Whether the next word after this one is a secret where a line is one of a configuration: `password`, `admin-password`, `secret2`. */
export function isSecretWord(word: string): boolean {
  const plain = word.replace(/(secret)\d$/, '$1')
  for (let at = 0; ; ) {
    if (isIn(SECRETS, plain.slice(at))) return true
    const next = plain.slice(at).search(/[-_]/)
    if (next === -1) return false
    at += next + 1
  }
}

/** Words that are nothing but the name of a secret, whatever stands before: directives of services. */
const LONELY_WORDS =
  ' requirepass masterauth rootpw bindpw bindpasswd bindpassword bind_passwd bind_password rocommunity rocommunity6 rwcommunity' +
  ' rwcommunity6 trapcommunity psksecret key-string pre-shared-key pre-shared-secret sasl_passwd sasl_password smtp_passwd' +
  ' smtp_password encrypted-password plaintext-password phash wpa-passphrase secretpw olcrootpw ldap_bind_pw ldaprootpw sshpass' +
  ' auth_pass auth_password key_passwd '

/** What a line of a configuration begins with when a secret follows further on. */
const FIRST_WORDS =
  ' enable username user users user-name local-user userpassword set edit add config configure neighbor peer ip ipv6 ppp snmp-server' +
  ' snmp-agent snmp snmpv3 tacacs-server tacacs radius-server radius radius-common-pw aaa aaa-server crypto tunnel-group ntp sntp' +
  ' vrrp standby glbp area isis bgp line authentication authentication-server wpa wpa-psk wpa2 security ssid wlan wireless dot11' +
  ' dot1x mgmtuser mgmt-user password mpls hsrp l2tp vpdn isakmp ike ikev1 ikev2 keyring server server-private ldap ldap-server' +
  ' login admin ftp http https ap ap-profile secret pre-shared-key key message-digest-key authentication-key ospf eigrp rip' +
  ' interface option service access-point radio wpapsk wl hostapd nv proposal vpn ipsec privilege sysadmin operator manager uci psk' +
  ' sys super sysname delegate vap stack cluster failover firewall create modify update nas request peer-id bind ldap_bind dhcp ddns' +
  ' dyndns pppoe dialer modem apn smtp voip sip ephone dial-peer sip-ua sftp scp tftp export telnet ssh attach '

/** Of what a plain `key` is a secret. */
export const KEY_OF =
  /(?:tacacs|radius|isakmp|ikev\d|keyring|\bserver|ldap|\bwpa2?|\bwep|dot11|shared|secret|encryption|\bauth(?:entication)?|\bencryption|hmac|-key|\bssid|wlan|peer|\bpsk|\btkip|\baes|\bpre-?shared|\bhost) (?:[^\r\n]{0,80} )?$/

const KINDS =
  ' enc encrypted cipher simple plain plaintext plain-text clear cleartext clear-text hashed hash sha1 sha-1 sha224 sha-224 sha256' +
  ' sha-256 sha384 sha-384 sha512 sha-512 sha md5 des 3des aes aes128 aes-128 aes192 aes-192 aes256 aes-256 irreversible-cipher' +
  ' ascii-text ascii hexadecimal hex ciphertext scrypt bcrypt unencrypted manager operator string name text read write ro rw' +
  ' read-only read-write key local remote is 1 2c 192 256 '
const WORD = /[ \t]{1,20}(\S{1,60})/y

/** Where the secret begins behind its word: how it is written (`7`, `encrypted`), and whose it is, may stand between. */
export function afterKinds(lower: string, from: number): number | undefined {
  for (let at = from; ; at = WORD.lastIndex) {
    WORD.lastIndex = at
    const word = WORD.exec(lower)?.[1]
    if (word === undefined) return undefined
    const isKind = isIn(KINDS, word) || /^(?:[05-9]|1[05]|12\d|192|256)$/.test(word)
    if (/^(?:level|user-name)$/.test(word)) WORD.exec(lower)
    else if (!isKind || !/[ \t]/.test(lower.charAt(WORD.lastIndex))) return WORD.lastIndex - word.length
  }
}

const TAILS =
  ' ro rw read-only read-write readonly encrypted pbkdf2 privilege level role group address hostname view acl access ipv4 ipv6 store' +
  ' confirm mschap nt-encrypted unrestricted restricted operator manager encryption auth-port acct-port timeout retransmit priv auth' +
  ' ldap authorization client clients network-admin vdc-operator network-operator default type no-xauth force save persistent' +
  ' udp-port trap vrf permit 7 0 9 '

/** Whether the rest of a line is what may follow the secret there. */
export function isTail(rest: string): boolean {
  const tail = rest.replace(/^[;'"`,)]*[ \t]*/, '')
  if (tail === '' || tail === '\\' || /^[;#!|&]/.test(tail)) return true
  const word = /^[^\s;,]*/.exec(tail)?.[0] ?? ''
  return isIn(TAILS, word.toLowerCase()) || /^(?:\d{1,4}$|(?:\d{1,3}\.){3}\d)/.test(word)
}

const NO_SECRETS =
  ' require required reset expire expired changed change protected must prompt prompted policy policies recovery encryption' +
  ' management manager authentication authenticated auth login logon file complexity history strength strength-check successfully' +
  ' success is was are be been for to of in on at by or and the a an not no yes with without has have will can may if when from that' +
  ' this your you length minimum maximum min max min-length age aging expiry lifetime lockout attempts retries retry rule' +
  ' requirement check checking verification update updated set unset failed failure incorrect invalid wrong mismatch match matches' +
  ' accepted rejected denied error field hash hashes hint value string name type id pair size bit generation generate generated' +
  ' rotation rollover exchange storage store container provider vault server client user username account group list database dialog' +
  ' box page screen form input option setting config configuration enable enabled disable disabled none null default unknown' +
  ' unchanged empty blank public chain crypto md5 sha sha1 sha256 and/or enter again now then below above only via using used use' +
  " over sync synchronization writeback spray spraying attack guessing cracking manager's mode method level scheme format version" +
  ' usage info information details data service agent helper tool command manual automatic permission access right member attribute' +
  ' solution cmdlet parameter button caps key address hostname '

/** Whether this stands behind such words where no secret is told. */
export const isNoSecret = (value: string): boolean =>
  isIn(NO_SECRETS, plain(value)) ||
  isIn(NO_SECRETS, plain(value).replace(/s$/, '')) ||
  /^(?:\d{1,5}[smhd]?[.,:;!?]*$|\*+[.,:;!?]*$|[<([{]|hmac-|\$[A-Za-z_{(])/.test(value)

const plain = (value: string): string => value.toLowerCase().replace(/[.,:;!?]+$/, '')

export const isLonelyWord = (word: string): boolean => isIn(LONELY_WORDS, word)

export const isFirstWord = (word: string): boolean => isIn(FIRST_WORDS, word)
