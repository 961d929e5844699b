import { LEFT_BOUNDARY } from '../boundaries';

/** The parts of an Amazon Resource Name that belong to a customer. */
export interface CustomerArn {
  /** Offset of the 12 digits of the account. */
  readonly accountStart: number;
  /** Offset of the part behind the account and its colon. */
  readonly resourceStart: number;
  readonly resource: string;
}

const ACCOUNT_DIGITS = 12;
const ARN = new RegExp(
  `${LEFT_BOUNDARY}arn:aws(?:-[a-z]{1,5}){0,3}:[a-z0-9-]{1,40}:[a-z0-9-]{0,25}:\\d{${ACCOUNT_DIGITS}}:` +
    '([A-Za-z0-9_./:=+@*#-]*)',
  'g',
);

/**
 * Finds ARNs that name an account. Those without one belong to nobody (`arn:aws:iam::aws:policy/…`) or are buckets,
 * which have their own detector.
 */
export function findCustomerArns(text: string): CustomerArn[] {
  if (!text.includes('arn:aws')) return [];
  return Array.from(text.matchAll(ARN), (match) => {
    const resource = match[1] as string;
    const resourceStart = match.index + match[0].length - resource.length;
    return { accountStart: resourceStart - 1 - ACCOUNT_DIGITS, resourceStart, resource };
  });
}
