import { isAlphanumeric, isLeftBoundary } from '../boundaries';
import { ColumnTitles } from '../columns/column-titles';
import type { SearchedText } from '../searched-text';
import type { Span } from '../span';
import { labelsIn, type LabelKind, type NumberLabel } from './number-labels';
import { withPlainDigits } from './plain-digits';

/** How far before a number its label may end. */
const REACH_BEFORE = 40;
/** How far behind a number its label may begin. */
const REACH_BEHIND = 8;
const LONGEST_LABEL = 24;

/** Digits and what stands between the groups of a number; at least seven characters. */
const RUN = /\d[-\d .()]{6,}/g;

/** How much in front of a run its patterns see. */
const LEAD = 2;

/** What stands between the numbers of a list. */
const LIST_GAP = /^[^A-Za-z0-9가-힣]{0,6}(?:and|or|및|와|과|또는)?[^A-Za-z0-9가-힣]{0,4}$/i;
const LONGEST_LIST_GAP = 12;

/** A tag of HTML or XML between a label and its number. */
const TAG = /<\/?[A-Za-z][\w:-]{0,20}(?: [^<>]{0,40})?>/g;
/** A date, perhaps with a time, in front of which a label may stand that is not its own. */
const DAY = /^\D{0,2}(?:19|20)\d\d[-.]\d{1,2}[-.]\d{1,2}(?!\d)/;

/** Behind such a label stands its own number. */
const LONGEST_OWN_GAP = 8;
const OWN_NUMBER = /^[^A-Za-z가-힣\n]{0,6}\d/;
/** Between a number and a label behind it: punctuation, Hangul particles, a few words. */
const GAP_BEHIND = /^[^A-Za-z0-9\n]{0,6}(?:(?:is (?:an?|my|the|his|her)|is|at|via) )?$/;

/** A stretch of digits and separators, which may hold several numbers, and what is said about it. */
export interface NumberRun extends Span {
  /** The title of its column, the nearest label in front, or that of the run before when both stand in one list. */
  readonly label: NumberLabel | undefined;
  /** What stands between that label and the first number behind it. */
  readonly gap: string;
  /** What is written, with the characters before its first digit: a parenthesis may stand there. */
  readonly text: string;
  /** How many characters those are. */
  readonly lead: number;
}

/** How a number is written. */
export interface NumberForm {
  /** Global. */
  readonly pattern: RegExp;
  /** Characters of the shortest match. */
  readonly least: number;
}

interface NumberMatch extends Span {
  readonly match: RegExpExecArray;
}

/** Most forms match in no run. */
const NO_MATCHES: readonly NumberMatch[] = [];

const READ = new WeakMap<SearchedText, NumberText>();

/** A text as a reader of numbers sees it: digits and dashes in one form, and the words that say what a number is. */
export class NumberText {
  readonly runs: readonly NumberRun[];

  private constructor(
    readonly text: string,
    titles: ColumnTitles,
  ) {
    this.runs = readRuns(text, columnKinds(titles));
  }

  /** Reads a text once, however many detectors ask. */
  static of(searched: SearchedText): NumberText {
    let read = READ.get(searched);
    if (read === undefined) {
      read = new NumberText(withPlainDigits(searched.text), ColumnTitles.of(searched));
      READ.set(searched, read);
    }
    return read;
  }

  /**
   * Where a pattern matches in a run. A match counts when it stands alone: as no part of a word, of a longer number,
   * of an id whose parts are joined by dashes, or of a decimal.
   */
  matches(run: NumberRun, { pattern, least }: NumberForm): readonly NumberMatch[] {
    if (run.end - run.start < least) return NO_MATCHES;
    pattern.lastIndex = 0;
    let match = pattern.exec(run.text);
    if (match === null) return NO_MATCHES;
    const found: NumberMatch[] = [];
    for (; match !== null; match = pattern.exec(run.text)) {
      const start = run.start - run.lead + match.index;
      const end = start + match[0].length;
      if (this.standsAlone(start, end)) found.push({ start, end, match });
    }
    return found;
  }

  /** The label that stands directly behind a run and does not belong to a number of its own. */
  behind(run: NumberRun): LabelKind | undefined {
    const [label] = labelsIn(this.text, run.end, Math.min(run.end + REACH_BEHIND, this.text.length), true);
    if (label === undefined || !GAP_BEHIND.test(this.text.slice(run.end, label.start))) return undefined;
    return OWN_NUMBER.test(this.text.slice(label.end, label.end + LONGEST_OWN_GAP)) ? undefined : label.kind;
  }

  /** Whether neither more of a word nor more of a number stands around a stretch. */
  standsAlone(start: number, end: number): boolean {
    return this.beginsAlone(start) && this.endsAlone(end);
  }

  /** Whether a number may begin at an offset. */
  beginsAlone(start: number): boolean {
    const { text } = this;
    const before = text.charCodeAt(start - 1);
    if (text[start] === '(') return !isDigit(before);
    if (text[start - 1] === '-') return !isAlphanumeric(text.charCodeAt(start - 2));
    if (text[start - 1] === '.') return !isDigit(text.charCodeAt(start - 2));
    return isLeftBoundary(text, start);
  }

  /** Whether a number may end at an offset. */
  endsAlone(end: number): boolean {
    const { text } = this;
    const next = text[end];
    if (next === '-') return !isAlphanumeric(text.charCodeAt(end + 1));
    if (next === '.') return !isDigit(text.charCodeAt(end + 1));
    return !isAlphanumeric(text.charCodeAt(end));
  }
}

/** What the column of an offset is called; empty when it holds amounts or the like. */
type ColumnKind = (at: number) => LabelKind | '' | undefined;

function columnKinds(titles: ColumnTitles): ColumnKind {
  const kinds = new Map<string, LabelKind | '' | undefined>();
  return (at) => {
    const title = titles.titleOf(at);
    if (title === undefined || title === '') return title;
    if (!kinds.has(title)) kinds.set(title, labelsIn(title, 0, title.length).at(-1)?.kind);
    return kinds.get(title);
  };
}

function readRuns(text: string, columnKind: ColumnKind): NumberRun[] {
  const runs: NumberRun[] = [];
  let last: NumberRun | undefined;
  RUN.lastIndex = 0;
  for (let match = RUN.exec(text); match !== null; match = RUN.exec(text)) {
    const start = match.index;
    const end = RUN.lastIndex;
    const lead = Math.min(LEAD, start);
    const { label, gap } = nameOf(text, { start, end }, last, columnKind);
    last = { start, end, lead, text: text.slice(start - lead, end), label, gap };
    runs.push(last);
  }
  return runs;
}

/** What says what a number is: a label on its line, the title of its column, a label further up, the number before. */
function nameOf(text: string, run: Span, last: NumberRun | undefined, columnKind: ColumnKind) {
  const { start } = run;
  const from = Math.max(last?.end ?? 0, start - REACH_BEFORE - LONGEST_LABEL);
  const nearest = labelsIn(text, from, start).at(-1);
  const named = nearest !== undefined && start - nearest.end <= REACH_BEFORE;
  const gap = named ? text.slice(nearest.end, start) : '';
  if (!named || gap.includes('\n') || nearest.kind === 'bank' || nearest.kind === 'bankWord') {
    const kind = columnKind(start);
    if (kind !== undefined && kind !== '') return { label: { kind, start, end: start }, gap: '' };
    if (kind === '') return { label: undefined, gap: '' };
  }
  // "상담사:" asks back as well as it names a number to call.
  const own = named && !(nearest.kind === 'call' && last !== undefined && isRepeated(text, last, run));
  return own
    ? { label: nearest, gap: gap.replaceAll(TAG, ' ') }
    : { label: inheritedLabel(text, last, run), gap: last?.gap ?? '' };
}

/** The label of the run before, when both stand in one list or the one before only says when. */
function inheritedLabel(text: string, last: NumberRun | undefined, run: Span): NumberLabel | undefined {
  const { start } = run;
  if (last?.label === undefined) return undefined;
  const listed = start - last.end <= LONGEST_LIST_GAP && LIST_GAP.test(text.slice(last.end, start));
  if (listed || isRepeated(text, last, run)) return last.label;
  return start - last.label.end <= REACH_BEFORE && DAY.test(last.text) ? last.label : undefined;
}

/** How far behind a number one of the same form is called the same. */
const REACH_OF_FORM = 48;
/** What such a number may be: of the others there are many of one form. */
const REPEATED_KINDS: readonly LabelKind[] = ['resident', 'foreigner', 'business', 'license', 'account'];

/** Whether a number is written like the one before, as where somebody asks back for it. */
function isRepeated(text: string, { label, end, start: first }: NumberRun, { start, end: behind }: Span): boolean {
  if (label === undefined || !REPEATED_KINDS.includes(label.kind) || start - end > REACH_OF_FORM) return false;
  const length = lastDigit(text, end) - first;
  if (lastDigit(text, behind) - start !== length) return false;
  for (let at = 0; at < length; at += 1) {
    const [one, other] = [text.charCodeAt(first + at), text.charCodeAt(start + at)];
    if (one !== other && !(isDigit(one) && isDigit(other))) return false;
  }
  return true;
}

function lastDigit(text: string, end: number): number {
  let at = end - 1;
  while (!isDigit(text.charCodeAt(at))) at -= 1;
  return at;
}

/** Whether a UTF-16 unit is an ASCII digit. */
export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** Whether a run's label is one of the kinds. */
export function isLabelled(run: NumberRun, ...kinds: readonly LabelKind[]): boolean {
  return run.label !== undefined && kinds.includes(run.label.kind);
}
