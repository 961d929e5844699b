import type { MaskKind } from '../kinds/kinds';

/** What a token may be replaced by, and where. */
export interface Grant {
  readonly kind: MaskKind;
  readonly value: string;
  /** Hosts of URLs in which the value itself stood: it may go back to them. */
  readonly hosts: Set<string>;
}

/** What an earlier request of the same caller was granted. */
export interface StoredGrantSet {
  readonly grants: readonly (readonly [token: string, grant: Grant])[];
  /** Hosts that the client itself named. */
  readonly trustedHosts: readonly string[];
}
