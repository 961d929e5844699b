/** How a mock upstream behaves; given as `mock://<mode>?<option>=<value>&…`, where no mode means `local`. */
export interface MockOptions {
  /** `local` answers in its own words and quotes the prompt, `echo` repeats the prompt, `fail` always fails. */
  readonly mode: 'local' | 'echo' | 'fail';
  /** Wait before the first token, in milliseconds. */
  readonly ttftMs: number;
  /** Pace of a stream; 0 means as fast as possible. */
  readonly tokensPerSecond: number;
  /** HTTP status that `fail` answers. */
  readonly status: number;
}

const MODES = ['local', 'echo', 'fail'] as const;

/**
 * Reads a mock upstream's address, such as `mock://echo?ttft_ms=200&tokens_per_second=50` or `mock://fail?status=429`.
 *
 * @throws RangeError that names what is wrong with the address
 */
export function parseMockUrl(address: string): MockOptions {
  const url = URL.parse(address);
  const mode = MODES.find((known) => known === (url?.hostname || 'local'));
  if (url === null || mode === undefined)
    throw new RangeError(`mock:// must be followed by one of ${MODES.join(', ')}`);
  return {
    mode,
    ttftMs: option(url, 'ttft_ms', 0, 0, 600_000),
    tokensPerSecond: option(url, 'tokens_per_second', 0, 0, 1_000_000),
    status: option(url, 'status', 500, 400, 599),
  };
}

function option(url: URL, name: string, fallback: number, min: number, max: number): number {
  const text = url.searchParams.get(name);
  if (text === null) return fallback;
  const value = Number(text);
  if (text.trim() === '' || !(value >= min && value <= max)) {
    throw new RangeError(`${name} must be a number from ${min} to ${max}`);
  }
  return value;
}
