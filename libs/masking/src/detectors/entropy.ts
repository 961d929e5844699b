const ASCII = 128;
/** How often each ASCII character stands in the text that is measured. */
const counts = new Uint32Array(ASCII);

/** Shannon entropy of a text in bits per character: low for placeholders such as `XXXXXXXX`, high for random values. */
export function entropy(text: string): number {
  counts.fill(0);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= ASCII) return bitsOf(text.length, countCharacters(text));
    counts[unit] = (counts[unit] as number) + 1;
  }
  return bitsOf(text.length, counts);
}

function countCharacters(text: string): Iterable<number> {
  const found = new Map<string, number>();
  for (const character of text) found.set(character, (found.get(character) ?? 0) + 1);
  return found.values();
}

function bitsOf(length: number, numbers: Iterable<number>): number {
  let bits = 0;
  for (const count of numbers) if (count > 0) bits -= (count / length) * Math.log2(count / length);
  return bits;
}
