import { isObject, parseJson } from '@sallyport/dialects';

/** A file as the file server lists it. */
export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
}

/** One page of `GET /v1/files`. */
export interface FilePage {
  readonly files: readonly ListedFile[];
  readonly nextCursor: string | undefined;
}

/** Reads a page; undefined when the text is none. */
export function parseFilePage(text: string): FilePage | undefined {
  const page = parseJson(text);
  if (!isObject(page)) return undefined;
  const { files, next_cursor: next } = page;
  if (!Array.isArray(files) || !files.every(isListedFile)) return undefined;
  return { files, nextCursor: typeof next === 'string' ? next : undefined };
}

function isListedFile(value: unknown): value is ListedFile {
  return isObject(value) && typeof value['path'] === 'string' && typeof value['bytes'] === 'number';
}
