import { createHmac, hash } from 'node:crypto';
import type { MaskKind } from '../kinds/kinds';
import { kindCode, TOKEN_ALPHABET, TOKEN_PREFIX } from './token-format';

const ID_SYMBOLS = 10;
const CHECK_SYMBOLS = 3;

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

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
  private readonly id: Hmac;
  private readonly checkSecret: string;

  /** @param key secret of any length; 32 random bytes are right */
  constructor(key: Uint8Array) {
    this.id = new Hmac(derive(key, 'sallyport masking token id'));
    this.checkSecret = derive(key, 'sallyport masking token check');
  }

  mint(kind: MaskKind, value: string, attempt: number): string {
    const named = kindCode(kind, value) + symbols(this.id.of(`${attempt}\0${kind}\0${value}`), ID_SYMBOLS);
    // A hash behind a secret is as good as an HMAC for texts of one length.
    return TOKEN_PREFIX + named + symbols(hash('sha256', this.checkSecret + named, 'binary'), CHECK_SYMBOLS);
  }
}

/**
 * HMAC-SHA256 (RFC 2104) of two one-shot hashes: a request may hold thousands of values, and the Hmac objects of
 * `node:crypto` cost four times as much.
 */
class Hmac {
  private readonly innerPad: string;
  /** The outer pad, and room for the inner digest. */
  private readonly outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES);

  /** @param key ASCII of exactly one block */
  constructor(key: string) {
    this.innerPad = xor(key, INNER_PAD);
    this.outer.write(xor(key, OUTER_PAD), 'latin1');
  }

  /** @returns 32 bytes, one in each character */
  of(text: string): string {
    this.outer.write(hash('sha256', this.innerPad + text, 'binary'), BLOCK_BYTES, 'latin1');
    return hash('sha256', this.outer, 'binary');
  }
}

/** The key of one purpose: 64 hexadecimal digits, as long as a block of SHA-256. */
function derive(key: Uint8Array, purpose: string): string {
  return createHmac('sha256', key).update(purpose).digest('hex');
}

function xor(text: string, pad: number): string {
  return String.fromCharCode(...Array.from(text, (character) => character.charCodeAt(0) ^ pad));
}

/** Five bits of each byte, so every symbol is equally likely. */
function symbols(digest: string, count: number): string {
  let text = '';
  for (let at = 0; at < count; at += 1) text += TOKEN_ALPHABET[digest.charCodeAt(at) & 31];
  return text;
}
