import { join } from 'node:path';
import { KeyRing, Masker } from '@sallyport/masking';
import { buildCorpus } from './corpus/corpus';
import { falseAlarms, score, type KindScore, type Score } from './score';
import { measureMaskingSpeed } from './speed';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/**
 * Scores the detectors on the corpus and measures how fast masking is.
 *
 * @param root folder of the repository, whose sources are masked for the figures
 * @returns Markdown
 */
export function benchMasking(root: string): string {
  return `${scoreTables()}\n\n${speedTable(root)}`;
}

function scoreTables(): string {
  const masker = new Masker({ cachedTexts: 0 });
  const scope = new KeyRing({ id: 'bench', secret: Buffer.from('bench') }).scope('bench');
  const find = (text: string) => masker.maskText(text, scope).findings;
  const { plain, inContext, negatives } = buildCorpus();
  const alone = score(plain, find);
  const contexts = Object.entries(inContext).map(([name, samples]) => [name, score(samples, find)] as const);
  const everywhere = score(Object.values(inContext).flat(), find);
  const alarms = falseAlarms(negatives, find).length / negatives.length;
  return [
    'How much of a corpus made from published formats is found. A value counts when no character of it stays.',
    kindTable(alone, everywhere),
    `Recall ${percent(alone.recall)}, mean of the kinds ${percent(alone.meanRecall)}, precision ${percent(alone.precision)}, ` +
      `over-masked ${percent(alone.overMasked)} of the characters around values, ` +
      `false alarms on ${percent(alarms)} of ${negatives.length} hard negatives.`,
    '| context | recall |\n|---|---|\n' +
      contexts.map(([name, { recall }]) => `| ${name} | ${percent(recall)} |`).join('\n'),
  ].join('\n\n');
}

function kindTable(alone: Score, everywhere: Score): string {
  const rows = alone.kinds.map((row) => {
    const elsewhere = everywhere.kinds.find(({ kind }) => kind === row.kind) ?? row;
    return `| \`${row.kind}\` | ${row.values} | ${percent(row.found / row.values)} | ${percent(elsewhere.found / elsewhere.values)} | ${percent(precisionOf(row))} |`;
  });
  return `| kind | values | recall | recall in contexts | precision |\n|---|---|---|---|---|\n${rows.join('\n')}`;
}

function precisionOf({ right, wrong }: KindScore): number {
  return right + wrong === 0 ? 1 : right / (right + wrong);
}

function speedTable(root: string): string {
  const rows = measureMaskingSpeed(join(root, 'libs')).join('\n');
  return [
    'CPU time of masking one request in this process, beside JSON.parse and JSON.stringify of the same; medians.',
    `| measure | masking | JSON alone | ratio | goal |\n|---|---|---|---|---|\n${rows}`,
  ].join('\n\n');
}
