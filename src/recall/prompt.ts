/**
 * Which prompts are worth asking the server about, and what of a prompt is asked. Pure, and cheap: it runs for each prompt, in the hook and
 * on the server. Too much costs a question that finds nothing; too little costs a known solution.
 */

/** What only errors have: codes, names of exceptions, stack traces. */
const CODES = [
  String.raw`\b0x[0-9a-f]{4,8}\b`,
  String.raw`\b(?:error|err|errno|fehler(?:code)?|erreur|fout(?:code)?|errore|erro|event(?: id)?|ereignis|msg|ora|hresult|stop code|exit code|status(?: code)?|http)[\s:#=(/]{1,3}-?[1-9]\d{1,10}\b`,
  String.raw`\b(?:ENOENT|EACCES|EPERM|ETIMEDOUT|EADDRINUSE|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|ENOSPC|ENOMEM|EPIPE|EBUSY|ECONN[A-Z]{5,8})\b`,
  String.raw`\b[a-z][a-z0-9_.]{0,80}(?:exception|error)\b`,
  String.raw`\b(?:AADSTS|ORA-|MSB|CS|TS)\d{4,6}\b`,
  String.raw`traceback \(most recent call last\)`,
  String.raw`^\s*at [^\n]{1,200}[:(]\d+`,
  String.raw`\bcaused by:`,
]

/** What people write of something that does not work: English, German, Dutch, French, Spanish, Italian, Portuguese. */
const WORDS = [
  String.raw`\b(?:errors?|fail(?:s|ed|ing|ures?)?|crash(?:es|ed|ing)?|broken|unable to|cannot|can ?not|can['’]?t|couldn['’]?t|could not|won['’]?t|denied|refused|unreachable|rejected|rejects|no longer|out of (?:memory|space)|(?:is|are) full|nothing happens|disconnect(?:s|ed)|disappear(?:s|ed)|vanished|timed? ?out|blue ?screens?|bsod|hangs|freezes|frozen|stuck|corrupt(?:ed)?|exceptions?)\b`,
  String.raw`\b(?:does|do|did|is|are|was|has|have)(?:n['’]?t| not| no longer) (?:\w+ ){0,2}?(?:work|start|respond|boot|load|open|connect|print|sync|run|send|receive|find|found|respon|reach|come|install|updat|answer|recogni|detect)\w*`,
  String.raw`\b(?:not|no longer|stop(?:s|ped)?) (?:working|responding|starting|loading|booting|printing|syncing|connecting|running|reachable|found|recogni[sz]ed)\b`,
  String.raw`\b(?:is|are|went|goes|been) (?:down|offline)\b|\bkeeps? (?:asking|prompting|dropping|losing|failing|crashing|rebooting|restarting)\b|\b(?:wrong|slow|broke|by itself|again and again|shows? (?:no|nothing)|no (?:connection|internet|network|access))\b|\bloses? (?:the |its |their )?connection`,
  String.raw`fehler(?:meldung|code)?\b|fehlgeschlagen|schl[aä]gt fehl|scheitert|gescheitert|kaputt|abgest[uü]rzt|st[uü]rzt ab|verweigert|st[oö]rung|zeit[uü]berschreitung|\bh[aä]ngt\b|\bh[aä]ngen\b|\bnicht mehr\b|\bfalsch|\blangsam\b|blockiert|\bkeine?n? (?:verbindung|zugriff|internet|netz)`,
  String.raw`\b(?:funktioniert|funktionieren|geht|gehen|l[aä]uft|laufen|startet|starten|klappt|druckt|reagiert|antwortet|verbindet|kann|k[oö]nnen|konnte|erreichbar|gefunden|wird|werden)\b[^.!?\n]{0,60}?\bnicht\b|\bnicht (?:erreichbar|gefunden|m[oö]glich|gestartet|erkannt)`,
  String.raw`\bfout(?:melding(?:en)?|en|code)?\b|mislukt|kapot|geweigerd|vastgelopen|loopt vast|\bstoring\b|\b(?:werkt|werken|start|doet|kan|lukt|print|laadt|reageert|wordt)\b[^.!?\n]{0,40}?\bniet\b|niet (?:bereikbaar|gevonden|mogelijk|meer)|\btraag\b|\bverkeerd|\bgeen (?:verbinding|toegang|internet|netwerk)`,
  String.raw`\berreurs?\b|\b[eé]chec\b|\b[eé]chou[eé]|\bne? ?(?:fonctionne|marche|d[eé]marre|r[eé]pond|s['’]ouvre|imprime)\w* (?:pas|plus)|impossible d|\brefus[eé]|\ben panne\b|\bplant[eé]|introuvable|\blent(?:e|s)?\b|\bmauvais|\bbloqu[eé]`,
  String.raw`\bfall(?:a|o|an|os)\b|\bno (?:funciona|arranca|responde|se puede|imprime|conecta)|denegad|\berrore\b|non (?:funziona|parte|risponde|si apre)|\bimpossibile\b|\berros?\b|\bfalh(?:a|ou)\b|\bn[aã]o (?:funciona|abre|liga|responde)`,
]
const CODE = new RegExp(CODES.join('|'), 'im')
const ERROR = new RegExp([...CODES, ...WORDS].join('|'), 'im')

/** More of a prompt is not looked at: what was pasted behind it is output. */
const LOOKED_AT = 20_000

/** Does it tell of something that went wrong? */
export const describesError = (prompt: string): boolean => ERROR.test(prompt.slice(0, LOOKED_AT))

/** A prompt of so many UTF-16 units is asked as it is. */
const SHORT = 500
const MOST_LINES = 6
const LINE_CHARS = 300

/**
 * What of a prompt describes the error: all of a short one; of a long one, in which the rest would bury it, how it begins and the lines that
 * name an error, those with a code first.
 */
export function errorPart(prompt: string): string {
  if (prompt.length <= SHORT) return prompt
  return [prompt.slice(0, LINE_CHARS), ...errorLines(prompt)].join('\n')
}

/**
 * The lines that name an error, those with a code first; at most six, each of at most 300 UTF-16 units.
 *
 * @param lookedAt UTF-16 units from the start: who has the time for a whole log says so
 */
export function errorLines(text: string, lookedAt = LOOKED_AT): string[] {
  const naming = new Set<string>()
  const withCode = new Set<string>()
  for (const line of text.slice(0, lookedAt).split(/\r?\n|\r/)) {
    const start = line.trim().slice(0, LINE_CHARS)
    if (withCode.size >= MOST_LINES) break
    if (naming.has(start) || withCode.has(start) || !ERROR.test(start)) continue
    if (CODE.test(start)) withCode.add(start)
    else if (naming.size < MOST_LINES) naming.add(start)
  }
  return [...withCode, ...naming].slice(0, MOST_LINES)
}
