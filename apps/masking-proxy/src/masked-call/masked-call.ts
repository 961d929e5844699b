import type { DecisionCounts, MaskedEndpoint, TokenGrants } from '@sallyport/masking';
import type { CallScope } from '../scope/call-scopes';

/** What of a call its reply is restored with. */
export interface RestorableCall {
  readonly endpoint: MaskedEndpoint;
  readonly grants: TokenGrants;
  readonly scope: CallScope;
}

/** A call whose body may be sent. */
export interface MaskedCall extends RestorableCall {
  readonly body: Uint8Array;
  readonly decisions: DecisionCounts;
}
