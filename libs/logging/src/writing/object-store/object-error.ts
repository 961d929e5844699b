import { SallyportError } from '@sallyport/dialects';

/** Refusals of this one object. Everything else hits all alike and ends when somebody mends it. */
const REFUSES_OBJECT: ReadonlySet<string> = new Set([
  'EntityTooLarge',
  'KeyTooLongError',
  'MetadataTooLarge',
  'XMinioInvalidObjectName',
]);

/** What an operator must mend, by the name of the error. */
const MISCONFIGURED: Readonly<Record<string, string>> = {
  NoSuchBucket: 'LOG_S3_BUCKET: there is no such bucket',
  InvalidBucketName: 'LOG_S3_BUCKET: this cannot be the name of a bucket',
  AccessDenied: 'LOG_S3_ACCESS_KEY_ID: the key may not list, read and write in the bucket',
  InvalidAccessKeyId: 'LOG_S3_ACCESS_KEY_ID: the object store does not know the key',
  XAdminUserNotFound: 'LOG_S3_ACCESS_KEY_ID: the object store does not know the key',
  SignatureDoesNotMatch: 'LOG_S3_SECRET_ACCESS_KEY: it does not belong to the key',
  CredentialsProviderError: 'LOG_S3_ACCESS_KEY_ID: is not set, and the AWS SDK finds no other credentials',
  RequestTimeTooSkewed: 'LOG_S3_ENDPOINT: the clock of the object store and that of this machine differ',
  PermanentRedirect: 'LOG_S3_REGION: the bucket is in another region',
  AuthorizationHeaderMalformed: 'LOG_S3_REGION: the bucket is in another region',
  IllegalLocationConstraintException: 'LOG_S3_REGION: the bucket is in another region',
};

/** HTTP status that the object store answered with; undefined when it did not answer. */
export function statusOf(error: unknown): number | undefined {
  const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  return $metadata?.httpStatusCode;
}

/** What a failed request means for a record. */
export function objectError(error: unknown): SallyportError {
  if (error instanceof SallyportError) return error;
  return new SallyportError('upstream_failed', `The object store failed (${reasonOf(error)})`, {
    retryable: !REFUSES_OBJECT.has((error as Error).name),
    cause: error,
  });
}

/** What a failed request means at the start: names the setting; retryable when the store is only away. */
export function checkError(error: unknown): SallyportError {
  if (error instanceof SallyportError) return error;
  const status = statusOf(error);
  const advice = MISCONFIGURED[(error as Error).name] ?? adviceFor(status);
  if (advice === undefined) return objectError(error);
  return new SallyportError('upstream_failed', `${advice} (${reasonOf(error)})`, { cause: error });
}

function adviceFor(status: number | undefined): string | undefined {
  if (status === 301 || status === 307) return MISCONFIGURED['PermanentRedirect'];
  if (status === 401 || status === 403) return MISCONFIGURED['AccessDenied'];
  // Without an answer, busy, broken, or others write the same now: that passes. No other answer is an object store's.
  if (status === undefined || status >= 500 || [408, 409, 429].includes(status)) return undefined;
  return 'LOG_S3_ENDPOINT: what answers there is no object store';
}

/** Names and codes only: messages may quote keys of objects and addresses. */
function reasonOf(error: unknown): string {
  const { name, code } = error as { readonly name?: string; readonly code?: unknown };
  const status = statusOf(error);
  const reason = typeof code === 'string' ? code : (name ?? 'Error');
  return status === undefined ? reason : `${reason}, status ${status}`;
}
