import { hash } from 'node:crypto';
import { isAlphanumeric, isLeftBoundary } from '../detectors/boundaries';
import type { Finding } from '../detectors/detector';
import { isCredential, type MaskKind } from '../kinds/kinds';
import { blankTokens } from '../tokens/token-format';

/** Kinds whose detectors need nothing around a value to find it; all others may find it in one place and not another. */
const FOUND_ANYWHERE: ReadonlySet<MaskKind> = new Set([
  'aws-resource-id',
  'aws-access-key-id',
  'aws-bedrock-key',
  'gcp-api-key',
  'github-token',
  'gitlab-token',
  'slack-token',
  'slack-webhook',
  'openai-key',
  'anthropic-key',
  'stripe-key',
  'npm-token',
  'jwt',
  'private-key',
  'email',
  'ip',
  'credit-card',
  'iban',
]);

const SHORTEST_VALUE = 5;
/** A shorter word of letters alone is too common to be masked wherever it stands; passwords often are such words. */
const SHORTEST_WORD = { credential: 16, other: 8 } as const;
const LETTERS_ONLY = /^\p{L}+$/u;

/** Values that are remembered; a body with more of them is no conversation. */
const MOST_VALUES = 4096;
const BUCKETS = 1 << 14;

/**
 * Remembers what was found by its context, to find it again where it stands alone: the bucket of an `s3://` address
 * comes back as the plain argument of a tool. Values are known from the string in which they were found on, never
 * before: what a conversation has sent in an earlier turn must not change with a later one.
 */
export class KnownValues {
  private readonly kinds = new Map<string, MaskKind>();
  private digest = '';
  /** What was learnt since the digest was taken. */
  private readonly undigested: string[] = [];
  /** Digests of two units with which a value begins. */
  private readonly beginnings = new Uint8Array(BUCKETS);
  /** Lengths of the values that begin with the same two units, or with such as have the same digest. */
  private readonly lengths = new Map<number, readonly number[]>();

  /** Whether no more values are remembered. */
  get isFull(): boolean {
    return this.kinds.size >= MOST_VALUES;
  }

  /** Remembers a value, unless it is found anywhere or too common a word. */
  learn(kind: MaskKind, value: string): void {
    if (this.isFull || FOUND_ANYWHERE.has(kind) || this.kinds.has(value)) return;
    const shortestWord = isCredential(kind) ? SHORTEST_WORD.credential : SHORTEST_WORD.other;
    if (value.length < SHORTEST_VALUE || (value.length < shortestWord && LETTERS_ONLY.test(value))) return;
    this.kinds.set(value, kind);
    this.undigested.push(`${kind}\0${value}`);
    const bucket = bucketAt(value, 0);
    this.beginnings[bucket] = 1;
    this.lengths.set(bucket, [...new Set([...(this.lengths.get(bucket) ?? []), value.length])]);
  }

  /** Tells what is known from what was known before, and from what other bodies made known. */
  get state(): string {
    for (const learnt of this.undigested) this.digest = hash('sha256', `${this.digest}\0${learnt}`, 'base64');
    this.undigested.length = 0;
    return this.digest;
  }

  /**
   * Where known values stand in a text, each by itself and not inside a longer word.
   *
   * @param found what is found already, in ascending order and without overlaps: nothing is looked for inside of it
   */
  find(text: string, found: readonly Finding[] = []): Finding[] {
    if (this.kinds.size === 0) return [];
    const visible = blankTokens(text);
    const findings: Finding[] = [];
    let next = 0;
    let covered = 0;
    for (let start = 0; start + SHORTEST_VALUE <= visible.length; start += 1) {
      if (start === found[next]?.start) covered = (found[next++] as Finding).end;
      const bucket = bucketAt(visible, start);
      if (this.beginnings[bucket] === 0 || !mayBegin(visible, start)) continue;
      for (const length of this.lengths.get(bucket) ?? []) {
        // Where a value cannot end there is no need to look it up: there may be hundreds of lengths.
        const end = start + length;
        const kind = end > covered && mayEnd(visible, end) ? this.kinds.get(visible.slice(start, end)) : undefined;
        if (kind !== undefined) findings.push({ kind, start, end });
      }
    }
    return findings;
  }
}

/** Where the values of findings stand in the same text once more, without what told them there. */
export function repeatsOf(text: string, findings: readonly Finding[]): Finding[] {
  if (findings.length === 0) return [];
  const known = new KnownValues();
  for (const { kind, start, end } of findings) {
    if (known.isFull) break;
    known.learn(kind, text.slice(start, end));
  }
  return known.find(text, findings);
}

function bucketAt(text: string, at: number): number {
  return (text.charCodeAt(at) * 131 + text.charCodeAt(at + 1)) & (BUCKETS - 1);
}

/** Only a letter or digit of a value itself could continue a word beside it. */
function mayBegin(text: string, start: number): boolean {
  return !isAlphanumeric(text.charCodeAt(start)) || isLeftBoundary(text, start);
}

function mayEnd(text: string, end: number): boolean {
  if (end > text.length) return false;
  return !isAlphanumeric(text.charCodeAt(end - 1)) || !isAlphanumeric(text.charCodeAt(end));
}
