const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();

const ALPHABETS: Readonly<Record<string, string>> = {
  digits: DIGITS,
  hex: `${DIGITS}abcdef`,
  HEX: `${DIGITS}ABCDEF`,
  lower: LOWER + DIGITS,
  upper: UPPER + DIGITS,
  alnum: LOWER + UPPER + DIGITS,
  word: `${LOWER + UPPER + DIGITS}_-`,
  base64: `${LOWER + UPPER + DIGITS}+/`,
  base32: `${LOWER}234567`,
};

/** A generator of the linear congruential kind: the same secrets in every run, and none of them in the repository. */
function randoms(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(state >> 33n) / 2 ** 31;
  };
}

/**
 * Fills in a template: `ghp_{alnum36}` becomes a token with 36 random letters and digits, `{uuid}` a UUID. Random parts
 * begin and end with a letter or digit, as the boundaries of a token otherwise depend on chance.
 */
export function sampleOf(template: string, seed = 1): string {
  const random = randoms(seed + template.length);
  const part = (alphabet: string, length: number): string =>
    Array.from({ length }, (_, at) => {
      const characters = ALPHABETS[alphabet] as string;
      const usable = at === 0 || at === length - 1 ? characters.replaceAll(/[_+/-]/g, '') : characters;
      return usable[Math.floor(random() * usable.length)] as string;
    }).join('');
  return template.replaceAll(
    /\{(?:uuid|(base64|base32|[a-zA-Z]+)-?(\d+))\}/g,
    (_whole, alphabet?: string, length?: string) =>
      alphabet === undefined
        ? [8, 4, 4, 4, 12].map((digits) => part('hex', digits)).join('-')
        : part(alphabet, Number(length)),
  );
}
