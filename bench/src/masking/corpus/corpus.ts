import { Random } from '../random';
import { AWS_VALUES } from './aws.values';
import { CONTEXTS } from './contexts';
import { HARD_NEGATIVES, RANDOM_NEGATIVES } from './negatives';
import { PERSONAL_VALUES } from './personal.values';
import { sampleOf, type Sample } from './sample';
import { TOKEN_VALUES } from './tokens.values';

const VALUES_PER_SOURCE = 12;
const RANDOM_TEXTS_PER_SOURCE = 60;

interface Corpus {
  /** Every value in its usual setting alone. */
  readonly plain: readonly Sample[];
  /** The same values in each of the contexts, by the context's name. */
  readonly inContext: Readonly<Record<string, readonly Sample[]>>;
  /** Texts in which nothing must be found. */
  readonly negatives: readonly string[];
}

/** The same corpus in every run. */
export function buildCorpus(): Corpus {
  const random = new Random(20261121);
  const marked = [...AWS_VALUES, ...TOKEN_VALUES, ...PERSONAL_VALUES].flatMap(({ kind, make }) =>
    Array.from({ length: VALUES_PER_SOURCE }, () => ({ kind, text: make(random) })),
  );
  const inContext = Object.entries(CONTEXTS).map(
    ([name, wrap]) => [name, marked.map(({ kind, text }) => sampleOf(kind, wrap(text)))] as const,
  );
  return {
    plain: marked.map(({ kind, text }) => sampleOf(kind, text)),
    inContext: Object.fromEntries(inContext),
    negatives: [
      ...HARD_NEGATIVES,
      ...Object.values(RANDOM_NEGATIVES).flatMap((make) =>
        Array.from({ length: RANDOM_TEXTS_PER_SOURCE }, () => make(random)),
      ),
    ],
  };
}
