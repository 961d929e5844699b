import type { MaskKind } from '../kinds/kinds';

/** A host that cannot be told: no value may go there. */
export const UNKNOWN_HOST = '';

/** Kinds of values that are a host, or a label of one. */
export const HOST_KINDS: ReadonlySet<MaskKind> = new Set(['host', 'ip', 'aws-endpoint', 'aws-s3-bucket']);

/** Hosts that are the machine itself: nothing leaves it by them. */
export const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);

/** What belongs to the sentence around a host: punctuation, quotes, brackets and Korean particles. */
const BEHIND_HOST = /[\s.,;!'"`*_~|(){}<>\]\uac00-\ud7a3\u2026]{1,64}$/;

/** A name or an address by itself, as most are: nothing has to be taken off it. */
const BARE_HOST = /^[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?$/;

/** A dot as any reader of URLs takes it, or an address as one number. */
const HOST_FORM = /[.\u3002\uff0e\uff61]|^\d+$|^0x[0-9a-f]+$/;

/**
 * The host of what stands between `//` and the path of a URL, as it is compared: in lower case, without userinfo,
 * port and brackets, and without what belongs to the sentence around it.
 *
 * @returns undefined when there is none; {@link UNKNOWN_HOST} when readers of URLs differ in what it is
 */
export function hostOf(authority: string): string | undefined {
  if (BARE_HOST.test(authority)) return authority;
  const bare = authority.replace(/\\+$/, '');
  if (bare.includes('\\')) return UNKNOWN_HOST;
  const place = bare.slice(bare.lastIndexOf('@') + 1);
  const name = place[0] === '[' ? place.slice(1).replace(/\].*$/s, '') : place.replace(/:.*$/s, '');
  const host = name.replace(BEHIND_HOST, '').toLowerCase();
  return host === '' ? undefined : host;
}

/** Whether slashes alone, without a scheme before them, announce a host. @param name in lower case */
export function looksLikeHost(name: string): boolean {
  return HOST_FORM.test(name);
}
