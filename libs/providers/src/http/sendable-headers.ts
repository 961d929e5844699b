import type { Secret } from '@sallyport/config';

/** Headers that belong to the connection or to the body, and so to the gateway. */
const OWN: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Checks headers from the configuration before any call needs them.
 *
 * @param what names their place in the configuration
 * @throws RangeError that names the header, never its value
 */
export function sendableHeaders(what: string, headers: Readonly<Record<string, string>>): Record<string, string> {
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || OWN.has(name) || !/^[\t\x20-\x7e]*$/.test(value)) {
      throw new RangeError(`${what}: the header "${name}" cannot be sent`);
    }
  }
  return { ...headers };
}

/**
 * The headers that an operator adds to every call of an upstream, as they are sent.
 *
 * @throws RangeError that names the header, never its value
 */
export function revealedHeaders(extraHeaders: Readonly<Record<string, Secret>>): Record<string, string> {
  const revealed = Object.entries(extraHeaders).map(([name, value]) => [name, value.reveal()] as const);
  return sendableHeaders('extra_headers', Object.fromEntries(revealed));
}
