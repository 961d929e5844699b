import { isObject, type JsonObject } from '@sallyport/dialects';

const HIDDEN = '[secret]';

/** Says that whatever goes by this name may be a credential. Errs on the side of hiding. */
const CREDENTIAL_NAME =
  /api[-_]?key|access[-_]?key|private[-_]?key|token|secret|auth|cookie|credential|passw|signature/i;

/** @param name of a header or of a field */
export function namesCredential(name: string): boolean {
  return CREDENTIAL_NAME.test(name);
}

/**
 * A copy of a value in which every text, or list of texts, under the name of a credential is replaced; numbers such as
 * limits stay.
 */
export function redactCredentials(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactCredentials);
  return isObject(value) ? redactObject(value) : value;
}

export function redactObject(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      isText(item) && namesCredential(name) ? HIDDEN : redactCredentials(item),
    ]),
  );
}

/** A header, or a field of a form, that is given several times is a list. */
function isText(value: unknown): boolean {
  return typeof value === 'string' || (Array.isArray(value) && value.some((item) => typeof item === 'string'));
}
