import { type Done, Evidence, type Mode } from './category.ts'

/** Cuts a session into pieces of work: few and solid, a new one only where something else was asked for. Pure. */

/** A prompt with what was done for it, or what came before the first prompt. */
export interface Block extends Done {
  at: string
  /** Hosts or ids of machines that were worked on. */
  targets: readonly string[]
  /** Those that the prompt names. */
  named: readonly string[]
}

const SHORT_WORDS = 5
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
/** So much must speak for a kind of work before it tells two requests apart. */
const SURE = 3
/** From here on a request begins another piece of work. */
const ANOTHER = 1.5

/** A piece as far as it goes by now, with what the next block is compared with. */
interface Piece {
  blocks: Block[]
  evidence: Evidence
  places: Set<string>
}

/** The blocks of each piece, in their order. */
export function split(blocks: readonly Block[], mode: Mode): Block[][] {
  const pieces: Piece[] = []
  for (const [index, block] of blocks.entries()) {
    let current = pieces.at(-1)
    if (current === undefined || isOther(current, asked(blocks, index), mode)) {
      current = { blocks: [], evidence: new Evidence(mode), places: new Set() }
      pieces.push(current)
    }
    current.blocks.push(block)
    current.evidence.add(block)
    for (const place of [...block.targets, ...block.named]) current.places.add(place)
  }
  return pieces.map((piece) => piece.blocks)
}

/** What is asked for with a prompt, and done with the next one. */
function asked(blocks: readonly Block[], index: number): Block {
  const [block, next] = [blocks[index] as Block, blocks[index + 1]]
  if (isDoneWork(block) || next === undefined || !isDoneWork(next) || OPENS.test(next.prompt ?? '')) return block
  if (GOES_ON.test(block.prompt ?? '') || IS_OVER.test(block.prompt ?? '')) return block
  return { ...next, at: block.at, prompt: block.prompt, named: [...block.named, ...next.named] }
}

const isDoneWork = ({ commands, writes }: Block): boolean => commands.length + writes > 0

function isOther({ blocks, evidence, places }: Piece, block: Block, mode: Mode): boolean {
  if (block.prompt === null || !isDoneWork(block)) return false
  const prompt = block.prompt.replace(THANKS, '')
  const opens = OPENS.test(prompt)
  if (!opens && prompt.trim().split(/\s+/).length < SHORT_WORDS) return false
  // Until something is done it is still being said what is wanted.
  if (!blocks.some(isDoneWork)) return false
  const points =
    (opens ? 2 : GOES_ON.test(prompt) ? -1 : 0) +
    (IS_OVER.test(blocks.at(-1)?.prompt ?? '') ? 0.5 : 0) +
    placePoints(places, block) +
    kindPoints(evidence, new Evidence(mode, [block]))
  return points >= ANOTHER
}

/** Work on other machines is most often other work; above all where the request names one. */
function placePoints(before: ReadonlySet<string>, block: Block): number {
  if (before.size === 0 || block.targets.length === 0) return 0
  if (block.targets.some((target) => before.has(target))) return -1
  return block.targets.some((target) => block.named.includes(target)) ? 2 : 1
}

function kindPoints(before: Evidence, now: Evidence): number {
  const [[one], [other]] = [before.kinds, now.kinds]
  if (one === undefined || other === undefined) return 0
  if (one.category === other.category) return -0.5
  return other.weight >= SURE ? 1.5 : 0.5
}
