import { createHmac } from 'node:crypto';
import { findAll } from '../detectors/detectors.fixture';
import { TokenGrants } from '../grants/token-grants';
import { MASK_KINDS, type MaskKind } from '../kinds/kinds';
import { blankTokens, kindCode, TOKEN_ALPHABET, TOKEN_LENGTH } from './token-format';
import { TokenMinter, type TokenMint } from './token-minter';

const key = Buffer.from('a key for tests');
const SHAPE = /^MSK[A-Z][A-Z0-9]{3}[0-9A-HJKMNP-TV-Z]{13}$/;

describe(TokenMinter.name, () => {
  it.each(MASK_KINDS)('makes tokens of one shape for %s that no detector accepts', (kind) => {
    const minter = new TokenMinter(key);
    const tokens = Array.from({ length: 100 }, (_, value) => minter.mint(kind, `value-${value}`, 0));
    expect(tokens.filter((token) => !SHAPE.test(token))).toEqual([]);
    const texts = tokens.map((token) => `a "${token}" ${token}@${token} s3://${token}/ account ${token}`);
    expect(findAll(texts.join('\n'))).toEqual([]);
  });

  it('gives the same token for the same key and value, and another for any other', () => {
    const mint = (secret: string, kind: MaskKind, value: string, attempt = 0) =>
      new TokenMinter(Buffer.from(secret)).mint(kind, value, attempt);
    const token = mint('k', 'email', 'a@b.com');
    expect(mint('k', 'email', 'a@b.com')).toBe(token);
    const others = [mint('x', 'email', 'a@b.com'), mint('k', 'email', 'a@b.co'), mint('k', 'email', 'a@b.com', 1)];
    expect(new Set([token, ...others]).size).toBe(4);
  });

  it('names a value by its HMAC-SHA256', () => {
    const hmac = (secret: string | Buffer, text: string) => createHmac('sha256', secret).update(text);
    const digest = hmac(hmac(key, 'sallyport masking token id').digest('hex'), '0\0email\0jürgen@b.com').digest();
    const id = Array.from(digest.subarray(0, 10), (byte) => TOKEN_ALPHABET[byte & 31]).join('');
    expect(new TokenMinter(key).mint('email', 'jürgen@b.com', 0)).toMatch(new RegExp(`^MSK....${id}...$`));
  });

  it('tells the reader what a value is', () => {
    expect(kindCode('aws-resource-id', 'vpc-1a2b3c4d')).toBe('VPCX');
    expect(kindCode('aws-resource-id', 'tgw-attach-0123456789abcdef0')).toBe('AWSR');
    expect(kindCode('aws-access-key-id', 'AKIAIOSFODNN7EXAMPLE')).toBe('CRED');
  });
});

describe(TokenGrants.name, () => {
  /** Gives every value the same first token, as two values may have by chance. */
  const colliding: TokenMint = { mint: (_kind, _value, attempt) => `MSKMAIL000000000000${attempt}` };

  it('never lets two values share a token', () => {
    const grants = new TokenGrants(colliding);
    const tokens = ['a', 'b', 'c', 'a'].map((value) => grants.tokenFor('email', value));
    expect(tokens).toEqual([0, 1, 2, 0].map((attempt) => `MSKMAIL000000000000${attempt}`));
    expect(tokens.map((token) => grants.get(token)?.value)).toEqual(['a', 'b', 'c', 'a']);
  });

  it('knows only its own tokens', () => {
    const foreign = new TokenGrants(new TokenMinter(key)).tokenFor('email', 'a@b.com');
    expect(new TokenGrants(new TokenMinter(key)).get(foreign)).toBeUndefined();
  });

  it('notes the host of a value for all its tokens, whichever request granted them', () => {
    const grants = new TokenGrants(new TokenMinter(key));
    const own = grants.tokenFor('email', 'a@b.com');
    for (const earlier of ['MSKMAIL0000000000001', 'MSKMAIL0000000000002']) {
      grants.add(earlier, { kind: 'email', value: 'a@b.com', hosts: new Set() });
    }
    grants.noteHost('email', 'a@b.com', 'x.test');
    grants.noteHost('email', 'unheard@b.com', 'y.test');
    expect(Array.from(grants.entries(), ([token, { hosts }]) => [token, ...hosts])).toEqual(
      [own, 'MSKMAIL0000000000001', 'MSKMAIL0000000000002'].map((token) => [token, 'x.test']),
    );
  });

  it('finds the beginning of a token at the end of a text, and nothing else', () => {
    const grants = new TokenGrants(new TokenMinter(key));
    const token = grants.tokenFor('email', 'a@b.com');
    for (let length = 1; length < TOKEN_LENGTH; length += 1) {
      expect(grants.openEnd(`MSK MS ${token.slice(0, length)}`)).toBe(length);
    }
    for (const text of ['', 'text', token, 'MX', 'MSKX', `${token.slice(0, 19)}?`])
      expect(grants.openEnd(text)).toBe(0);
  });
});

describe(blankTokens.name, () => {
  it('keeps all offsets and hides overlapping look-alikes whole', () => {
    const token = 'MSKMAIL0123456789ABC';
    expect(blankTokens(`a ${token} b`)).toBe(`a ${'\0'.repeat(20)} b`);
    const overlapping = `MSKACCT0123456${token}`;
    expect(blankTokens(overlapping)).toHaveLength(overlapping.length);
    expect(blankTokens(overlapping).endsWith('\0'.repeat(20))).toBe(true);
    expect(blankTokens('no MSK here')).toBe('no MSK here');
  });
});
