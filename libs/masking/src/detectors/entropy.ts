const ASCII = 128;
/** How often each ASCII character stands in the text that is measured; zero in between. */
const counts = new Uint32Array(ASCII);

/** Shannon entropy of a text in bits per character: low for placeholders such as `XXXXXXXX`, high for random values. */
export function entropy(text: string): number {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= ASCII) {
      counts.fill(0);
      return entropyOfCharacters(text);
    }
    counts[unit] = (counts[unit] as number) + 1;
  }
  let bits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const count = counts[text.charCodeAt(at)] as number;
    if (count > 0) bits += share(count, text.length);
    counts[text.charCodeAt(at)] = 0;
  }
  return bits;
}

function entropyOfCharacters(text: string): number {
  const found = new Map<string, number>();
  for (const character of text) found.set(character, (found.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of found.values()) bits += share(count, text.length);
  return bits;
}

function share(count: number, length: number): number {
  return (-count / length) * Math.log2(count / length);
}
