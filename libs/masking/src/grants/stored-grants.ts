import type { MaskKind } from '../kinds/kinds';
import type { MaskingStatePort } from '../state/masking-state.port';
import type { MaskingScope } from '../tokens/key-ring';
import type { StoredGrantSet } from './grant';
import type { TokenGrants } from './token-grants';

const PURPOSE = 'stored grants';

/** A {@link StoredGrantSet} as it is sealed. */
interface SealedGrants {
  readonly grants: readonly (readonly [token: string, kind: MaskKind, value: string, hosts: readonly string[]])[];
  readonly trusted: readonly string[];
}

/**
 * Keeps what a request was granted under the id of its reply, for requests that continue the reply without repeating
 * it (`previous_response_id`, conversations, replies that are fetched later). Values are sealed with AES-256-GCM under
 * a key of the scope and bound to the id, so nobody else's id opens them.
 */
export class StoredGrants {
  /** @param ttlSeconds how long grants are kept */
  constructor(
    private readonly state: MaskingStatePort,
    private readonly ttlSeconds: number,
  ) {}

  /**
   * Looks up what was kept under the id of a reply.
   *
   * @returns undefined when nothing is kept under the id, or not by this scope
   */
  async load(scope: MaskingScope, id: string): Promise<StoredGrantSet | undefined> {
    const [sealed] = await this.state.get([scope.digest(PURPOSE, id)]);
    const plain = sealed === undefined ? undefined : scope.open(sealed, contextOf(id));
    if (plain === undefined) return undefined;
    const { grants, trusted } = JSON.parse(Buffer.from(plain).toString('utf8')) as SealedGrants;
    return {
      grants: grants.map(([token, kind, value, hosts]) => [token, { kind, value, hosts: new Set(hosts) }] as const),
      trustedHosts: trusted,
    };
  }

  /** Keeps grants under the id of a reply, in place of what was kept under it. */
  async save(scope: MaskingScope, id: string, grants: TokenGrants): Promise<void> {
    const sealed: SealedGrants = {
      grants: Array.from(grants.entries(), ([token, { kind, value, hosts }]) => [token, kind, value, [...hosts]]),
      trusted: [...grants.trustedHosts],
    };
    const value = scope.seal(Buffer.from(JSON.stringify(sealed)), contextOf(id));
    await this.state.put([{ name: scope.digest(PURPOSE, id), value }], this.ttlSeconds);
  }
}

function contextOf(id: string): string {
  return `${PURPOSE}\0${id}`;
}
