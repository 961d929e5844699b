const HIDDEN = '[hidden]';

/** `Bearer` and `Basic` credentials as they stand in an `Authorization` header. */
const AUTHORIZATION = /\b(bearer|basic)\s+[\w.~+/*=-]{6,}/gi;
/** Keys that name their issuer in front, such as `sk-ant-…`, `gsk_…` and `AIza…`, whole or starred out in part. */
const ISSUED =
  /\b(?:(?:sk|pk|rk|gsk|xai|nvapi|pplx|csk)[-_]|(?:fw|hf|tgp|r8|up)_)[\w*.-]{4,}|\b(?:AIza|AKIA|ASIA|ya29\.)[\w*-]{6,}/g;
/** What a message calls a key: `API key: …`, `api_key=…`, `Incorrect API key provided: …`. */
const NAMED = /\b((?:api[ _-]?key|secret)(?: provided| given)?["']?\s*[:=]\s*["']?)[^\s"',;)]{4,}/gi;
/** Long runs of letters and digits, as no word and no model's name has. */
const RANDOM = /\b(?=[a-z]*\d)[a-z\d*]{20,}\b/gi;

/**
 * Takes out of an upstream's message what looks like a key: it would be ours, not the client's.
 *
 * @param thorough hides every random-looking run of characters too, for a message about a key
 */
export function maskKeys(message: string, thorough: boolean): string {
  const masked = message.replace(AUTHORIZATION, `$1 ${HIDDEN}`).replace(ISSUED, HIDDEN).replace(NAMED, `$1${HIDDEN}`);
  return thorough ? masked.replace(RANDOM, HIDDEN) : masked;
}
