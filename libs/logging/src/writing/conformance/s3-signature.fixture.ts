import { createHash, createHmac } from 'node:crypto';
import type { RecordedRequest } from '@sallyport/testing';

/** How far the clock of a caller may be off, as at Amazon's. */
const LARGEST_SKEW_MS = 900_000;

export interface S3Key {
  readonly id: string;
  readonly secret: string;
  readonly region: string;
}

/**
 * Checks a request as Amazon's Signature Version 4 wants it, with the body as one piece.
 *
 * @param now in milliseconds since the epoch
 * @returns the code of the error that refuses it, and undefined when it is signed well
 */
export function signatureProblem(
  { headers, body, ...request }: RecordedRequest,
  key: S3Key,
  now: number,
): string | undefined {
  const [, id, day, region, names, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)$/.exec(
      String(headers['authorization']),
    ) ?? [];
  const date = String(headers['x-amz-date']);
  const digest = String(headers['x-amz-content-sha256']);
  if (day === undefined || names === undefined) return 'AccessDenied';
  if (id !== key.id) return 'InvalidAccessKeyId';
  if (region !== key.region) return 'AuthorizationHeaderMalformed';
  if (Math.abs(timeOf(date) - now) > LARGEST_SKEW_MS) return 'RequestTimeTooSkewed';
  if (digest !== 'UNSIGNED-PAYLOAD' && digest !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  const url = new URL(request.path, 'http://s3');
  const canonical = [
    request.method,
    url.pathname,
    url.search.slice(1).split('&').sort().join('&'),
    ...names.split(';').map((name) => `${name}:${String(headers[name])}`),
    '',
    names,
    digest,
  ].join('\n');
  const scope = [day, region, 's3', 'aws4_request'];
  const signingKey = scope.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${key.secret}`);
  const text = ['AWS4-HMAC-SHA256', date, scope.join('/'), sha256(canonical)].join('\n');
  return hmac(signingKey, text).toString('hex') === signature ? undefined : 'SignatureDoesNotMatch';
}

function timeOf(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'));
}

function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
