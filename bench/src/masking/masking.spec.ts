import { KeyRing, Masker } from '@sallyport/masking';
import { buildCorpus } from './corpus/corpus';
import { falseAlarms, score } from './score';

const masker = new Masker({ cachedTexts: 0 });
const scope = new KeyRing({ id: 'test', secret: Buffer.from('test') }).scope('test');
const find = (text: string) => masker.maskText(text, scope).findings;

/** Of the values of each source that are alike but for their characters, every third is tried in each context. */
const EVERY = 3;

const corpus = buildCorpus();
const alone = score(corpus.plain, find);

describe('the detectors on the corpus', () => {
  it('find at least 97 of 100 values, and 95 of 100 of the average kind', () => {
    const missed = alone.kinds.filter(({ found, values }) => found < values * 0.95).map(({ kind }) => kind);
    expect(missed).toEqual([]);
    expect(alone.recall).toBeGreaterThanOrEqual(0.97);
    expect(alone.meanRecall).toBeGreaterThanOrEqual(0.95);
  });

  it.each(Object.entries(corpus.inContext))(
    'lose at most a hundredth of the values by the context: %s',
    (_name, samples) => {
      expect(
        score(
          samples.filter((_sample, at) => at % EVERY === 0),
          find,
        ).recall,
      ).toBeGreaterThanOrEqual(alone.recall - 0.01);
    },
  );

  it('name what they find by its kind', () => {
    const misnamed = alone.kinds.filter(({ named, values }) => named < values * 0.95).map(({ kind }) => kind);
    expect(misnamed).toEqual([]);
  });

  it('mask at most a hundredth of the characters around values', () => {
    expect(alone.overMasked).toBeLessThanOrEqual(0.01);
  });

  it('fire on at most 2 of 100 hard negatives', () => {
    const alarms = falseAlarms(corpus.negatives, find);
    expect(alarms.length).toBeLessThanOrEqual(corpus.negatives.length * 0.02);
  });
});
