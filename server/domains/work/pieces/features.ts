import { type Done, Evidence, type Mode } from './evidence.ts'
import { folded } from './kinds-of-work.ts'

/** What can be said of work in words: what a model is asked with, and what it was taught with (`test/work/train.ts`). Pure. */

const LETTERS = 12

const wordsOf = (text: string): string[] => folded(text).match(/[a-z]{2,}/g) ?? []
/** Programs, cmdlets and what they are told, in lower case. */
const wordsOfCommand = (command: string): string[] =>
  (command.match(/[A-Za-z][\w-]{2,}/g) ?? []).map((word) => word.toLowerCase().slice(0, 20))

/** What is said of a piece of work: how much of each there is, 1 or a part. */
export function kindFeatures(done: readonly Done[], mode: Mode): Map<string, number> {
  const found = new Map<string, number>([[`m${mode}`, 1]])
  const add = (name: string, much = 1): void => {
    found.set(name, Math.max(found.get(name) ?? 0, much))
  }
  const prompts = done.flatMap(({ prompt }) => prompt ?? [])
  for (const [index, prompt] of prompts.entries()) {
    const words = wordsOf(prompt)
    const isFirst = index === 0
    for (const word of words) {
      add(`${isFirst ? '1' : 'l'}${word.slice(0, LETTERS)}`)
      add(`a${word.slice(0, LETTERS)}`, isFirst ? 1 : 0.5)
    }
    if (!isFirst) continue
    add(`0${words[0] ?? ''}`)
    if (prompt.includes('?')) add('?')
  }
  for (const command of done.flatMap(({ commands }) => commands))
    for (const word of new Set(wordsOfCommand(command))) {
      add(`c${word}`)
      const [, verb] = /^([a-z]+)-[a-z]+$/.exec(word) ?? []
      if (verb) add(`v${verb}`)
    }
  if (done.some(({ writes }) => writes > 0)) add('writes')
  return found
}

/** A prompt with what was done for it, or what came before the first prompt. */
export interface Block extends Done {
  at: string
  /** Hosts or ids of machines that were worked on. */
  targets: readonly string[]
  /** Those that the prompt names. */
  named: readonly string[]
}

const isDoneWork = ({ commands, writes }: Block): boolean => commands.length + writes > 0

/** So much must speak for a kind of work before it tells two requests apart. */
const SURE = 3

/** Thanks and the like, before somebody says what is next. */
const THANKS =
  /^(?:\W*(?:ok(?:ay|e|é)?|oké|good|great|nice|fine|all good|thanks?(?: you)?|thx|ty|cheers|danke|dank je|gut|super|passt|goed|top|bedankt|prima|merci|parfait|bien|c'est bon|perfect|done|back|fertig|klaar)\b[\s.,!:;-]*)+/i
/** Says that something else begins. */
const OPENS =
  /^\W*(?:next\b|now (?:the|for|at|that)\b|and (?:for|at)\b|another\b|one (?:more|last|other) (?!folder|file|time)\w|last (?:one|thing)\b|quick one|new (?:ticket|topic|one|thing)\b|other (?:thing|topic)|while (?:that|the|it|im|i'm|i am|you|we)\b|meanwhile|since (?:im|i'm|we|you)\b|they also\b|same (?:client|customer)\b|back to\b|nächste\w*|letzte (?:sache|frage)|damit (?:das|es) nicht|jetzt (?:die|der|das|noch|ruft|meldet|kommt|zu)\b|als nächstes|inzwischen|während|noch (?:was|etwas|eine? \w+|eins)\b|gleicher kunde|zurück zu|weiter (?:im|mit dem) projekt|volgende\b|laatste (?:ding|vraag)|nu (?:de|het|toch|ik)\b|nog (?:een|iets)\b|dan nog\b|zelfde klant|terug naar|intussen|ondertussen|suivant\w*|maintenant\b|autre chose|dernière chose|même client|retour (?:à|au)|entre-temps|pendant (?:ce temps|que)|dann noch|ach ja|ausserdem|außerdem|bovendien|en plus|btw\b|by the way|übrigens|trouwens|au (?:fait|passage)|tant que|plus:|(?:und|and|en|et) (?:noch|dann|another|nog|une?|ein[es]?|a|an|one|aussi|\d)\b|now (?:he|she|they|someone) (?:calls?|reports?|says?)|anderes thema|ander onderwerp|(?:something|anything) else|unrelated|different (?:thing|topic|user|ticket)\b|so (?:it|that|this) (?:doesn'?t|does not|won'?t)|on another note)/i
/** Says that it goes on. */
const GOES_ON =
  /^\W*(?:yes|yep|ok(?:ay)?|no|nope|go on|continue|do (?:it|that|so)|also|then|try|retry|again|still|maybe|perhaps|thanks?|thx|good|great|perfect|works?|check (?:it|them|that)|ja|nein|weiter|mach|auch|dann|nochmal|danke|gut|nee|verder|ook|dan|bedankt|goed|oui|non|continue|vas-y|aussi|puis|encore|merci|parfait|ça)\b/i
/** Says that what was done is over. */
const IS_OVER =
  /\b(?:(?:works?|running|up|back|online|prints?|fixed|solved|done) (?:again|now)?|all good|is green|thanks?|thx|läuft(?: wieder)?|geht wieder|erledigt|danke|fertig|rest (?:morgen|tomorrow)|werkt weer|doet het weer|opgelost|klaar|bedankt|marche|fonctionne|réglé|merci|la suite|tomorrow|morgen|can (?:\w+ ){1,3}again)\b/i

/** A piece as far as it goes by now, with what the next block is compared with. */
export class Growing {
  readonly blocks: Block[] = []
  readonly #mode: Mode
  readonly #evidence: Evidence
  readonly #places = new Set<string>()
  readonly #words = new Set<string>()
  readonly #commandWords = new Set<string>()
  /** Something was done for it: until then it is still being said what is wanted. */
  isBegun = false

  constructor(mode: Mode) {
    this.#mode = mode
    this.#evidence = new Evidence(mode)
  }

  add(block: Block): void {
    this.blocks.push(block)
    this.#evidence.add(block)
    this.isBegun ||= isDoneWork(block)
    for (const place of [...block.targets, ...block.named]) this.#places.add(place)
    for (const word of wordsOf(block.prompt ?? '')) this.#words.add(word)
    for (const command of block.commands) for (const word of wordsOfCommand(command)) this.#commandWords.add(word)
  }

  /**
   * What is said of a block as the beginning of another piece than this one.
   *
   * @param asked what was done for it, which is the next block's where nothing was done yet
   */
  cutFeatures(block: Block, asked: Block): Set<string> {
    const prompt = (block.prompt ?? '').replace(THANKS, '')
    const words = wordsOf(prompt)
    const last = this.blocks.at(-1)
    const long = words.filter((word) => word.length > 3)
    const shared = long.filter((word) => this.#words.has(word)).length
    const run = asked.commands.flatMap(wordsOfCommand)
    const part = (of: number, whole: number) => (whole === 0 ? '-' : Math.min(3, Math.floor((4 * of) / whole)))
    return new Set([
      `words${Math.min(6, Math.floor(words.length / 4))}`,
      `blocks${Math.min(5, this.blocks.length)}`,
      `same words${part(shared, long.length)}`,
      `shared${Math.min(2, shared)}`,
      `same commands${part(run.filter((word) => this.#commandWords.has(word)).length, run.length)}`,
      `place ${this.#placeOf(asked)}`,
      `kind ${this.#kindOf({ ...asked, prompt: block.prompt })}`,
      ...(OPENS.test(prompt) ? ['opens'] : []),
      ...(GOES_ON.test(prompt) ? ['goes on'] : []),
      ...(THANKS.test(block.prompt ?? '') ? ['thanks'] : []),
      ...(IS_OVER.test(last?.prompt ?? '') ? ['was over'] : []),
      ...(isDoneWork(block) ? [] : ['idle']),
      ...(last && isDoneWork(last) ? [] : ['last idle']),
      ...(block.named.length > 0 ? [`named ${block.named.some((one) => this.#places.has(one))}`] : []),
      ...(/\?\s*$/.test(prompt) ? ['?'] : []),
      ...(/[,:;]/.test(prompt) ? [','] : []),
      ...words.slice(0, 2).map((word, at) => `w${at}${word}`),
      ...(words.length > 1 ? [`w01${words[0]}+${words[1]}`] : []),
      ...words.map((word) => `b${word.slice(0, 10)}`),
    ])
  }

  #placeOf({ targets }: Block): string {
    if (targets.length === 0) return 'none'
    if (targets.some((target) => this.#places.has(target))) return 'same'
    return this.#places.size > 0 ? 'other' : 'first'
  }

  #kindOf(block: Block): string {
    const [[before], [now]] = [this.#evidence.kinds, new Evidence(this.#mode, [block]).kinds]
    if (before === undefined || now === undefined) return 'unknown'
    return before.category === now.category ? 'same' : now.weight >= SURE ? 'surely other' : 'other'
  }
}

/** What is done for a prompt, which may be what is done for the next one. */
export function askedFor(blocks: readonly Block[], index: number): Block {
  const [block, next] = [blocks[index] as Block, blocks[index + 1]]
  return isDoneWork(block) || next === undefined || !isDoneWork(next) ? block : next
}
