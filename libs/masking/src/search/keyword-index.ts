import { SearchedText } from '../detectors/searched-text';

const ASCII = 128;

/**
 * Finds all keywords in one pass over a text, in whatever case: the automaton of Aho and Corasick ("Efficient string
 * matching", 1975) with its failure links folded into one transition table.
 */
export class KeywordIndex {
  private readonly classes: Uint8Array;
  private readonly width: number;
  /** Next state by state and class of character. */
  private readonly next: Int32Array;
  /** Numbers of the keywords that end in a state, the ones that are suffixes of others included. */
  private readonly endings: readonly (readonly number[] | undefined)[];
  private readonly words: readonly string[];

  /** @param keywords lower-case ASCII, not empty */
  constructor(keywords: Iterable<string>) {
    const words = [...new Set(keywords)];
    this.words = words;
    ({ classes: this.classes, width: this.width } = classesOf(words));
    const trie = new Trie(words, this.classes, this.width);
    ({ next: this.next, endings: this.endings } = trie.fold());
  }

  /** Where each keyword stands that occurs in `text`. */
  search(text: string): SearchedText {
    const { classes, width, next, endings, words } = this;
    const hits: (number[] | undefined)[] = Array.from(words, () => undefined);
    let state = 0;
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      const symbol = unit < ASCII ? (classes[unit] as number) : 0;
      state = next[state * width + symbol] as number;
      const ended = endings[state];
      if (ended === undefined) continue;
      for (const word of ended) (hits[word] ??= []).push(at + 1 - (words[word] as string).length);
    }
    return new SearchedText(text, new Map(words.flatMap((word, index) => namedHits(word, hits[index]))));
  }
}

function namedHits(word: string, hits: readonly number[] | undefined): [string, readonly number[]][] {
  return hits === undefined ? [] : [[word, hits]];
}

/** Numbers the characters that keywords consist of; all others are of class 0. */
function classesOf(words: readonly string[]): { classes: Uint8Array; width: number } {
  const classes = new Uint8Array(ASCII);
  let width = 1;
  for (const character of new Set(words.join(''))) {
    const unit = character.charCodeAt(0);
    if (unit >= ASCII) throw new Error('keywords are ASCII');
    classes[unit] = width;
    classes[character.toUpperCase().charCodeAt(0)] = width;
    width += 1;
  }
  return { classes, width };
}

class Trie {
  private readonly next: number[] = [];
  /** Numbers of the words that end in a state. */
  private readonly endings: number[][] = [];

  constructor(
    words: readonly string[],
    private readonly classes: Uint8Array,
    private readonly width: number,
  ) {
    this.addState();
    for (const [index, word] of words.entries()) this.insert(word, index);
  }

  /** Breadth first, so the state that a missing transition falls back to is complete already. */
  fold(): { next: Int32Array; endings: (readonly number[] | undefined)[] } {
    const { next, endings, width } = this;
    const fallback = new Int32Array(endings.length);
    const queue = [0];
    for (const state of queue) {
      for (let symbol = 0; symbol < width; symbol += 1) {
        const slot = state * width + symbol;
        const beyond = state === 0 ? 0 : (next[(fallback[state] as number) * width + symbol] as number);
        const child = next[slot] as number;
        if (child === -1) next[slot] = beyond;
        else {
          fallback[child] = beyond;
          (endings[child] as number[]).push(...(endings[beyond] as number[]));
          queue.push(child);
        }
      }
    }
    return { next: Int32Array.from(next), endings: endings.map((list) => (list.length === 0 ? undefined : list)) };
  }

  private insert(word: string, index: number): void {
    let state = 0;
    for (let at = 0; at < word.length; at += 1) {
      const slot = state * this.width + (this.classes[word.charCodeAt(at)] as number);
      if (this.next[slot] === -1) this.next[slot] = this.addState();
      state = this.next[slot] as number;
    }
    (this.endings[state] as number[]).push(index);
  }

  private addState(): number {
    for (let symbol = 0; symbol < this.width; symbol += 1) this.next.push(-1);
    return this.endings.push([]) - 1;
  }
}
