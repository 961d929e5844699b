import type { Span } from '../span';

const SERVER = '[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]';

/** `\\server\share`, also with its backslashes doubled as in a string of JSON or of a programming language. */
const SHARE = new RegExp(
  String.raw`(?<![\\\w:])(?:\\\\(${SERVER})\\(?!\\)[A-Za-z0-9$_가-힣]|\\{4}(${SERVER})\\\\(?!\\)[A-Za-z0-9$_가-힣])`,
  'gd',
);
const SHARE_URL = new RegExp(
  String.raw`(?<![A-Za-z])(?:smb|cifs|nfs|afp):\/\/(?:[^\s/@"'<>]{1,128}@)?(${SERVER})`,
  'gdi',
);

/** Commands that follow the line break of LaTeX, which is written `\\` too. */
const LATEX =
  /^(?:h?line|cline|midrule|toprule|bottomrule|end|begin|frac|text[a-z]*|math[a-z]*|left|right|quad|alpha|beta)$/;
const DIGITS_AND_DOTS = /^[\d.]+$/;

/** Servers of shared folders. */
export function serversOfShares(text: string): Span[] {
  const shares = text.includes('\\\\') ? Array.from(text.matchAll(SHARE)) : [];
  const urls = text.includes('://') ? Array.from(text.matchAll(SHARE_URL)) : [];
  return [...shares, ...urls].flatMap((match) => {
    const [start, end] = match.indices?.[match[1] === undefined ? 2 : 1] ?? [0, 0];
    const server = text.slice(start, end);
    return LATEX.test(server) || DIGITS_AND_DOTS.test(server) ? [] : [{ start, end }];
  });
}
