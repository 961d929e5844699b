import { applyEdits } from '@sallyport/dialects';
import { TokenGrants } from '../grants/token-grants';
import type { LedgerEntry } from '../ledger/ledger-entry';
import type { DecisionCounts, MaskingPolicy } from '../policy/masking-policy';
import type { ValueLimit } from '../search/value-limit';
import type { MaskingScope } from '../tokens/key-ring';
import { BlockedByPolicyError } from './blocked-by-policy-error';
import { BodyMasker } from './body-masker';
import type { BodyText } from './body-texts';
import type { TextReviewer } from './text-reviewer';

/** What masking made of a body. */
export interface MaskedBody {
  /** The body to send; the very text that came when nothing had to be masked. */
  readonly text: string;
  /** What the reply may be restored from. */
  readonly grants: TokenGrants;
  readonly decisions: DecisionCounts;
}

const NOTHING_REMEMBERED: ReadonlyMap<string, LedgerEntry> = new Map();

/** A body that has been read and can be masked once it is known what of it came from earlier replies. */
export class MaskDraft {
  constructor(
    private readonly body: string,
    private readonly texts: readonly BodyText[],
    private readonly rules: {
      readonly reviewer: TextReviewer;
      readonly policy: MaskingPolicy;
      readonly limit: ValueLimit;
    },
  ) {}

  /** What a model is said to have written, for a look into the ledger; each text once. */
  get modelTexts(): readonly string[] {
    const written = this.texts.filter(({ author, isId }) => author === 'model' && !isId);
    return [...new Set(written.map(({ decoded }) => decoded))];
  }

  /** The first text of the client, by which a conversation can be told from others. */
  get firstText(): string {
    return this.texts.find(({ author }) => author === 'client')?.decoded ?? '';
  }

  /**
   * Masks the body with the tokens of a scope.
   *
   * @param ledger what texts of the model were before they were restored
   * @throws BlockedByPolicyError when the body holds a value that the policy blocks
   * @throws SallyportError `invalid_request` when it holds more distinct values than the limit
   */
  mask(scope: MaskingScope, ledger: ReadonlyMap<string, LedgerEntry> = NOTHING_REMEMBERED): MaskedBody {
    const grants = new TokenGrants(scope.mint);
    const masker = new BodyMasker({ ...this.rules, grants, ledger });
    for (const text of this.texts) masker.mask(text);
    const blocked = Array.from(masker.decisions).filter(({ decision }) => decision === 'block');
    if (blocked.length > 0) {
      const kinds = blocked.map(({ kind }) => kind);
      throw new BlockedByPolicyError(kinds, masker.decisions);
    }
    return { text: applyEdits(this.body, masker.edits), grants, decisions: masker.decisions };
  }
}
