import type { Detector } from '../detector';
import { awsAccessKeyIds } from './aws-access-key-ids.detector';
import { awsAccountIds } from './aws-account-ids.detector';
import { awsArns } from './aws-arns.detector';
import { awsResourceIds } from './aws-resource-ids.detector';
import { awsS3Buckets } from './aws-s3-buckets.detector';

/** In the order of their precedence: an instance id keeps its kind, and with it its token, inside an ARN. */
export const AWS_DETECTORS: readonly Detector[] = [
  awsAccessKeyIds,
  awsResourceIds,
  awsAccountIds,
  awsS3Buckets,
  awsArns,
];
