/**
 * Words of the trade in German, Dutch and French, and what they are called in English: technicians ask in their own language for what a colleague
 * wrote in English. Whole words, and parts of compounds of German and Dutch ("Lizenzserver" is "license" too). Data; a word more is a line more.
 */

const ENTRIES = `
drucker drukker printer imprimante = printer print
druckt drucken gedruckt printen imprimer imprime = print
netzwerk netwerk reseau = network
freigabe gedeelde partage = share
laufwerk schijf lecteur disque festplatte = drive disk
postfach mailbox boite = mailbox
kennwort passwort wachtwoord = password
benutzer gebruiker utilisateur nutzer = user
anmeldung anmelden angemeldet aanmelden inloggen connexion = logon login sign
abgemeldet abmelden afgemeld uitgelogd deconnecte = logoff logged sign
lizenz licentie licence = license
zertifikat certificaat certificat = certificate
sicherung datensicherung backup reservekopie sauvegarde = backup
wiederherstellung wiederherstellen herstellen terugzetten restauration restaurer = restore
fehler fout erreur fehlermeldung foutmelding = error
langsam traag trage lent lente = slow
absturz abgestuerzt vastgelopen plante plantage haengt hangt = crash hang freeze
verbindung verbinding verbunden = connection connect
abgelaufen verlopen expire abgelaufenes verlaufen = expired
absender afzender expediteur = sender
antworten antwoorden repondre reponses = reply
empfaenger ontvanger destinataire = recipient
rechnung factuur facture = invoice
lieferschein pakbon bon = delivery note
bestellung order commande = order
aktualisierung update mise bijwerken = update
neustart herstart opnieuw redemarrage neu = restart reboot
dienst dienste service services = service
speicher geheugen memoire = memory storage
speicherplatz schijfruimte espace = space disk
voll vol plein = full
bildschirm scherm ecran monitor = screen display monitor
tastatur toetsenbord clavier = keyboard
maus muis souris = mouse
kabel cable = cable
funk wlan draadloos sansfil wifi = wifi wireless
telefon telefoon telephone = phone
anruf oproep appel = call
berechtigung rechten droits rechte machtiging = permission rights access
zugriff toegang acces zugang = access
gesperrt geblokkeerd bloque blockiert = blocked locked
gast gasten invite = guest
richtlinie beleid strategie = policy
sicherheit beveiliging securite = security
gemeinsam gemeinsamen gedeeld partagee = shared
ordner map dossier = folder
datei bestand fichier = file
datenbank databank database = database
bericht rapport verslag = report
aufgabe taak tache = task
umgebung omgeving = environment
umstellung umzug migratie migration verhuizing = migration move
fernzugriff fernwartung externe = remote access
heimarbeit homeoffice thuiswerken thuis teletravail = home remote
einwahl inbellen = dial vpn
falsch falscher verkeerd verkeerde mauvais mauvaise = wrong
fehlt fehlen ontbreekt manque = missing
leer lege vide = blank empty
kaputt stuk defekt defect panne = broken failed defective
langsamer = slow
bank banque = bank
buchhaltung boekhouding comptabilite = accounting
lager magazijn entrepot = warehouse
praxis praktijk cabinet = practice
pflege pflegepersonal verpleging infirmier infirmiers = nurse nursing staff
patient patienten patients = patient
schule school ecole = school
lehrer leraar docent enseignant = teacher
schueler leerling eleve = pupil student
kanzlei advocaten avocat anwalt = law attorney lawyer
buero kantoor bureau = office
server serveur = server
rechner computer ordinateur = computer pc
kamera camera = camera
uhr tijd zeit heure = time clock
stunde uur viertelstunde kwartier = hour minutes
sperrt sperre vergrendelt verrouille = lock
schwarz zwart noir = black
etikett label etiquette = label
kasse kassa caisse = register till
warnung waarschuwing avertissement = warning
alarm alerte melding meldung = alert
firewall pare brandmauer = firewall
verschluesselt verschluesselung versleuteld chiffre = encrypted encryption
virenschutz antivirus virus = antivirus
spam junk unerwuenscht ongewenst indesirable = spam junk
anhang bijlage piece = attachment
unterschrift handtekening signature = signature
kalender agenda calendrier = calendar
besprechung vergadering reunion = meeting
synchronisiert synchronisieren synchroniseert synchronise = sync
leitung lijn ligne = line
stromausfall stroomuitval coupure strom stroom = power outage
ausfall storing uitval = outage failure
ersetzt vervangen remplace austausch = replaced replace
eingerichtet ingericht configure einrichten instellen = set setup configured
entscheidung entschieden besluit beslissing decision beschluss = decision decided
vertrag contract contrat = contract agreement
kunde klant client = customer client
standort vestiging site filiale = site branch
schluessel sleutel cle = key
adresse adres = address
`

/** English words by a word of another language, in small letters without accents. */
const ENGLISH = new Map<string, readonly string[]>()
for (const line of ENTRIES.trim().split('\n')) {
  const [words = '', english = ''] = line.split(' = ')
  for (const word of words.split(' ')) ENGLISH.set(word, [...(ENGLISH.get(word) ?? []), ...english.split(' ')])
}

/** Shorter ones stand in many words by chance. */
const SHORTEST_PART = 5
const PARTS = [...ENGLISH.keys()].filter((word) => word.length >= SHORTEST_PART)

/** What the words of a text are called in English; empty for an English text. Pure. */
export function inEnglish(text: string): string[] {
  const plain = text
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
  const found = new Set<string>()
  for (const word of plain.match(/[a-z]{3,}/g) ?? []) {
    const whole = ENGLISH.get(word)
    const parts = whole ? [] : PARTS.filter((part) => word.length > part.length && word.includes(part))
    for (const english of whole ?? parts.flatMap((part) => ENGLISH.get(part) as readonly string[]))
      if (english !== word) found.add(english)
  }
  return [...found]
}
