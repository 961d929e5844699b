import type { Detector, Finding } from '../detector';
import { endOf } from '../matches-at';

const KIND = 'private-key';

/** RFC 7468, OpenSSH, PGP, and RFC 4716 with its four dashes. */
const BEGIN =
  /-----BEGIN (?:[A-Z0-9][A-Z0-9 _-]{0,40} )?PRIVATE KEY(?: BLOCK)?-----|---- BEGIN SSH2 (?:ENCRYPTED )?PRIVATE KEY ----/iy;
const END =
  /-----END (?:[A-Z0-9][A-Z0-9 _-]{0,40} )?PRIVATE KEY(?: BLOCK)?-----|---- END SSH2 (?:ENCRYPTED )?PRIVATE KEY ----/iy;

/** A key of 16384 bits has 13 KB in PEM; a PGP block holds several keys. */
const LONGEST_BLOCK = 65536;

/** The shortest real keys have 64 characters; a key that was cut off may have any number. */
const SHORTEST_BODY = 64;
const SHORTEST_REST = 40;
/** Base64 of random bytes holds nearly all of its 64 characters, filler but a few. */
const FEWEST_CHARACTERS = 14;

const BASE64_RUN = /[A-Za-z0-9+/]{16,}/g;

/** Between two lines: line ends as such or escaped, indentation, quotes and what joins strings, marks of a diff. */
const BETWEEN = /(?:[\s"'+,>|#*]|-(?=[\sA-Za-z0-9+/])|\\{1,16}[nrt"]){0,80}/y;
const HEADER_LINE = /(?:Proc-Type|DEK-Info|Version|Comment|Subject|X-[A-Za-z-]{1,30}|Hash|Charset): [^\r\n\\]{1,200}/y;
const FULL_LINE = /[A-Za-z0-9+/]{20,8192}={0,2}/y;
const LAST_LINE =
  /(?=[A-Za-z0-9+/]{0,76}(?:[0-9+/=]|[a-z][A-Z]|[A-Z]{3}))[A-Za-z0-9+/]{1,76}={0,2}(?=\.{3}|…|[\s"'\\\x60]|$)/y;

/** Private keys in PEM and its relatives: whole, cut off, with escaped line ends, on one line. */
export const privateKeys: Detector = {
  kinds: [KIND],
  keywords: ['-----begin', '---- begin', '-----end', '---- end'],
  find(searched) {
    const { text } = searched;
    const ends = [...searched.at('-----end'), ...searched.at('---- end')].toSorted(ascending);
    const begins = [...searched.at('-----begin'), ...searched.at('---- begin')].toSorted(ascending);
    const findings: Finding[] = [];
    let nextEnd = 0;
    begins.forEach((start, index) => {
      const body = endOf(BEGIN, text, start);
      if (body === undefined) return;
      const limit = Math.min(begins[index + 1] ?? text.length, start + LONGEST_BLOCK);
      while (nextEnd < ends.length && (ends[nextEnd] as number) < body) nextEnd += 1;
      const end = blockEnd(text, body, limit, ends[nextEnd]);
      if (end !== undefined) findings.push({ kind: KIND, start, end });
    });
    return findings;
  },
};

function ascending(a: number, b: number): number {
  return a - b;
}

/** Where the block ends whose body begins at `body`, when there is a key in it. */
function blockEnd(text: string, body: number, limit: number, endLine: number | undefined): number | undefined {
  if (endLine !== undefined && endLine < limit) {
    const end = endOf(END, text, endLine);
    if (end !== undefined) return isKey(text.slice(body, endLine), SHORTEST_BODY) ? end : undefined;
  }
  const end = endOfLines(text, body, limit);
  return isKey(text.slice(body, end), SHORTEST_REST) ? end : undefined;
}

function isKey(body: string, shortest: number): boolean {
  const runs = body.match(BASE64_RUN)?.join('') ?? '';
  return runs.length >= shortest && new Set(runs).size >= FEWEST_CHARACTERS;
}

/** The end of the lines of a key whose own end is missing. */
function endOfLines(text: string, body: number, limit: number): number {
  let end = body;
  for (;;) {
    const at = endOf(BETWEEN, text, end) as number;
    const line = endOf(HEADER_LINE, text, at) ?? endOf(FULL_LINE, text, at);
    if (line === undefined || line > limit) {
      const last = end === body ? undefined : endOf(LAST_LINE, text, at);
      return last === undefined || last > limit ? end : last;
    }
    end = line;
  }
}
