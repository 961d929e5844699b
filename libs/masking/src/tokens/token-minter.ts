import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import type { MaskKind } from '../kinds/kinds';
import { kindCode, TOKEN_ALPHABET, TOKEN_PREFIX } from './token-format';

const ID_SYMBOLS = 10;
const CHECK_SYMBOLS = 3;

/** Makes tokens from values. The same key gives the same token for a value, in every process and after a restart. */
export interface TokenMint {
  /**
   * Makes the token of a value.
   *
   * @param attempt counts from 0; a higher one gives another token, for values whose tokens collide
   */
  mint(kind: MaskKind, value: string, attempt: number): string;
}

/**
 * Derives tokens with HMAC-SHA256: nobody without the key can tell the value of a token or guess the token of a value.
 * The check symbols tell a mistyped or invented token from a real one.
 */
export class TokenMinter implements TokenMint {
  private readonly idKey: KeyObject;
  private readonly checkSecret: string;

  /** @param key secret of any length; 32 random bytes are right */
  constructor(key: Uint8Array) {
    const master = createSecretKey(key);
    // Key objects: with a buffer as the key every HMAC takes five times as long.
    this.idKey = createSecretKey(hmac(master, 'sallyport masking token id'));
    this.checkSecret = hmac(master, 'sallyport masking token check').toString('hex');
  }

  mint(kind: MaskKind, value: string, attempt: number): string {
    const id = symbols(hmac(this.idKey, `${attempt}\0${kind}\0${value}`), ID_SYMBOLS);
    const named = kindCode(kind, value) + id;
    // A hash behind a secret is as good as an HMAC for texts of one length, and costs a tenth.
    const check = Buffer.from(hash('sha256', this.checkSecret + named), 'hex');
    return TOKEN_PREFIX + named + symbols(check, CHECK_SYMBOLS);
  }
}

function hmac(key: KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** Five bits of each byte, so every symbol is equally likely. */
function symbols(digest: Buffer, count: number): string {
  let text = '';
  for (const byte of digest.subarray(0, count)) text += TOKEN_ALPHABET[byte & 31];
  return text;
}
