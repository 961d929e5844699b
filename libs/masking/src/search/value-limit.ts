import { SallyportError } from '@sallyport/dialects';
import type { Finding } from '../detectors/detector';
import type { MaskKind } from '../kinds/kinds';

/** How many distinct values one request may hold: a longer list of them is a database, and no prompt. */
export class ValueLimit {
  /**
   * @param most distinct values
   * @param counts whether the values of a kind are masked
   */
  constructor(
    private readonly most: number,
    private readonly counts: (kind: MaskKind) => boolean,
  ) {}

  /**
   * Tells a text that holds too many values before more is done about each of them.
   *
   * @throws SallyportError `invalid_request` when it does
   */
  checkText(text: string, findings: readonly Finding[]): void {
    if (findings.length <= this.most) return;
    const values = new Map<MaskKind, Set<string>>();
    let count = 0;
    for (const { kind, start, end } of findings) {
      if (!this.counts(kind)) continue;
      let ofKind = values.get(kind);
      if (ofKind === undefined) values.set(kind, (ofKind = new Set<string>()));
      const before = ofKind.size;
      count += ofKind.add(text.slice(start, end)).size - before;
      this.check(count);
    }
  }

  /** @throws SallyportError `invalid_request` when a request holds more values than it may */
  check(count: number): void {
    if (count <= this.most) return;
    throw new SallyportError('invalid_request', `The request holds more than ${this.most} values to mask`);
  }
}
