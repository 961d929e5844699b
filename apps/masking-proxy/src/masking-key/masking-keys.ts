import { createHmac } from 'node:crypto';
import type { MaskingSettings } from '@sallyport/config';
import { KeyRing, type MaskingKey, type MaskingScope } from '@sallyport/masking';
import { loadMaskingKey } from './load-masking-key';
import { secretBytes } from './secret-bytes';

const ID_DIGITS = 12;

/** The key that tokens are made with, and those before it. */
export class MaskingKeys {
  /** Ids of the keys, the current one first, then the latest before it. */
  readonly ids: readonly string[];
  private readonly ring: KeyRing;

  /** @param secrets the current one first; one that occurs again counts once */
  constructor(secrets: readonly [Uint8Array, ...Uint8Array[]]) {
    const [current, ...previous] = secrets.map(toKey) as [MaskingKey, ...MaskingKey[]];
    const others = new Map(previous.filter(({ id }) => id !== current.id).map((key) => [key.id, key]));
    this.ids = [current.id, ...others.keys()];
    this.ring = new KeyRing(current, [...others.values()]);
  }

  /** Whether a conversation may have begun with another key than the current one. */
  get rotated(): boolean {
    return this.ids.length > 1;
  }

  /**
   * What a tenant or conversation has of its own.
   *
   * @param keyId the current key's when it is not given or not known any more
   */
  scope(name: string, keyId?: string): MaskingScope {
    return this.ring.scope(name, keyId);
  }

  /** The same scope under every key, the current one first: what was kept with an older key can still be read. */
  scopes(name: string): MaskingScope[] {
    return this.ids.map((id) => this.scope(name, id));
  }
}

/**
 * Reads the keys of an installation.
 *
 * @throws ConfigurationError when there is no current key and none can be made
 */
export async function loadMaskingKeys(settings: MaskingSettings): Promise<MaskingKeys> {
  const previous = settings.previousKeys.map((key) => secretBytes(key.reveal()));
  return new MaskingKeys([await loadMaskingKey(settings), ...previous]);
}

/** The id is derived from the key, so that all replicas call it the same. */
function toKey(secret: Uint8Array): MaskingKey {
  const id = createHmac('sha256', secret).update('sallyport masking key id').digest('hex').slice(0, ID_DIGITS);
  return { id, secret };
}
