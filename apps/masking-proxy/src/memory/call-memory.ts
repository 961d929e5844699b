import { Inject, Injectable } from '@nestjs/common';
import {
  ReplyLedger,
  StoredGrants,
  type LedgerEntry,
  type MaskingScope,
  type RestoredText,
  type StoredGrantSet,
  type TokenGrants,
} from '@sallyport/masking';
import { MaskingKeys } from '../masking-key/masking-keys';
import { StateWatch } from './state-watch';

/** What is remembered from call to call. Without its store nothing is recalled, and nobody has to wait for long. */
@Injectable()
export class CallMemory {
  constructor(
    @Inject(StateWatch) private readonly watch: StateWatch,
    @Inject(ReplyLedger) private readonly ledger: ReplyLedger,
    @Inject(StoredGrants) private readonly grants: StoredGrants,
    @Inject(MaskingKeys) private readonly keys: MaskingKeys,
  ) {}

  /** What texts of the model were before they were restored, for those that are remembered. */
  recall(scope: MaskingScope, texts: readonly string[]): Promise<ReadonlyMap<string, LedgerEntry>> {
    return this.watch.attempt('recall', () => this.ledger.recall(scope, texts), new Map());
  }

  /** Keeps what texts of a reply were before they were restored. */
  remember(scope: MaskingScope, texts: readonly RestoredText[]): Promise<void> {
    return this.watch.attempt('remember', () => this.ledger.remember(scope, texts), undefined);
  }

  /** What was granted to the request of an earlier reply, with whichever key of the tenant that was. */
  loadGrants(tenant: string, id: string): Promise<StoredGrantSet[]> {
    const load = async (): Promise<StoredGrantSet[]> => {
      const sets = await Promise.all(this.keys.scopes(tenant).map((scope) => this.grants.load(scope, id)));
      return sets.filter((set) => set !== undefined);
    };
    return this.watch.attempt('load-grants', load, []);
  }

  /**
   * Keeps what a request was granted.
   *
   * @param ids of the reply, and of the conversation that it belongs to
   */
  async saveGrants(tenant: MaskingScope, ids: readonly string[], grants: TokenGrants): Promise<void> {
    const save = async (): Promise<void> => {
      await Promise.all(ids.map((id) => this.grants.save(tenant, id, grants)));
    };
    await this.watch.attempt('save-grants', save, undefined);
  }
}
