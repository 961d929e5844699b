import type { MaskKind } from '@sallyport/masking';
import type { Sample } from './corpus/sample';

interface Span {
  readonly start: number;
  readonly end: number;
}

type Found = Span & { readonly kind: MaskKind };
type Find = (text: string) => readonly Found[];

/** How well the values of one kind are found. */
export interface KindScore {
  readonly kind: MaskKind;
  readonly values: number;
  /** Values of which no character stays. */
  readonly found: number;
  /** Values that were found by their own kind. */
  readonly named: number;
  /** Findings of this kind that touch a value. */
  readonly right: number;
  /** Findings of this kind that touch no value. */
  readonly wrong: number;
}

/** How well the values of all kinds are found. */
export interface Score {
  readonly kinds: readonly KindScore[];
  /** Share of all values that were found, 0 to 1. */
  readonly recall: number;
  /** Mean of the recalls of the kinds. */
  readonly meanRecall: number;
  readonly precision: number;
  /** Share of the characters outside of values that were masked. */
  readonly overMasked: number;
}

/** Scores findings against samples. A value counts as found when every one of its characters would be masked. */
export function score(samples: readonly Sample[], find: Find): Score {
  const tally = new Map<MaskKind, { values: number; found: number; named: number; right: number; wrong: number }>();
  const of = (kind: MaskKind) => {
    const known = tally.get(kind) ?? { values: 0, found: 0, named: 0, right: 0, wrong: 0 };
    tally.set(kind, known);
    return known;
  };
  let outside = 0;
  let over = 0;
  for (const { text, values } of samples) {
    const findings = find(text);
    for (const value of values) {
      const row = of(value.kind);
      const covering = findings.filter((finding) => overlap(finding, value) > 0);
      row.values += 1;
      if (covered(value, findings) === value.end - value.start) row.found += 1;
      if (covering.some(({ kind }) => kind === value.kind)) row.named += 1;
    }
    for (const finding of findings) {
      if (values.some((value) => overlap(finding, value) > 0)) of(finding.kind).right += 1;
      else of(finding.kind).wrong += 1;
      over += finding.end - finding.start - covered(finding, values);
    }
    outside += text.length - values.reduce((sum, { start, end }) => sum + end - start, 0);
  }
  const kinds = Array.from(tally, ([kind, row]) => ({ kind, ...row }));
  return { kinds, ...totals(kinds), overMasked: outside === 0 ? 0 : over / outside };
}

/** The texts in which something was found, of texts that hold no value. */
export function falseAlarms(texts: readonly string[], find: Find): readonly string[] {
  return texts.filter((text) => find(text).length > 0);
}

function totals(kinds: readonly KindScore[]): Pick<Score, 'recall' | 'meanRecall' | 'precision'> {
  const sum = (of: (row: KindScore) => number): number => kinds.reduce((total, row) => total + of(row), 0);
  const tested = kinds.filter(({ values }) => values > 0);
  return {
    recall: sum(({ found }) => found) / sum(({ values }) => values),
    meanRecall: tested.reduce((total, { found, values }) => total + found / values, 0) / tested.length,
    precision: sum(({ right }) => right) / sum(({ right, wrong }) => right + wrong),
  };
}

function overlap(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
}

/** How many characters of a span are inside of others, which do not overlap each other. */
function covered(span: Span, others: readonly Span[]): number {
  return others.reduce((total, other) => total + overlap(span, other), 0);
}
