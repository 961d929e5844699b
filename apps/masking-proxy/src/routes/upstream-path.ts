import { SallyportError } from '@sallyport/dialects';

/** Paths that an upstream knows as they are; all others lack the version. */
const COMPLETE = /^\/(?:v1|openai)\//;

/**
 * The path of a target. One that is no path (`http://host/path`, `@host`) must not reach the place where the upstream's
 * host stands.
 */
export function pathOf(target: string): string {
  const [path = '/'] = target.split('?', 1);
  return path.startsWith('/') ? path : (URL.parse(path)?.pathname ?? '/');
}

/** The path at the upstream of a call to a route with or without its version. */
export function versionedPathOf(target: string): string {
  const path = pathOf(target);
  return COMPLETE.test(path) ? path : `/v1${path}`;
}

/**
 * Whether a path leads to the gateway's calls for operators, which tell of the calls of all clients: the key that the
 * proxy shows upstream may open them, the client's must not. Other spellings that a server may take for it count too.
 */
export function isForOperators(path: string): boolean {
  const plain = URL.parse(path.replaceAll(/%25/gi, '%'), 'http://upstream')?.pathname ?? '';
  const spelled = plain.replaceAll(/%[2-7][\da-f]/gi, (code) => decodeURIComponent(code)).replaceAll(/[/\\]+/g, '/');
  return /^\/(?:v1\/)?logs(?:\/|$)/i.test(spelled);
}

/**
 * The id of something that an upstream keeps.
 *
 * @throws SallyportError `invalid_request` for a text that could point to another path
 */
export function checkedId(id: string): string {
  if (!/^[\w.:~@=+,-]+$/.test(id) || /^\.+$/.test(id)) {
    throw new SallyportError('invalid_request', 'This is not the id of anything', { param: 'id' });
  }
  return id;
}
