import type { Detector, Finding } from '../detector';
import { isPlaceholder } from './placeholders';
import { isWordy, looksRandom } from './randomness';

const KIND = 'curl-auth';

/** Behind the name of the header, of a property such as `document.cookie`, or of an option of curl. */
const SEPARATOR =
  /cookie(?:2|Header)?(?:\\{0,8}["'`]|\*\*|\]|\)){0,3}(?:[ \t]{0,4}(?:=>|[:=,])|[ \t])\s{0,4}(?:\*\*\s?)?(?:\\{0,8}["'`]){0,2}/iy;
const PAIR = /([A-Za-z0-9_.:-]{1,80})=(\\{0,8}"?)((?:(?![;,"'`<>\\])[!-~]){0,4096})\\{0,8}"?(?:;[ \t]{0,4})?/y;
/** A flag of `Set-Cookie` between two pairs, such as `HttpOnly`. */
const FLAG = /(?:HttpOnly|Secure|Partitioned)(?:;[ \t]{0,4})?/iy;
const MOST_PAIRS = 64;

/** RFC 6265: what says how a cookie is kept, not what it holds. */
const ATTRIBUTE = /^(?:path|domain|expires|max-age|samesite|priority|version|comment)$/i;
/** Counters of visitors and choices of banners, which sign nobody in. */
const TRACKING =
  /^(?:_ga|_gid|_gat|_gcl|_fbp|_fbc|_hj|__utm|_pk_|ajs_|amplitude|optimizely|cookie|consent|lang|locale|theme|tz|timezone|_dc_gtm|intercom-id|mp_|NID$|CONSENT$)/i;
const SESSION =
  /sess|sid\b|sid$|auth|token|jwt|login|remember|secret|passw|credential|api[-_]?key|\.aspnet|identity|user_?id|connect\.|access|refresh|ticket|csrf|xsrf/i;

/** Values of cookies that stand for a session or a login. */
export const cookies: Detector = {
  kinds: [KIND],
  keywords: ['cookie'],
  find(searched) {
    let behind = 0;
    return searched.at('cookie').flatMap((at): Finding[] => {
      if (at < behind) return [];
      SEPARATOR.lastIndex = at;
      if (!SEPARATOR.test(searched.text)) return [];
      const { findings, end } = pairsAt(searched.text, SEPARATOR.lastIndex);
      behind = end;
      return findings;
    });
  },
};

function pairsAt(text: string, start: number): { findings: Finding[]; end: number } {
  const findings: Finding[] = [];
  let at = start;
  for (let count = 0; count < MOST_PAIRS; count += 1) {
    PAIR.lastIndex = FLAG.lastIndex = at;
    const pair = PAIR.exec(text);
    if (pair === null && !FLAG.test(text)) break;
    if (pair === null) {
      at = FLAG.lastIndex;
      continue;
    }
    const [, name, quote, raw] = pair as unknown as [string, string, string, string];
    const value = raw.replace(/[.)\]*!?:]+$/, '');
    const from = at + name.length + 1 + quote.length;
    if (isSession(name, value)) findings.push({ kind: KIND, start: from, end: from + value.length });
    at = PAIR.lastIndex;
    if (!/;[ \t]{0,4}$/.test(pair[0])) break;
  }
  return { findings, end: at };
}

function isSession(name: string, value: string): boolean {
  if (ATTRIBUTE.test(name) || TRACKING.test(name) || isPlaceholder(value)) return false;
  if (SESSION.test(name)) return value.length >= 6 && !isWordyName(value);
  return looksRandom(value, 16, 3.25);
}

function isWordyName(value: string): boolean {
  return isWordy(value) && !/\d{2,}/.test(value);
}
