import { findAll, itFinds, itIgnores } from '../detectors.fixture';
import { awsAccessKeyIds } from './aws-access-key-ids.detector';
import { awsAccountIds } from './aws-account-ids.detector';
import { awsArns } from './aws-arns.detector';
import { awsResourceIds } from './aws-resource-ids.detector';
import { awsS3Buckets } from './aws-s3-buckets.detector';

describe('aws-resource-id', () => {
  itFinds(awsResourceIds, 'aws-resource-id', [
    'stop «i-0123456789abcdef0» and «i-1a2b3c4d», then «vpc-0123456789abcdef0».',
    '«vpc-12345678»,«subnet-0a1b2c3d4e5f60718»;(«sg-1a2b3c4d»)',
    '«tgw-attach-0123456789abcdef0» «vpce-svc-0123456789abcdef0» «eni-attach-1a2b3c4d» «ipam-res-disco-0123456789abcdef0»',
    'web-«i-0123456789abcdef0».internal and foo_«i-0123456789abcdef0»_bar',
    '인스턴스«i-0123456789abcdef0»입니다',
    String.raw`{"log":"a\n«i-0123456789abcdef0»\u003c«vpc-1a2b3c4d»\t"}`,
    '?id=%3D«i-0123456789abcdef0»&x',
    'role «AROAIOSFODNN7EXAMPLE» user «AIDACKCEVSQ6C2EXAMPLE»',
    'of a type to come «vnew-thing-0123456789abcdef0», spot request «sir-1a2b3c4d»',
    'cluster «j-2AXXXXXXGAPLF», org «o-a1b2c3d4e5», unit «ou-ab12-c3d4e5f6»',
  ]);
});

describe('aws-access-key-id', () => {
  itFinds(awsAccessKeyIds, 'aws-access-key-id', [
    '«AKIAIOSFODNN7EXAMPLE», «ASIA1234567890ABCDEF» and "«ABIAQ3EGT5RZ2MNB7KLP»"',
    'aws_access_key_id=«AKIAIOSFODNN7EXAMPLE»를',
    String.raw`keys:\n«AKIAIOSFODNN7EXAMPLE»\n`,
  ]);
});

describe('aws-account-id', () => {
  itFinds(awsAccountIds, 'aws-account-id', [
    'arn:aws:iam::«123456789012»:role/x and arn:aws-us-gov:sns:us-gov-west-1:«210987654321»:t',
    '«123456789012».dkr.ecr.eu-west-1.amazonaws.com/app:1',
    'https://sqs.eu-west-1.amazonaws.com/«123456789012»/queue',
    'account «123456789012» and "Account": "«123456789012»", AWS_ACCOUNT_ID=«123456789012»',
    'accounts «111111111111», «222222222222» and «333333333333»; then 1, 444444444444',
    '"OwnerId":"«123456789012»", account id is «1234-5678-9012», 계정 번호는 «123456789012»입니다',
    String.raw`\"accounts\": [\"«111111111111»\", \"«222222222222»\"]`,
  ]);
});

describe('aws-arn', () => {
  itFinds(awsArns, 'aws-arn', [
    'arn:aws:iam::123456789012:role/«service-role/Admin»,',
    'arn:aws:lambda:us-east-1:123456789012:function:«my-fn».',
    'arn:aws:logs:us-east-1:123456789012:log-group:/«aws/lambda/my-fn»:*',
    'arn:aws:sns:us-east-1:123456789012:«MyTopic»입니다',
    'arn:aws:iam::123456789012:root arn:aws:iam::123456789012:role/*',
    'arn:aws:iam::aws:policy/AdministratorAccess arn:aws:s3:::a-bucket/key',
  ]);
});

describe('aws-s3-bucket', () => {
  itFinds(awsS3Buckets, 'aws-s3-bucket', [
    's3://«my-bucket»/key s3a://«a.b.c»/ s3n://«my-bucket»에 S3://«my-bucket»',
    String.raw`"url": "s3:\/\/«my-bucket»\/key"`,
    'https://«my-bucket».s3.amazonaws.com/k https://«a.b».s3.eu-west-1.amazonaws.com http://«x-1».s3-website-us-east-1.amazonaws.com',
    'https://«my-bucket».s3.dualstack.us-west-2.amazonaws.com/ and «my-bucket».s3-accelerate.amazonaws.com',
    'https://s3.amazonaws.com/«my-bucket»/k https://s3.us-east-1.amazonaws.com/«my-bucket» https://s3-eu-west-1.amazonaws.com/«my-bucket».',
    'arn:aws:s3:::«my-bucket»/* arn:aws-cn:s3:::«Legacy_Bucket»',
    '"Bucket": "«my-bucket»", S3_BUCKET_NAME=«my-bucket-2» --bucket «my-bucket» <Bucket>«my-bucket»</Bucket>',
    'bucket: «my-bucket»\nbucket_name = "«logs2024»"',
    String.raw`{\"bucket\":\"«my-bucket»\"}`,
    String.raw`x\n«my-bucket».s3.amazonaws.com`,
  ]);
});

describe('what all detectors make of AWS', () => {
  it('names an instance by its own kind inside an ARN', () => {
    expect(findAll('arn:aws:ec2:us-east-1:123456789012:instance/i-0123456789abcdef0')).toEqual([
      'aws-account-id 123456789012',
      'aws-resource-id i-0123456789abcdef0',
    ]);
  });

  it('gives a contained finding to the longer one', () => {
    expect(findAll('s3://logs-i-0123456789abcdef0/')).toEqual(['aws-s3-bucket logs-i-0123456789abcdef0']);
  });

  itIgnores([
    'commit 3f786850e387550fdab836ed7e6dc881de23001b and deadbeef',
    '550e8400-e29b-41d4-a716-446655440000 vpc-550e8400-e29b-41d4-a716-446655440000',
    'v1.2.3-beta.4 react@19.0.0 lodash@4.17.21-beta.rc @types/node@24.19.2 typescript@latest',
    'git@github.com:org/repo.git ssh://git@gitlab.example.com/x',
    'logo@2x.png icon@1.5x.webp user@localhost a @ b.com',
    '1735689600000 1735689600 202401011230 123456789012 4111-1111-1111-1111',
    'snap-20240131 backup-vol-20241231 key-12345678 r-12345678901 h-deadbeef',
    'i-0123456789abcdef i-0123456789abcdef01 I-0123456789ABCDEF0 hi-1a2b3c4d5',
    'AKIAXXXXXXXXXXXXXXXX AKIA123 XAKIAIOSFODNN7EXAMPLE AKIAIOSFODNN7EXAMPLEX',
    'a token bucket: rate-limited requests; bucket: true; {"bucket": {"type": "string"}}; bucket = args.bucket1(',
    'the S3 service, s3://${BUCKET}/key, s3.amazonaws.com, new S3Client(), bucket: string',
    'o-ordination ou-bien-peut-etre j-pop arn:aws:s3 arn:aws:iam::aws:policy/ReadOnlyAccess',
    'the account has 12 users since 2024; order 123456789012345',
  ]);
});
