import { isLeftBoundary } from '../boundaries';
import { ColumnTitles } from '../columns/column-titles';
import { isDigit } from '../korea/number-text';
import type { Detector, Finding } from '../detector';
import { matchesAt } from '../matches-at';
import { isOfIssuer } from './card-issuers';
import { forEachCardShape } from './card-shapes';
import { passesLuhn } from './luhn';

const KIND = 'credit-card';

const SHORTEST = 13;
const BEGINNING = 4;
const REPEATED_DIGIT = /^(\d)(?:\1|\D)*$/;

/** What makes a row of digits a card whoever issued it: the word stands right before it. */
const CARD_CONTEXT =
  /(?<=(?:(?<!dis|wild)cards?|credit|debit|amex|\bpan\b|\bccn?\b|cc_?num|카드)[^\n\d,;{}]{0,24}\s{0,4})/iy;
/** Between the word and its card stand no digits, which is cheaper to see. */
const NUMBER_BEFORE = /(?<=\d\s{0,4})/y;
const CARD_TITLE = /(?<!dis|wild)cards?(?![a-z])|\bpan\b|카드/i;
/** Cards for use in Korea only; parcels have numbers that begin like that too, but no dashes. */
const DOMESTIC = /^94/;
const DOMESTIC_COUNT = 16;

/** A name right before a bare number that says that it is something else. */
const OTHER_NAME =
  /(?<=(?:(?:^|[^A-Za-z])(?:ids?|uid|pid|gid|ts|ean|gtin|upc|isbn|imei|iccid|sku|asin|nonce|seq|epoch|time|date|order|offset|size|length|bytes|hash|serial|version|build|trace|span|request|session|snowflake|tracking|invoice|barcode|random|counter|count|total|amount|ticks|lsn|revision|cursor|token|user|message|주문|번호표|송장|운송장)|Id|ID|Ts|Time|timestamp|Timestamp|Date|Seq|Offset|Order|Size|Nonce)(?:[_ -]?(?:[iI]d|ID|[nN]o|[nN]um|[nN]umber|[cC]ode|[kK]ey|[aA]t|ms|us|ns|번호))?\s{0,2}["'`]?\s{0,3}[:=#(]?\s{0,3}["'`]?)/y;

/** Card numbers of 13 to 19 digits with a valid check digit. */
export const creditCards: Detector = {
  kinds: [KIND],
  find(searched) {
    const { text } = searched;
    const titles = ColumnTitles.of(searched);
    const findings: Finding[] = [];
    forEachCardShape(text, ({ start, ends, separator }) => {
      const end = ends.find((candidate) => isCard(text, start, candidate, separator, titles));
      if (end !== undefined) findings.push({ kind: KIND, start, end });
    });
    return findings;
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
  if (!passesLuhn(number) || !isLeftBoundary(text, start)) return false;
  const count = digitCount(number);
  if (count < SHORTEST) return false;
  // What costs the most to tell goes last: each group of each number in a list of cards may begin one.
  if (!isIssued(text, start, count, separator) && !isCalledCard(text, start, titles)) return false;
  return !REPEATED_DIGIT.test(number) && standsAlone(text, start, end, separator);
}

function digitCount(number: string): number {
  let count = 0;
  for (let at = 0; at < number.length; at += 1) if (isDigit(number.charCodeAt(at))) count += 1;
  return count;
}

function isIssued(text: string, start: number, count: number, separator: string | undefined): boolean {
  const beginning = text.slice(start, start + BEGINNING);
  if (separator === undefined) return isOfIssuer(beginning, count) && !isNamedOtherwise(text, start);
  return isOfIssuer(beginning, count) || (separator === '-' && count === DOMESTIC_COUNT && DOMESTIC.test(beginning));
}

function isCalledCard(text: string, start: number, titles: ColumnTitles): boolean {
  if (!matchesAt(NUMBER_BEFORE, text, start) && matchesAt(CARD_CONTEXT, text, start)) return true;
  return CARD_TITLE.test(titles.titleOf(start) ?? '');
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
