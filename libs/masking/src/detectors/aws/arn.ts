import type { SearchedText } from '../searched-text';
import { LEFT_BOUNDARY } from '../boundaries';
import { matchesAtKeywords } from './context';

/** The resource part of an Amazon Resource Name that belongs to a customer. */
export interface CustomerArn {
  readonly service: string;
  /** Offset of the part behind the account and its colon. */
  readonly resourceStart: number;
  readonly resource: string;
}

/** Every ARN begins with it; detectors that call {@link findCustomerArns} declare it. */
export const ARN_KEYWORD = 'arn:';

/** Templates stand where a deployment fills in its account: `${AWS::AccountId}`, `${var.account}`, `<account>`. */
const TEMPLATE = String.raw`\$?\{[^{}\s]{1,60}\}|<[A-Za-z_-]{1,30}>`;
/** The partition of an ARN, as a pattern. */
export const PARTITION = String.raw`(?:aws(?:-[a-z]{1,5}){0,3}|${TEMPLATE}|\*)`;

const ARN = new RegExp(
  `${LEFT_BOUNDARY}arn:${PARTITION}:([a-z0-9-]{1,40}|\\*)` +
    `:(?:[a-z0-9-]{0,25}|${TEMPLATE}|\\*):(\\d{12}|${TEMPLATE}|\\*)?:([A-Za-z0-9_./:=+@*#~-]*)`,
  'y',
);

/** Services whose ARNs leave the account out although the resource is a customer's. */
const WITHOUT_ACCOUNT: ReadonlySet<string> = new Set(['apigateway', 'route53']);

/**
 * Finds ARNs of customers' resources. The others without an account belong to nobody (`arn:aws:iam::aws:policy/…`,
 * `arn:aws:bedrock:us-east-1::foundation-model/…`) or are buckets, which have their own detector.
 */
export function findCustomerArns(searched: SearchedText): CustomerArn[] {
  return matchesAtKeywords(searched, [ARN_KEYWORD], ARN).flatMap((match) => {
    const [whole, service, account, resource] = match as unknown as [string, string, string | undefined, string];
    if (account === undefined && !WITHOUT_ACCOUNT.has(service)) return [];
    return [{ service, resource, resourceStart: match.index + whole.length - resource.length }];
  });
}
