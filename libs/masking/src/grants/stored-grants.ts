import type { MaskKind } from '../kinds/kinds';
import type { MaskingStatePort } from '../state/masking-state.port';
import { sealedPlace, SealedState } from '../state/sealed-state';
import type { MaskingScope } from '../tokens/key-ring';
import type { StoredGrantSet } from './grant';
import type { TokenGrants } from './token-grants';

const PURPOSE = 'stored grants';

/** A {@link StoredGrantSet} as it is stored. */
interface GrantRecord {
  readonly grants: readonly (readonly [token: string, kind: MaskKind, value: string, hosts: readonly string[]])[];
  readonly trusted: readonly string[];
}

/**
 * Keeps what a request was granted under the id of its reply, for requests that continue the reply without repeating
 * it (`previous_response_id`, conversations, replies that are fetched later). What is kept is sealed and bound to the
 * id, so nobody else's id opens it.
 */
export class StoredGrants {
  private readonly state: SealedState;

  /** @param ttlSeconds how long grants are kept */
  constructor(state: MaskingStatePort, ttlSeconds: number) {
    this.state = new SealedState(state, ttlSeconds);
  }

  /**
   * Looks up what was kept under the id of a reply.
   *
   * @returns undefined when nothing is kept under the id, or not by this scope
   */
  async load(scope: MaskingScope, id: string): Promise<StoredGrantSet | undefined> {
    const [record] = await this.state.load([sealedPlace(scope, PURPOSE, id)]);
    if (record === undefined) return undefined;
    const { grants, trusted } = JSON.parse(record) as GrantRecord;
    return {
      grants: grants.map(([token, kind, value, hosts]) => [token, { kind, value, hosts: new Set(hosts) }] as const),
      trustedHosts: trusted,
    };
  }

  /** Keeps grants under the id of a reply, in place of what was kept under it. */
  async save(scope: MaskingScope, id: string, grants: TokenGrants): Promise<void> {
    const record: GrantRecord = {
      grants: Array.from(grants.entries(), ([token, { kind, value, hosts }]) => [token, kind, value, [...hosts]]),
      trusted: [...grants.trustedHosts],
    };
    await this.state.save([[sealedPlace(scope, PURPOSE, id), JSON.stringify(record)]]);
  }
}
