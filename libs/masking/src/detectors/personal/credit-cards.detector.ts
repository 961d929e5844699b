import { isLeftBoundary } from '../boundaries';
import { ColumnTitles } from '../columns/column-titles';
import type { Detector, Finding } from '../detector';
import { isDigit } from '../korea/number-text';
import { matchesAt } from '../matches-at';
import type { SearchedText } from '../searched-text';
import { isOfIssuer } from './card-issuers';
import { forEachCardShape } from './card-shapes';
import { passesLuhn } from './luhn';

const KIND = 'credit-card';

const BEGINNING = 4;
const REPEATED_DIGIT = /^(\d)(?:\1|\D)*$/;

/** Any of the words below, wherever it stands. */
const CARD_WORD = /card|credit|debit|amex|pan|cc|카드/i;
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
    const reader = new CardReader(searched);
    const findings: Finding[] = [];
    forEachCardShape(searched.text, ({ start, ends, separator }) => {
      const end = ends.find((candidate) => reader.isCard(start, candidate, separator));
      if (end !== undefined) findings.push({ kind: KIND, start, end });
    });
    return findings;
  },
};

/** Tells cards from other numbers that are written like them. */
class CardReader {
  private readonly text: string;
  private readonly titles: ColumnTitles;
  /** Only where a text speaks of cards may a number be one whoever issued it. */
  private readonly speaksOfCards: boolean;

  constructor(searched: SearchedText) {
    this.text = searched.text;
    this.titles = ColumnTitles.of(searched);
    this.speaksOfCards = CARD_WORD.test(this.text);
  }

  /** What is cheap to tell goes first: each group of each number in a list of cards may begin one. */
  isCard(start: number, end: number, separator: string | undefined): boolean {
    const { text } = this;
    const number = text.slice(start, end);
    const isIssued = hasIssuer(text.slice(start, start + BEGINNING), digitCount(number), separator);
    if (!isIssued && !this.speaksOfCards) return false;
    if (!passesLuhn(number) || !isLeftBoundary(text, start)) return false;
    const showsItself = isIssued && (separator !== undefined || !isNamedOtherwise(text, start));
    if (!showsItself && !this.isCalledCard(start)) return false;
    return !REPEATED_DIGIT.test(number) && standsAlone(text, start, end, separator);
  }

  private isCalledCard(start: number): boolean {
    if (!this.speaksOfCards) return false;
    if (!matchesAt(NUMBER_BEFORE, this.text, start) && matchesAt(CARD_CONTEXT, this.text, start)) return true;
    return CARD_TITLE.test(this.titles.titleOf(start) ?? '');
  }
}

function digitCount(number: string): number {
  let count = 0;
  for (let at = 0; at < number.length; at += 1) if (isDigit(number.charCodeAt(at))) count += 1;
  return count;
}

function hasIssuer(beginning: string, count: number, separator: string | undefined): boolean {
  if (isOfIssuer(beginning, count)) return true;
  return separator === '-' && count === DOMESTIC_COUNT && DOMESTIC.test(beginning);
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
