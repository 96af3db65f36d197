import { isHarmless, startsTechnical } from './harmless.ts'
import { isWordLike } from './letter-groups.ts'

/**
 * How much a password a text is by its own shape. The weights were set by hand on 2026-11-22 against made-up passwords of technicians and 270,000
 * lines of benign output: about the logarithm of how many times likelier the shape is among passwords than among the words of command lines.
 */
const WEIGHTS = {
  /** `Kikker!Blauw7`, `Welkom2026!`: letters, digits and a sign, and a word that can be pronounced. */
  wordDigitsSign: 4,
  /** `Fazant!Ei6`: the same with what cannot be pronounced, but is written like words. */
  titles: 4,
  /** `World2!`, `Java8%`: the end of a sentence, a pattern of SQL */
  exclaimed: 2.2,
  /** `xK9$mQ2v`: both cases, digits and a sign, and no word. */
  randomSign: 3.6,
  /** `Kikker!Blauw`: a sign between two words, without a digit. */
  wordsSign: 2.2,
  /** `W1nterjas`: a digit that stands for a letter of a long word. */
  longLeet: 4,
  /** `Kr0kodil`, `B3veiligd2` */
  leet: 3.2,
  /** `RodeFiets88` */
  wordsDigits: 2.6,
  /** `Zomer2024` */
  wordYear: 2.4,
  /** `Oudegracht1998`: folders and events are called so too */
  longWordYear: 2.7,
  /** `gastvrij41`, `Zonnebloem5` */
  wordDigits: 2,
  /** `Poortwachter12`: a long word with a capital, as compounds of Dutch and German are */
  longWordDigits: 2.9,
  /** `local7` */
  wordDigit: 1.2,
  /** `tiger9Blauw` */
  wordDigitsWord: 2,
  /** `Tijdelijk-4821` */
  wordJointDigits: 1.9,
  /** `Kelder_99` */
  titleJointDigits: 2.4,
  /** `hoorn-01` */
  hostLike: 0.8,
  /** `12Kikkers`, `4wielen` */
  digitsWord: 1.6,
  /** `aB3dE5gH7j`: both cases and digits, often changing, and no word. */
  random: 2.2,
  /** `correct-paard-batterij-nietje` */
  words: 1,
  /** `k3j9x2`: one case and digits, often changing. */
  jumble: 1.2,
  hardWordDigits: 2,
  /** `Y7KQ2FAKE`: the same in capitals, as stickers have it; part numbers and serial numbers look so too. */
  capitalCode: 1.6,
}

/** Shares of the weight that are left. */
const CAPITALS_ALONE = 0.5
const TECHNICAL = 0.25
const SIGN_FIRST = 0.8
/** `Archive#2` */
const NUMBERED = 0.75
/** `kimai#4690`: an issue of a project */
const ISSUE = 0.3
/** `Jan#2` */
const REFERENCE = 0.5
/** "+", "@" and "~" stand in versions, addresses and Base64 too, "?" at the end of questions. */
const COMMON_SIGN = 0.7
/** The share of the letters that must belong to words. */
const MIN_WORD_SHARE = 0.6
/** A longer one without words is data: a hash, Base64, an identifier. */
const MAX_RANDOM_CHARS = 24

const MIN_CHARS = 5
const MAX_CHARS = 40

/** A digit or a sign that stands for a letter; "2", "6" and "9" are rarely used so. */
const LEET: Record<string, string> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  8: 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
}

const TITLES = /^[A-Z][a-z]{1,15}[!#$%&*?^+@~][A-Z][a-z]{1,15}[-_.!]?\d{1,4}[!?]?$/

/** `Lohnlauf05`: a compound that the groups of letters take for none */
const HARD_WORD_DIGITS = /^[A-Z](?=[a-z]*[aeiouy][a-z]*[aeiouy])[a-z]{6,20}\d{1,4}$/

/** In small letters only a zero: `arc4random` and `asn1parse` are programs. */
const LONG_LEET = /^(?=.{8})(?:[A-Z][a-z]*[013457]{1,2}[a-z]+|[a-z]+0{1,2}[a-z]+)$/

/** A word and its number. */
const WORD_NUMBER = /^([A-Za-z]{4,36})([-_.]?)(\d{1,6})$/
const MAX_WORD_CHARS = 24
const SEVERAL_WORDS = /^[A-Za-z][a-z]{2,15}(?:[A-Z][a-z]{2,15}){1,3}$/
const TITLE = /^[A-Z][a-z]+$/
const WORDS_AROUND_DIGITS = /^[A-Za-z][a-z]{2,15}\d{1,4}[A-Z][a-z]{2,15}$/

/** What a word with a number after it is worth, with or without a joint between them. */
function wordNumber(word: string, joint: string, digits: string): number {
  const isLong = word.length > MAX_WORD_CHARS
  if (joint !== '') {
    if (isLong) return 0
    if (joint === '-' && /^0?\d$/.test(digits) && /^(?:[a-z]+|[A-Z]+)$/.test(word)) return WEIGHTS.hostLike
    return TITLE.test(word) && /^\d{2,4}$/.test(digits) ? WEIGHTS.titleJointDigits : WEIGHTS.wordJointDigits
  }
  const isYear = /^(?:19|20)\d\d$/.test(digits)
  if (digits.length < 5) {
    if (SEVERAL_WORDS.test(word)) return WEIGHTS.wordsDigits
    if (word.length > 8 && !isLong && TITLE.test(word)) return isYear ? WEIGHTS.longWordYear : WEIGHTS.longWordDigits
  }
  if (isLong) return 0
  if (isYear) return WEIGHTS.wordYear
  return digits.length === 1 && word === word.toLowerCase() ? WEIGHTS.wordDigit : WEIGHTS.wordDigits
}

/** What other texts with a word and without a sign are worth; 0 when they are of no known shape. */
function withWords(value: string): number {
  const [, word = '', joint = '', digits = ''] = WORD_NUMBER.exec(value) ?? []
  if (word !== '') return wordNumber(word, joint, digits)
  if (/^[a-z]+-(?:[a-z]+\d|0?\d)$/.test(value)) return WEIGHTS.hostLike
  if (/^(?:[A-Za-z]{3,12}[-_.]){1,5}[A-Za-z]{3,12}[-_.]?\d{1,6}$/.test(value)) return WEIGHTS.wordJointDigits
  return /^\d{1,6}[-_.]?[A-Za-z]{4,24}$/.test(value) ? WEIGHTS.digitsWord : 0
}

const SIGN = /[!#$%&*?^+@~]/

/** From 0 (no password) to about 4 (hardly anything else). Takes a text without white space. */
export function shapeOf(value: string): number {
  const rough = roughShapeOf(value)
  if (rough === 0 || isHarmless(value)) return 0
  const folded = unaccented(value)
  if (!startsTechnical(folded) || isCapitalCode(folded)) return rough
  return SIGN.test(folded) && wordsIn(folded).length > 1 ? rough : rough * TECHNICAL
}

/** At least the shape, without the dear question whether it is harmless. */
export function roughShapeOf(value: string): number {
  if (value.length < MIN_CHARS || value.length > MAX_CHARS) return 0
  const folded = unaccented(value)
  const isShouted = !/[a-z]/.test(folded) && /[A-Z]/.test(folded)
  if (isShouted && isCapitalCode(folded)) return WEIGHTS.capitalCode
  return (SIGN.test(folded) ? withSign(folded) : withoutSign(folded)) * (isShouted ? CAPITALS_ALONE : 1)
}

/**
 * Whether a text mixes a word with digits or signs at all. Much does that is no password: only where its place already says that it is one, as
 * that after a host and a user.
 */
export function isLoose(value: string): boolean {
  if (shapeOf(value) >= WEIGHTS.wordDigit) return true
  return (
    value.length >= MIN_LOOSE_CHARS &&
    value.length <= MAX_CHARS &&
    /[A-Za-z]/.test(value) &&
    /[\d!#$%&*?^+@~]/.test(value) &&
    wordsIn(unaccented(value)).some((word) => word.length > 3) &&
    !isHarmless(value) &&
    !startsTechnical(value)
  )
}

const MIN_LOOSE_CHARS = 6

// The tables of `normalize` take a millisecond to load: most values have no accents.
const unaccented = (value: string): string =>
  /[^!-~]/.test(value)
    ? value
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, '')
        .replaceAll('ß', 'ss')
    : value

const isCapitalCode = (value: string): boolean =>
  /^(?=(?:[A-Z]*\d){2})(?=(?:\d*[A-Z]){3})[A-Z\d]{8,14}$/.test(value) && changesIn(value) >= 3

function withSign(value: string): number {
  const place = /^[!#$%&*?^+@~]/.test(value) ? SIGN_FIRST : 1
  const rarity = rarityOf(value)
  const hasDigit = /\d/.test(value)
  const words = wordsIn(value)
  const share = words.join('').length / (value.match(/[A-Za-z]/g)?.length ?? 1)
  if (/^[A-Za-z]{2,}\d[!?]$|^[A-Za-z]+\d*%$|^\d+(?:-[a-z]+)+!$/.test(value)) return WEIGHTS.exclaimed
  if (hasDigit && (share >= MIN_WORD_SHARE || isLeet(value))) return WEIGHTS.wordDigitsSign * place * rarity
  if (TITLES.test(value)) return WEIGHTS.titles
  if (hasDigit) return isRandom(value, 7) && value.length <= MAX_RANDOM_CHARS ? WEIGHTS.randomSign * place * rarity : 0
  if (isLeet(value)) return WEIGHTS.leet * place
  if (words.length === 0) return 0
  return words.length > 1 && /[A-Za-z][!#$%&*?^+@~][A-Za-z]/.test(value) ? WEIGHTS.wordsSign * place : 0
}

/** How little the sign stands in other texts. */
function rarityOf(value: string): number {
  if (/^[a-z][\w.-]*#\d+$|^[A-Z]\w*#[a-z]\w*$|^[A-Z][a-z]+[A-Z]\w*#\d+$/.test(value)) return ISSUE
  if (/^[A-Za-z]+#\d$|^[A-Z]?[a-z]{2}#\d+$/.test(value)) return value.length > 6 ? NUMBERED : REFERENCE
  return /[!#$%&*^]|\?(?!$)/.test(value) ? 1 : COMMON_SIGN
}

function withoutSign(value: string): number {
  if (!/\d/.test(value)) return /^(?:[A-Za-z]{3,12}[-_.]){2,6}[A-Za-z]{3,12}$/.test(value) ? WEIGHTS.words : 0
  if (isLeet(value)) return LONG_LEET.test(value) ? WEIGHTS.longLeet : WEIGHTS.leet
  const words = wordsIn(value)
  if (words.length === 0 && value.length > MAX_RANDOM_CHARS) return 0
  if (words.length === 0 && HARD_WORD_DIGITS.test(value)) return WEIGHTS.hardWordDigits
  if (words.length === 0) return isRandom(value, 8) ? WEIGHTS.random : isJumble(value) ? WEIGHTS.jumble : 0
  const known = withWords(value)
  if (known > 0) return known
  if (words.length > 1 && WORDS_AROUND_DIGITS.test(value)) return WEIGHTS.wordDigitsWord
  return isRandom(value, 8) ? WEIGHTS.random : 0
}

/** The words of at least three letters that can be pronounced, also those that only capitals part. */
function wordsIn(value: string): string[] {
  const parts = value.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? []
  return parts
    .filter((part) => part.length > 3 || (part.length === 3 && (SIGN.test(value) || /^[A-Z]/.test(part))))
    .filter(isWordLike)
}

/** Whether a digit inside of letters makes a word of them when it is read as the letter that it looks like. */
function isLeet(value: string): boolean {
  for (const [part] of value.matchAll(/[A-Za-z01345780@$!]{5,24}/g)) {
    const inside = part.replace(/^\d+|[\d@$!]+$/g, '')
    if (!/[A-Za-z][01345780@$!]{1,2}[a-z]|[A-Z][01345780@$!]{1,2}[A-Z]/.test(inside)) continue
    const letters = inside.replace(/[^A-Za-z]/g, (sign) => LEET[sign] ?? sign)
    if (inside.replace(/[^A-Za-z]/g, '').length < 4) continue
    if ((letters.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? []).some((word) => word.length > 4 && isWordLike(word))) return true
  }
  return false
}

/** Both cases and digits that change often, as a generator makes them. */
function isRandom(value: string, minChars: number): boolean {
  if (value.length < minChars || !/[a-z]/.test(value) || !/[A-Z]/.test(value)) return false
  return changesIn(value) >= value.length / 3
}

const isJumble = (value: string): boolean => /^[a-z\d]{8,16}$/.test(value) && changesIn(value) >= value.length / 2

/** How many times the class of character changes. A capital before small letters counts as one of them. */
const changesIn = (value: string): number => (value.match(/[A-Z]?[a-z]+|[A-Z]+|\d+|[^A-Za-z\d]/g)?.length ?? 1) - 1
