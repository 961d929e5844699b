import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { TokenMinter, type TokenMint } from './token-minter';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
/** Scopes whose keys are kept at hand; deriving them again costs some 30 microseconds. */
const MOST_SCOPES = 1024;

/** A secret that tokens are derived from, and the name by which stored state refers to it. */
export interface MaskingKey {
  readonly id: string;
  readonly secret: Uint8Array;
}

/** Everything that is derived from a key for one tenant or conversation: what one scope makes says nothing to another. */
export interface MaskingScope {
  readonly keyId: string;
  /** Of the tenant or conversation. */
  readonly name: string;
  /** Makes the tokens of the scope. */
  readonly mint: TokenMint;
  /** A name for stored state that tells nothing of `text`: an HMAC in base64url. */
  digest(purpose: string, text: string): string;
  /** Encrypts with AES-256-GCM and a random nonce. @param context must be given again to open */
  seal(plain: Uint8Array, context: string): Uint8Array;
  /** @returns undefined when `sealed` was not sealed by this scope with this context */
  open(sealed: Uint8Array, context: string): Uint8Array | undefined;
}

/** The keys of an installation: the first one makes tokens, the others still read what they sealed. */
export class KeyRing {
  private readonly scopes = new Map<string, MaskingScope>();

  /**
   * @param current makes tokens from now on
   * @param previous keys that conversations may still have begun with
   */
  constructor(
    private readonly current: MaskingKey,
    private readonly previous: readonly MaskingKey[] = [],
  ) {}

  /**
   * Everything that is derived from a key for one tenant or conversation.
   *
   * @param name of the tenant or conversation
   * @param keyId a key of the ring; the current one when it is not given or has left the ring
   */
  scope(name: string, keyId?: string): MaskingScope {
    const key = this.previous.find(({ id }) => id === keyId) ?? this.current;
    const scopeId = `${key.id}\0${name}`;
    const scope = this.scopes.get(scopeId) ?? new DerivedScope(key, name);
    this.scopes.delete(scopeId);
    this.scopes.set(scopeId, scope);
    if (this.scopes.size > MOST_SCOPES) this.scopes.delete(this.scopes.keys().next().value as string);
    return scope;
  }
}

class DerivedScope implements MaskingScope {
  readonly keyId: string;
  readonly mint: TokenMint;
  private readonly digestKey: KeyObject;
  private readonly sealKey: KeyObject;

  constructor(
    key: MaskingKey,
    readonly name: string,
  ) {
    this.keyId = key.id;
    const derive = (purpose: string): Buffer =>
      Buffer.from(hkdfSync('sha256', key.secret, name, `sallyport masking ${purpose}`, KEY_BYTES));
    this.mint = new TokenMinter(derive('tokens'));
    this.digestKey = createSecretKey(derive('digests'));
    this.sealKey = createSecretKey(derive('state'));
  }

  digest(purpose: string, text: string): string {
    return createHmac('sha256', this.digestKey).update(`${purpose}\0${text}`).digest('base64url');
  }

  seal(plain: Uint8Array, context: string): Uint8Array {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.sealKey, nonce).setAAD(this.associated(context));
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  open(sealed: Uint8Array, context: string): Uint8Array | undefined {
    if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
    const bytes = Buffer.from(sealed);
    const decipher = createDecipheriv(CIPHER, this.sealKey, bytes.subarray(0, NONCE_BYTES));
    decipher.setAAD(this.associated(context)).setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch {
      return undefined;
    }
  }

  private associated(context: string): Buffer {
    return Buffer.from(`${this.keyId}\0${this.name}\0${context}`);
  }
}
