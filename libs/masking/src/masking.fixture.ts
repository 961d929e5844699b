import type { LedgerEntry } from './ledger/ledger-entry';
import type { MaskedBody } from './mask/mask-draft';
import { Masker, type MaskedText, type MaskerOptions } from './masker';
import type { MaskedEndpoint } from './positions/masked-endpoint';
import { KeyRing, type MaskingScope } from './tokens/key-ring';

/** The scope of one tenant under a key. */
export function scopeOf(secret = 'a key for tests', tenant = 'tenant'): MaskingScope {
  return new KeyRing({ id: 'k1', secret: Buffer.from(secret) }).scope(tenant);
}

/** A masker for one tenant, that masks in one step what an app masks in several. */
export class TenantMasker {
  readonly scope: MaskingScope;
  readonly masker: Masker;

  constructor(secret?: string, options?: MaskerOptions) {
    this.scope = scopeOf(secret);
    this.masker = new Masker(options);
  }

  maskBody(endpoint: MaskedEndpoint, body: string, ledger?: ReadonlyMap<string, LedgerEntry>): MaskedBody {
    return this.masker.read(endpoint, body).mask(this.scope, ledger);
  }

  maskText(text: string): MaskedText {
    return this.masker.maskText(text, this.scope);
  }
}
