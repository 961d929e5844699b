/** Bytes of a file, both ends included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** A single range of bytes. RFC 9110, section 14.1.2; names of units do not mind case (14.1). */
const SINGLE = /^bytes=[ \t]*(?<first>\d*)-(?<last>\d*)[ \t]*$/i;

/**
 * Reads a `Range` header: RFC 9110, sections 14.1.2 and 14.2.
 *
 * @param size of the file in bytes
 * @returns undefined for the whole file: without a header, and as the RFC allows for another unit, what is no range and
 *   several ranges; `unsatisfiable` when the file has no such bytes
 */
export function requestedRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const { first = '', last = '' } = SINGLE.exec(header ?? '')?.groups ?? {};
  if (first === '' && last === '') return undefined;
  if (first === '') return suffix(Number(last), size);
  if (last !== '' && Number(last) < Number(first)) return undefined;
  if (Number(first) >= size) return 'unsatisfiable';
  return { first: Number(first), last: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}

/** The last `length` bytes. Those of an empty file are there, but no `Content-Range` can say so. */
function suffix(length: number, size: number): ByteRange | 'unsatisfiable' | undefined {
  if (length === 0) return 'unsatisfiable';
  return size === 0 ? undefined : { first: Math.max(0, size - length), last: size - 1 };
}

/**
 * Whether `If-Range` lets a range through: RFC 9110, section 13.1.5. A date is no strong validator here, so it never
 * does, and the whole file is sent.
 */
export function rangeStillHolds(ifRange: string | undefined, etag: string): boolean {
  return ifRange === undefined || ifRange.trim() === etag;
}

/** Whether `If-None-Match` names the tag, or any: RFC 9110, section 13.1.2. */
export function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}
