interface Node<T> {
  readonly next: Map<number, Node<T>>;
  value?: T;
}

const SPACE = 0x20;
const DASH = 0x2d;
const UNDERSCORE = 0x5f;

/** Finds the longest of many words that begins at a place of a text, in whatever case. */
export class WordTrie<T> {
  private readonly root: Node<T> = { next: new Map() };
  /** Whether a word begins with a UTF-16 unit: at most places of a text none does. */
  private readonly begins = new Uint8Array(0x10000);

  /** @param words lower-case, with what each stands for; a space in them also finds a dash and an underscore */
  constructor(words: Iterable<readonly [string, T]>) {
    for (const [word, value] of words) {
      this.insert(word, value);
      for (const first of [word, word.toUpperCase()]) this.begins[first.charCodeAt(0)] = 1;
    }
  }

  /**
   * @returns what the longest word at `at` stands for and the offset behind it
   */
  longest(text: string, at: number): { value: T; end: number } | undefined {
    if (this.begins[text.charCodeAt(at)] === 0) return undefined;
    let node = this.root.next.get(symbolOf(text.charCodeAt(at)));
    let found: { value: T; end: number } | undefined;
    for (let end = at + 1; node !== undefined; end += 1) {
      if (node.value !== undefined) found = { value: node.value, end };
      node = node.next.get(symbolOf(text.charCodeAt(end)));
    }
    return found;
  }

  private insert(word: string, value: T): void {
    let node = this.root;
    for (const character of word) {
      const symbol = symbolOf(character.charCodeAt(0));
      let child = node.next.get(symbol);
      if (child === undefined) {
        child = { next: new Map() };
        node.next.set(symbol, child);
      }
      node = child;
    }
    node.value ??= value;
  }
}

function symbolOf(unit: number): number {
  if (unit === DASH || unit === UNDERSCORE) return SPACE;
  return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
}
