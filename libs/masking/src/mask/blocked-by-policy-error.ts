import { SallyportError } from '@sallyport/dialects';
import type { MaskKind } from '../kinds/kinds';
import type { DecisionCounts } from '../policy/masking-policy';

/** A request that must not be sent, because it holds values of kinds that the policy blocks. */
export class BlockedByPolicyError extends SallyportError {
  /**
   * @param kinds the blocked ones among what was found
   * @param decisions about everything that was found
   */
  constructor(
    readonly kinds: readonly MaskKind[],
    readonly decisions: DecisionCounts,
  ) {
    super('blocked_by_policy', `The request holds values that must not be sent: ${kinds.join(', ')}`);
  }
}
