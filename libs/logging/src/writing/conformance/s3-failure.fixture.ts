import type { ScriptedReply } from '@sallyport/testing';

const CODES: Readonly<Record<number, string>> = {
  403: 'AccessDenied',
  404: 'NoSuchBucket',
  429: 'SlowDown',
  503: 'SlowDown',
};

/** How S3 refuses a request. */
export function s3Failure(status: number, code = CODES[status] ?? 'InternalError'): ScriptedReply {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>refused</Message></Error>`,
  };
}
