import { isAlphanumeric, isLeftBoundary } from '../boundaries';
import type { Detector, Finding } from '../detector';
import { findMatches } from '../find-matches';
import { ibanLength, passesMod97 } from './iban-registry';

const KIND = 'iban';

/** A country and two check digits. */
const HEAD = /[A-Z]{2}\d{2}(?=[ \u00a0-]?[A-Z0-9])/g;
const HEAD_IN_ANY_CASE = /[A-Za-z]{2}\d{2}(?=[ \u00a0-]?[A-Za-z0-9])/g;

const LOWER_CASE = /[a-z]/;

const CONTEXT_WORD = 'iban';
const LONGEST_CONTEXT = 40;

const SEPARATORS = ' \u00a0-';
const SEPARATOR = /[ \u00a0-]/g;

/** International bank account numbers, in one piece or in groups. */
export const ibans: Detector = {
  kinds: [KIND],
  find: ({ text }) => numbersAt(text, HEAD).filter(({ start, end }) => !LOWER_CASE.test(text.slice(start, end))),
};

/** The same in lower case, where something says that it is one. */
export const lowerCaseIbans: Detector = {
  kinds: [KIND],
  keywords: [CONTEXT_WORD],
  find: ({ text }) => numbersAt(text, HEAD_IN_ANY_CASE).filter(({ start }) => hasContext(text, start)),
};

function numbersAt(text: string, head: RegExp): Finding[] {
  return findMatches(text, head, ({ 0: beginning, index: start }) => {
    const end = isLeftBoundary(text, start) ? endOfIban(text, start, beginning) : undefined;
    return end === undefined ? undefined : { kind: KIND, start, end };
  });
}

/** Reads as many letters and digits as the country's numbers have, with single separators between groups. */
function endOfIban(text: string, start: number, beginning: string): number | undefined {
  const length = ibanLength(beginning.slice(0, 2).toUpperCase());
  if (length === undefined) return undefined;
  let count = 0;
  let at = start;
  for (; count < length; at += 1) {
    if (isAlphanumeric(text.charCodeAt(at))) count += 1;
    else if (!SEPARATORS.includes(text[at] ?? '\n') || !isAlphanumeric(text.charCodeAt(at - 1))) return undefined;
  }
  if (isAlphanumeric(text.charCodeAt(at))) return undefined;
  return passesMod97(text.slice(start, at).replaceAll(SEPARATOR, '')) ? at : undefined;
}

function hasContext(text: string, start: number): boolean {
  return text
    .slice(Math.max(0, start - LONGEST_CONTEXT), start)
    .toLowerCase()
    .includes(CONTEXT_WORD);
}
