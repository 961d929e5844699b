import { isLeftBoundary } from '../boundaries';
import { ColumnTitles } from '../columns/column-titles';
import type { Detector } from '../detector';
import { findMatches } from '../find-matches';
import { matchesAt } from '../matches-at';
import { isOfIssuer } from './card-issuers';
import { passesLuhn } from './luhn';

const KIND = 'credit-card';

/** Digits in a row, in fours, or as American Express and Diners Club print them. Looks ahead: candidates may overlap. */
const CARD_SHAPE =
  /\d(?<!\d\d)(?=(\d{12,18}(?!\d)|\d{3}([ \u00a0-])(?:\d{4}\2\d{4}\2\d{1,4}(\2\d{1,3})?|\d{6}\2\d{4,5})(?!\d)))/g;

const SHORTEST = 13;
const LONGEST = 19;
const REPEATED_DIGIT = /^(\d)\1*$/;

/** What makes a row of digits a card whoever issued it: the word stands right before it. */
const CARD_CONTEXT =
  /(?<=(?:(?<!dis|wild)cards?|credit|debit|amex|\bpan\b|\bccn?\b|cc_?num|카드)[^\n\d,;{}]{0,24}\s{0,4})/iy;
const CARD_TITLE = /(?<!dis|wild)cards?(?![a-z])|\bpan\b|카드/i;
/** Cards for use in Korea only; parcels have numbers that begin like that too, but no dashes. */
const DOMESTIC = /^94\d{14}$/;

/** A name right before a bare number that says that it is something else. */
const OTHER_NAME =
  /(?<=(?:(?:^|[^A-Za-z])(?:ids?|uid|pid|gid|ts|ean|gtin|upc|isbn|imei|iccid|sku|asin|nonce|seq|epoch|time|date|order|offset|size|length|bytes|hash|serial|version|build|trace|span|request|session|snowflake|tracking|invoice|barcode|random|counter|count|total|amount|ticks|lsn|revision|cursor|token|user|message|주문|번호표|송장|운송장)|Id|ID|Ts|Time|timestamp|Timestamp|Date|Seq|Offset|Order|Size|Nonce)(?:[_ -]?(?:[iI]d|ID|[nN]o|[nN]um|[nN]umber|[cC]ode|[kK]ey|[aA]t|ms|us|ns|번호))?\s{0,2}["'`]?\s{0,3}[:=#(]?\s{0,3}["'`]?)/y;

/** Card numbers of 13 to 19 digits with a valid check digit. */
export const creditCards: Detector = {
  kinds: [KIND],
  find(searched) {
    const { text } = searched;
    const titles = ColumnTitles.of(searched);
    return findMatches(text, CARD_SHAPE, ({ index: start, 1: rest, 2: separator, 3: last }) => {
      const end = start + 1 + (rest as string).length;
      const ends = last === undefined ? [end] : [end, end - last.length];
      const found = ends.find((candidate) => isCard(text, start, candidate, separator, titles));
      return found === undefined ? undefined : { kind: KIND, start, end: found };
    });
  },
};

function isCard(
  text: string,
  start: number,
  end: number,
  separator: string | undefined,
  titles: ColumnTitles,
): boolean {
  const number = text.slice(start, end);
  if (!passesLuhn(number) || !isLeftBoundary(text, start) || !standsAlone(text, start, end, separator)) return false;
  const digits = separator === undefined ? number : number.replaceAll(separator, '');
  if (digits.length < SHORTEST || digits.length > LONGEST || REPEATED_DIGIT.test(digits)) return false;
  if (separator === '-' && DOMESTIC.test(digits)) return true;
  if (isOfIssuer(digits) && (separator !== undefined || !isNamedOtherwise(text, start))) return true;
  return matchesAt(CARD_CONTEXT, text, start) || CARD_TITLE.test(titles.titleOf(start) ?? '');
}

/** In lists of numbers no letter stands before one, which is cheaper to see. */
const LETTER_BEFORE = /(?<=[A-Za-z가-힣][\s"'`:=#(]{0,10})/y;

function isNamedOtherwise(text: string, start: number): boolean {
  return matchesAt(LETTER_BEFORE, text, start) && matchesAt(OTHER_NAME, text, start);
}

/** What stands before a number of which the digits are only a part: a decimal, a phone, an IBAN, a hexadecimal dump. */
const PART_BEFORE = /(?<=\d\.|(?<![\d,])0,|[+]|(?:^|[\sA-Za-z0-9=:(,])-|[A-Z]{2}\d{2}[ -]?)/y;
const PART_BEHIND = /[A-Za-z]|\.\d|-[A-Za-z0-9]/y;
const HEX_BEFORE = /(?<=(?:^|[^0-9A-Za-z])(?=[0-9]{0,3}[a-f])[0-9a-f]{4} {1,2})/y;
const HEX_BEHIND = / {1,2}(?=[0-9]{0,3}[a-f])[0-9a-f]{4}(?![0-9A-Za-z])/y;

function standsAlone(text: string, start: number, end: number, separator: string | undefined): boolean {
  if (matchesAt(PART_BEFORE, text, start) || matchesAt(PART_BEHIND, text, end)) return false;
  return separator === undefined || !(matchesAt(HEX_BEFORE, text, start) || matchesAt(HEX_BEHIND, text, end));
}
