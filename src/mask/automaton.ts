/**
 * Finds any of many patterns in one pass over the bytes, whatever they are (Aho and Corasick, 1975). The state is a number; its depth is
 * how many of the last bytes are the beginning of a pattern.
 */
export interface Automaton {
  /** The state after one more byte; 0 when no pattern begins with what was seen last. */
  step(state: number, byte: number): number
  depth(state: number): number
  /** The index of the longest pattern that ends in this state, or -1. */
  pattern(state: number): number
  /** The state of the next shorter pattern that ends here as well, or 0. */
  shorter(state: number): number
}

/** @param patterns none of them empty, each once */
export function buildAutomaton(patterns: readonly Uint8Array[]): Automaton {
  const size = 1 + patterns.reduce((sum, pattern) => sum + pattern.length, 0)
  const trie = {
    byte: new Uint8Array(size),
    child: new Int32Array(size),
    sibling: new Int32Array(size),
    fail: new Int32Array(size),
    depth: new Int32Array(size),
    ends: new Int32Array(size).fill(-1),
    shorter: new Int32Array(size),
    /** The children of the root, which has too many to be looked through one by one. */
    first: new Int32Array(256),
    count: 1,
  }
  for (const [index, pattern] of patterns.entries()) insert(trie, pattern, index)
  link(trie)
  const step = (state: number, byte: number) => stepIn(trie, state, byte)
  const longest = (state: number) => (trie.ends[state] !== -1 ? state : at(trie.shorter, state))
  return {
    step,
    depth: (state) => at(trie.depth, state),
    pattern: (state) => at(trie.ends, longest(state)),
    shorter: (state) => at(trie.shorter, longest(state)),
  }
}

interface Trie {
  byte: Uint8Array
  child: Int32Array
  sibling: Int32Array
  fail: Int32Array
  depth: Int32Array
  ends: Int32Array
  shorter: Int32Array
  first: Int32Array
  count: number
}

const at = (numbers: Int32Array | Uint8Array, index: number): number => numbers[index] as number

function childOf(trie: Trie, state: number, byte: number): number {
  if (state === 0) return at(trie.first, byte)
  let child = at(trie.child, state)
  while (child !== 0 && trie.byte[child] !== byte) child = at(trie.sibling, child)
  return child
}

function stepIn(trie: Trie, from: number, byte: number): number {
  let state = from
  for (;;) {
    const next = childOf(trie, state, byte)
    if (next !== 0 || state === 0) return next
    state = at(trie.fail, state)
  }
}

function insert(trie: Trie, pattern: Uint8Array, index: number): void {
  let state = 0
  for (const byte of pattern) {
    const child = childOf(trie, state, byte)
    state = child === 0 ? added(trie, state, byte) : child
  }
  if (trie.ends[state] === -1) trie.ends[state] = index
}

function added(trie: Trie, parent: number, byte: number): number {
  const node = trie.count++
  trie.byte[node] = byte
  trie.depth[node] = at(trie.depth, parent) + 1
  if (parent === 0) {
    trie.first[byte] = node
  } else {
    trie.sibling[node] = at(trie.child, parent)
    trie.child[parent] = node
  }
  return node
}

/** Where to go on when the next byte does not fit: breadth first, because a state needs those of its shorter ones. */
function link(trie: Trie): void {
  const queue = new Int32Array(trie.count)
  let filled = 0
  for (const node of trie.first) if (node !== 0) queue[filled++] = node
  for (let next = 0; next < filled; next++) {
    const node = at(queue, next)
    const fail = at(trie.fail, node)
    trie.shorter[node] = trie.ends[fail] !== -1 ? fail : at(trie.shorter, fail)
    for (let child = at(trie.child, node); child !== 0; child = at(trie.sibling, child)) {
      trie.fail[child] = stepIn(trie, fail, at(trie.byte, child))
      queue[filled++] = child
    }
  }
}
