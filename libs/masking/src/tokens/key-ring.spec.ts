import { KeyRing } from './key-ring';

const ring = new KeyRing({ id: 'new', secret: Buffer.from('the current key') }, [
  { id: 'old', secret: Buffer.from('an older key') },
]);
const plain = Buffer.from('a value');

describe(KeyRing.name, () => {
  it('derives the same scope again, in another process too', () => {
    const again = new KeyRing({ id: 'new', secret: Buffer.from('the current key') });
    expect(again.scope('a').mint.mint('email', 'x@y.zz', 0)).toBe(ring.scope('a').mint.mint('email', 'x@y.zz', 0));
  });

  it('gives every scope and key its own tokens and names', () => {
    const scopes = [ring.scope('a'), ring.scope('b'), ring.scope('a', 'old')];
    expect(new Set(scopes.map(({ mint }) => mint.mint('email', 'x@y.zz', 0))).size).toBe(3);
    expect(new Set(scopes.map((scope) => scope.digest('p', 'text'))).size).toBe(3);
    expect(ring.scope('a').digest('p', 'text')).not.toBe(ring.scope('a').digest('q', 'text'));
  });

  it('uses the current key for a key that has left the ring', () => {
    expect(ring.scope('a', 'gone').keyId).toBe('new');
  });

  it('opens what it sealed, and no other scope, key or context does', () => {
    const sealed = ring.scope('a').seal(plain, 'place');
    expect(Buffer.from(ring.scope('a').open(sealed, 'place') ?? []).equals(plain)).toBe(true);
    expect(ring.scope('a').open(sealed, 'elsewhere')).toBeUndefined();
    expect(ring.scope('b').open(sealed, 'place')).toBeUndefined();
    expect(ring.scope('a', 'old').open(sealed, 'place')).toBeUndefined();
    expect(Buffer.from(sealed).includes(plain)).toBe(false);
  });

  it('opens nothing that was changed or cut', () => {
    const sealed = ring.scope('a').seal(plain, 'place');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Uint8Array.from(sealed);
      changed[at] = (changed[at] as number) ^ 1;
      expect(ring.scope('a').open(changed, 'place')).toBeUndefined();
      expect(ring.scope('a').open(sealed.subarray(0, at), 'place')).toBeUndefined();
    }
  });

  it('seals the same twice to different bytes', () => {
    const scope = ring.scope('a');
    expect(Buffer.from(scope.seal(plain, 'p')).equals(scope.seal(plain, 'p'))).toBe(false);
  });
});
