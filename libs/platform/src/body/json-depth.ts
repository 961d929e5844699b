const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = [0x5b, 0x7b];
/** `[` and `{`, and `]` and `}`, differ in this bit only. */
const BRACE_BIT = 0x20;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Whether a JSON text in UTF-8 nests deeper than `limit`. Texts with few brackets, however long, are told at the speed
 * of a search for bytes.
 */
export function nestsDeeperThan(limit: number, json: Buffer): boolean {
  return (
    json.length > limit &&
    OPEN.reduce((count, bracket) => count + countUpTo(limit + 1, bracket, json), 0) > limit &&
    scan(limit, json)
  );
}

function countUpTo(most: number, byte: number, bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at !== -1 && count < most; at = bytes.indexOf(byte, at + 1)) count += 1;
  return count;
}

function scan(limit: number, json: Buffer): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] as number;
    if (byte === QUOTE) at = endOfString(json, at);
    else if ((byte | BRACE_BIT) === OPEN_BRACE) depth += 1;
    else if ((byte | BRACE_BIT) === CLOSE_BRACE) depth -= 1;
    if (depth > limit) return true;
  }
  return false;
}

/** Place of the quote that ends the string which begins at `start`; the end of the text when none does. */
function endOfString(json: Buffer, start: number): number {
  for (let at = start + 1; at < json.length; at += 1) {
    if (json[at] === BACKSLASH) at += 1;
    else if (json[at] === QUOTE) return at;
  }
  return json.length;
}
