import type { MaskingStatePort } from '@sallyport/masking';

/** A store of masking state that an app owns. */
export interface MaskingStateStore extends MaskingStatePort {
  /** @throws SallyportError `unavailable` when the store cannot be reached */
  check(): Promise<void>;
  close(): Promise<void>;
}
