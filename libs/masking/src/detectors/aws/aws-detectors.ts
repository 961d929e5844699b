import type { Detector } from '../detector';
import { awsAccessKeyIds } from './aws-access-key-ids.detector';
import { awsAccountIds } from './aws-account-ids.detector';
import { awsArns } from './aws-arns.detector';
import { awsBedrockKeys } from './aws-bedrock-keys.detector';
import { awsBucketWords } from './aws-bucket-words.detector';
import { awsDashedIds } from './aws-dashed-ids.detector';
import { awsEndpoints } from './aws-endpoints.detector';
import { awsIdsByKoreanWords, awsIdsByWords } from './aws-ids-by-words.detector';
import { awsNamedIds } from './aws-named-ids.detector';
import { awsResourceIds } from './aws-resource-ids.detector';
import { awsS3Buckets } from './aws-s3-buckets.detector';
import { awsSecretKeys } from './aws-secret-keys.detector';
import { awsSessionTokens } from './aws-session-tokens.detector';

/** In the order of their precedence: an instance id keeps its kind, and with it its token, inside an ARN. */
export const AWS_DETECTORS: readonly Detector[] = [
  awsAccessKeyIds,
  awsBedrockKeys,
  awsSessionTokens,
  awsSecretKeys,
  awsResourceIds,
  awsNamedIds,
  awsDashedIds,
  awsIdsByWords,
  awsIdsByKoreanWords,
  awsAccountIds,
  awsS3Buckets,
  awsBucketWords,
  awsEndpoints,
  awsArns,
];
