/** Shorter values are no credentials, and would be found in ordinary text. */
const SHORTEST_SECRET = 8;
const HIDDEN = '[secret]';

/**
 * Takes an upstream's credentials out of what it says: some repeat the key that they refuse. Works on bytes as they
 * arrive, wherever they are cut, and leaves all others as they are.
 *
 * @param secrets clear values, as they were sent
 */
export async function* hideSecrets(
  body: AsyncIterable<Uint8Array>,
  secrets: readonly string[],
): AsyncGenerator<Uint8Array> {
  // One character stands for one byte in latin1, so nothing but the secrets can change.
  const sought = secrets.filter(({ length }) => length >= SHORTEST_SECRET).map((secret) => latin1(Buffer.from(secret)));
  const longest = Math.max(1, ...sought.map(({ length }) => length));
  let held = '';
  for await (const chunk of body) {
    held = sought.reduce((text, secret) => text.replaceAll(secret, HIDDEN), held + latin1(chunk));
    // What is left may end with the beginning of a secret.
    const safe = Math.max(0, held.length - longest + 1);
    if (safe > 0) yield Buffer.from(held.slice(0, safe), 'latin1');
    held = held.slice(safe);
  }
  if (held !== '') yield Buffer.from(held, 'latin1');
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
