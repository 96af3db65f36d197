import { lazy } from '../names/words.ts'

const { raw } = String

/** What links a label to its value. As in `labels.ts` the text is read in lower case. */

/** What may stand around a verb that says what something is or becomes. */
const ADVERB =
  '(?:now|currently|still|again|just|simply|temporarily|set|reset|changed|updated|back|for now|from now on|today|nu|nog|steeds|nog steeds|weer|gewoon|voorlopig|tijdelijk|gezet|gereset|gewijzigd|veranderd|aangepast|ingesteld|geworden|voortaan|vanaf nu|per direct|jetzt|nun|noch|immer noch|wieder|einfach|vorläufig|gesetzt|geändert|zurückgesetzt|ab sofort|ab jetzt|ab heute|erstmal|maintenant|désormais|dès maintenant|toujours|encore|simplement|provisoirement|mis|remis|changé|modifié|réinitialisé)'
const IS =
  "(?:is|was|are|'s|has been|should be|will be|becomes|became|reads|equals|blijft|wordt|werd|luidt|heet|ist|isch|war|lautet|lauten|wird|wurde|bleibt|heißt|c['’]est|est|sont|était|devient|sera|reste|es|è|é|är|jest)"
const TO = '(?:to|into|as|naar|op|in|auf|zu|à|en|par)'
const CHANGED =
  '[a-z]{0,12}(?:set|changed?|changing|updated?|rotated?|gezet|gewijzigd|wijzig|veranderd?|aangepast|ingesteld|zet|geändert|gesetzt|setze|ändere|remis|mis|changé|modifié|initialisé)'
const AFTER_VERB = raw`(?:[ \t]{0,3}[:=])?[ \t\r\n]{1,6}`

/** `:`, `=`, an arrow or a dash, also with the value in the next line; "is", "was changed to", "lautet jetzt:"; "changed to", "reset to". */
const POINTS = raw`["'*_)\]]{0,4}[ \t\u00a0]{0,8}(?::|={1,2}>?|:=|-{1,2}>|→|⇒|(?<=[ \u00a0])[-–—](?=[ \t]))[*_]{0,3}[ \t\u00a0]{0,8}(?:\r?\n[ \t>]{0,8})?`
const SAYS = raw`[ \t]{1,3}${IS}(?:[ \t]{1,3}${ADVERB}){0,3}(?:[ \t]{1,3}${TO})?${AFTER_VERB}`
const CHANGES = raw`[ \t]{1,3}${CHANGED}(?:[ \t]{1,3}${ADVERB}){0,2}[ \t]{1,3}${TO}${AFTER_VERB}`

/** The group tells that it is no verb. */
export const LINK = lazy(`(?<points>${POINTS})|${SAYS}|${CHANGES}`, 'y')
/** "to", "naar": after a verb that stood before the label. */
export const GOES_TO = lazy(raw`[ \t]{1,3}${TO}${AFTER_VERB}`, 'y')
/** "pw erstmal X" */
export const MEANWHILE = lazy(
  raw`[ \t]{1,2}(?:erstmal|vorerst|vorläufig|jetzt|voorlopig|tijdelijk|nu|for now|currently|temporarily|now|provisoirement|pour l['’]instant|maintenant)[ \t]{1,2}`,
  'y',
)
/** A verb of changing before the label, so that "to" goes to the new value. */
export const CHANGED_BEFORE = lazy(
  raw`(?:reset|set|chang|updat|wijzig|verander|zet|aangepast|änder|setz|\bhabe|remis|mis|modifi|initialis)[^.\n]{0,50}$`,
)
/** The same after the value, as Dutch and German have it. */
export const CHANGED_AFTER = lazy(
  raw`^["'’*_)]{0,3}[ \t](?:gezet|gereset|gesetzt|zurückgesetzt|geändert|gestellt|umgestellt|festgelegt|angepasst|gewijzigd|veranderd|aangepast|ingesteld)`,
)
/** A question that the next line answers. */
export const ANSWERED = lazy(raw`[ ]?[?]?[ \t>]{0,4}\r?\n[ \t>]{0,8}`, 'y')
/** A word between the label and the link: "for ana@x.nl", "van de router", "des WLAN-Gastnetzes". */
export const FILLER = lazy(raw`[ \t]{1,3}\(?[a-zß-ÿœ\d][a-zß-ÿœ\d.'’@_/&-]{0,40}[),]?`, 'y')
