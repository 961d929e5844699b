const CREDENTIAL = /key|secret|token|password|credential|auth|header|cookie|jwt|signature/i;

/**
 * A copy of settings that may be shown to callers. A text or a map whose name sounds like a credential is left out;
 * numbers and switches are not, so `max_tokens` stays. Addresses lose their query, which may hold a key.
 */
export function withoutCredentials(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shown = Object.entries(settings).filter(([name, value]) => isPlain(value) || !CREDENTIAL.test(name));
  return Object.fromEntries(shown.map(([name, value]) => [name, withoutCredential(value)]));
}

function isPlain(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean' || value === null;
}

function withoutCredential(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutCredential);
  if (typeof value === 'object' && value !== null) return withoutCredentials(value as Record<string, unknown>);
  if (typeof value !== 'string') return value;
  const url = URL.parse(value);
  return url?.host ? `${url.protocol}//${url.host}${url.pathname}` : value;
}
