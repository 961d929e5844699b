import { textOf, type JsonObject } from '@sallyport/dialects';
import { mapObjectTexts, mapTexts, type TextMap } from './map-texts';

const HIDDEN = '[secret]';

/** Says that whatever goes by this name may be a credential. Errs on the side of hiding. */
const CREDENTIAL_NAME =
  /(?:api|access|private|subscription|functions|master|license|encryption|litellm|virtual)[-_]?key|token|secret|auth|bearer|jwt|cookie|credential|passw|passphrase|signature/i;

/** `Bearer` and `Basic` credentials, and keys that name their issuer in front, wherever they stand in a text. */
const CREDENTIALS =
  /\b([Bb]earer|[Bb]asic|BEARER|BASIC)\s+(?=\S*[\dA-Z=])[\w.~+/*=-]{6,}|\b(?:(?:sk|pk|rk|gsk|xai|nvapi|pplx|csk)[-_]|(?:fw|hf|tgp|r8)_|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|AIza|AKIA|ASIA|ya29\.|eyJ[\w-]{8,}\.)[\w*.-]{12,}/g;
/** Texts that are longer are prompts or files, not settings. */
const LONGEST_SEARCHED = 16_384;
const ADDRESS = /^[a-z][a-z\d+.-]*:\/\/\S*$/i;
/** A part of a path that is long and random, as vendors of tools put their keys into addresses. */
const RANDOM_PART = /^(?=\D*\d)(?=[^a-z]*[a-z])(?:[a-z\d_~=]{20,}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i;
const PARTS_OF_ADDRESS = /^([a-z][a-z\d+.-]*:\/\/)([^/?#]*)([^?#]*)/i;

/** @param name of a header or of a field */
export function namesCredential(name: string): boolean {
  return CREDENTIAL_NAME.test(name);
}

/**
 * Hides every text, or list of texts, under the name of a credential, every text that has the form of one, and what an
 * address may carry of them; numbers such as limits stay.
 */
export function hideCredentials(value: unknown): unknown {
  return mapTexts(value, hideCredential);
}

/** Like {@link hideCredentials}. */
export function hideCredentialsOf(value: JsonObject): JsonObject {
  return mapObjectTexts(value, hideCredential);
}

export const hideCredential: TextMap = (text, name, owner) => {
  if (text === '') return text;
  // Headers may come as a list of objects with a name and a value.
  const title = name === 'value' ? (textOf(owner?.['name']) ?? textOf(owner?.['key']) ?? name) : name;
  if (namesCredential(title)) return HIDDEN;
  return ADDRESS.test(text) ? hideInAddress(text) : hideInText(text);
};

/** Takes out of a text for people what looks like a key. */
export function hideInText(text: string): string {
  if (text.length > LONGEST_SEARCHED) return text;
  return text.replace(CREDENTIALS, (_found, scheme?: string) =>
    scheme === undefined ? HIDDEN : `${scheme} ${HIDDEN}`,
  );
}

/** An address without its user, its query and its fragment, and without parts of its path that look like keys. */
export function hideInAddress(address: string): string {
  const found = PARTS_OF_ADDRESS.exec(address);
  if (found === null) return hideInText(address);
  const [, scheme = '', authority = '', path = ''] = found;
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const parts = path.split('/').map((part) => (RANDOM_PART.test(part) ? HIDDEN : hideInText(part)));
  return scheme + host + parts.join('/');
}
