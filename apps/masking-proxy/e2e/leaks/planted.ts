/** A value of one kind, with the words around it that tell what it is. */
interface Planted {
  readonly kind: string;
  readonly text: string;
  /** What must not arrive; the text itself unless given. */
  readonly values?: readonly string[];
}

const JWT =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4ifQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

/** Values of all families. None has a character that JSON escapes, so that a search for it cannot miss it. */
const PLANTED: readonly Planted[] = [
  { kind: 'aws-resource-id', text: 'i-0a1b2c3d4e5f60718' },
  { kind: 'aws-resource-id', text: 'vpc-1a2b3c4d' },
  { kind: 'aws-access-key-id', text: 'key AKIAQ3EGT5RZ2MNB7KLP', values: ['AKIAQ3EGT5RZ2MNB7KLP'] },
  { kind: 'aws-arn', text: 'arn:aws:iam::210987654321:role/DeployRole', values: ['210987654321', 'DeployRole'] },
  { kind: 'aws-s3-bucket', text: 's3://acme-prod-logs/key', values: ['acme-prod-logs'] },
  { kind: 'email', text: '<jane.doe@example.com>', values: ['jane.doe@example.com'] },
  { kind: 'github-token', text: 'ghp_16C7e42F292c6912E7710c838347Ae178B4a' },
  { kind: 'jwt', text: JWT },
  {
    kind: 'basic-auth-url',
    text: 'postgres://app:q7Wv2Lk9pZ1xQ@10.20.30.40/x',
    values: ['q7Wv2Lk9pZ1xQ', '10.20.30.40'],
  },
  { kind: 'generic-assignment', text: 'DB_PASSWORD=mN8vR2xQ7tLp4', values: ['mN8vR2xQ7tLp4'] },
  { kind: 'credit-card', text: 'card 4111 1111 1111 1111', values: ['4111 1111 1111 1111'] },
  { kind: 'us-ssn', text: 'SSN 536-22-8726', values: ['536-22-8726'] },
  { kind: 'kr-rrn', text: '주민등록번호 900101-1234568', values: ['900101-1234568'] },
  { kind: 'phone', text: '010-2345-6789' },
];

/** A text with a value of many kinds. */
export const PLANTED_TEXT = PLANTED.map(({ text }) => text).join('; ');

/** What of it must not arrive. */
export const PLANTED_VALUES: readonly string[] = PLANTED.flatMap(({ text, values }) => values ?? [text]);

export const TOKEN = /MSK[A-Z][A-Z0-9]{3}[0-9A-HJKMNP-TV-Z]{13}/g;
