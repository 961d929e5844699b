const MAX_LENGTH = 256;

/** The path of a request target as it may be shown: without its query, which may hold a key, and not too long. */
export function shownPath(target: string): string {
  const [path = ''] = target.split('?', 1);
  return path.slice(0, MAX_LENGTH);
}
