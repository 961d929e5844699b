import { setImmediate as nextTurn } from 'node:timers/promises';

type CountTokens = (text: string) => number;

/**
 * Characters that are given to the tokenizer at once. It takes time that grows with the square of a word, and a word
 * may be as long as whoever sends it likes.
 */
const PIECE = 400;
/** A piece ends at a blank as far as this before its end: there it can be cut without an additional token. */
const BLANK_WITHIN = 100;
/** Characters of a longer input that are counted; the others are taken to be like them. */
const MOST_COUNTED = 200_000;
/** Time that counting may take before others get their turn. */
const SLICE_MS = 5;

/**
 * Counts the tokens of texts in OpenAI's current encoding, o200k. Of very long inputs every n-th piece is counted and
 * stands for its neighbours.
 */
export async function countTextTokens(texts: readonly string[]): Promise<number> {
  const countTokens = await loadTokenizer();
  const characters = texts.reduce((sum, { length }) => sum + length, 0);
  const stride = Math.max(1, Math.ceil(characters / MOST_COUNTED));
  let [tokens, counted, index] = [0, 0, 0];
  let sliceEnd = performance.now() + SLICE_MS;
  for (const [text, start, end] of piecesOf(texts)) {
    index += 1;
    if (index % stride !== 0) continue;
    tokens += countTokens(text.slice(start, end));
    counted += end - start;
    if (performance.now() < sliceEnd) continue;
    await nextTurn();
    sliceEnd = performance.now() + SLICE_MS;
  }
  return stride === 1 ? tokens : Math.ceil((tokens / counted) * characters);
}

/** Text with the place in it where a piece begins and ends. */
function* piecesOf(texts: readonly string[]): Generator<[text: string, start: number, end: number]> {
  for (const text of texts) {
    let start = 0;
    while (start < text.length) {
      const end = endOfPiece(text, start);
      yield [text, start, end];
      start = end;
    }
  }
}

function endOfPiece(text: string, start: number): number {
  const end = start + PIECE;
  if (end >= text.length) return text.length;
  const blank = text.slice(end - BLANK_WITHIN, end + 1).lastIndexOf(' ');
  return blank === -1 ? end : end - BLANK_WITHIN + blank;
}

let loading: Promise<CountTokens> | undefined;

/** The encoding is megabytes large, so it is loaded by the first who counts. */
function loadTokenizer(): Promise<CountTokens> {
  loading ??= import('gpt-tokenizer/encoding/o200k_base').then(({ countTokens, setMergeCacheSize }) => {
    // Its cache would keep what clients have written.
    setMergeCacheSize(0);
    // What looks like a control token is text here, and no error.
    const asText = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() };
    return (text) => countTokens(text, asText);
  });
  return loading;
}
