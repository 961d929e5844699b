import { TextViewBuilder, type TextView } from './text-view';

/**
 * An escape of JSON or of a programming language at any depth of quoting, a percent-encoded byte, or a character
 * reference of HTML.
 */
const ESCAPE =
  /\\{1,16}(?:["'/bfnrt]|u[0-9A-Fa-f]{4})|%(?:25){0,3}[0-9A-Fa-f]{2}|&(?:quot|apos|lt|gt|amp|#\d{2,3}|#x[0-9A-Fa-f]{2,4});/g;

const PERCENT = 0x25;
const AMPERSAND = 0x26;
const HEX_DIGITS = 4;
const NAMED: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' };
const CONTROLS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/**
 * Undoes the escapes in a text: prompts quote JSON inside JSON, URLs and HTML, where `arn%3Aaws` is an ARN and
 * `\nAKIA…` begins a line. The view holds only what is near an escape.
 *
 * @returns undefined when the text has no escapes
 */
export function viewWithoutEscapes(text: string): TextView | undefined {
  if (!/[\\%&]/.test(text)) return undefined;
  const view = new TextViewBuilder(text);
  const escapes = new RegExp(ESCAPE);
  for (let found = escapes.exec(text); found !== null; found = escapes.exec(text)) {
    view.replace(found.index, escapes.lastIndex, decode(found[0]));
  }
  return view.finish();
}

/** The one character that an escape stands for. */
function decode(escape: string): string {
  const first = escape.charCodeAt(0);
  if (first === PERCENT) return String.fromCharCode(Number.parseInt(escape.slice(-2), 16));
  if (first === AMPERSAND) return decodeReference(escape.slice(1, -1));
  const last = escape.charAt(escape.length - 1);
  // No other escape has a letter before its last four characters: there are only backslashes.
  const unicode = escape.length > HEX_DIGITS + 1 && escape.charAt(escape.length - 1 - HEX_DIGITS) === 'u';
  if (unicode) return String.fromCharCode(Number.parseInt(escape.slice(-HEX_DIGITS), 16));
  return CONTROLS[last] ?? last;
}

function decodeReference(name: string): string {
  if (name[0] !== '#') return NAMED[name] as string;
  return String.fromCharCode(name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)));
}
