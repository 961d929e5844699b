import type { Random } from '../random';
import { ALNUM, BASE32, BASE64, LOWER_DIGITS } from './alphabets';
import type { ValueSource } from './sample';

const REGIONS = ['us-east-1', 'eu-west-1', 'ap-northeast-2', 'us-gov-west-1', 'cn-north-1'];
const LONG_IDS = [
  'i',
  'vpc',
  'subnet',
  'sg',
  'vol',
  'snap',
  'ami',
  'eni',
  'igw',
  'nat',
  'rtb',
  'tgw',
  'vpce',
  'fs',
  'eipalloc',
];
const WORDS = ['acme', 'prod', 'logs', 'data', 'billing', 'images', 'backup', 'team', 'raw', 'eu'];

const region = (random: Random): string => random.pick(REGIONS);
const account = (random: Random): string => `${random.between(1, 9)}${random.digits(11)}`;
const bucket = (random: Random): string => `${random.pick(WORDS)}-${random.pick(WORDS)}-${random.digits(4)}`;
const secret = (random: Random): string => random.text(BASE64, 40);

export const AWS_VALUES: readonly ValueSource[] = [
  { kind: 'aws-resource-id', make: (random) => `«${random.pick(LONG_IDS)}-0${random.hex(16)}»` },
  { kind: 'aws-resource-id', make: (random) => `«${random.pick(LONG_IDS)}-${random.hex(7)}f»` },
  {
    kind: 'aws-resource-id',
    make: (random) => `«${random.pick(['tgw-attach', 'vpce-svc', 'eni-attach'])}-0${random.hex(16)}»`,
  },
  {
    kind: 'aws-resource-id',
    make: (random) => `«${random.pick(['AROA', 'AIDA', 'ANPA'])}${random.text(BASE32, 16)}7»`,
  },
  { kind: 'aws-resource-id', make: (random) => `«o-${random.text(LOWER_DIGITS, 9)}4»` },
  {
    kind: 'aws-arn',
    make: (random) => `arn:aws:iam::«aws-account-id|${account(random)}»:role/«Deploy${random.digits(3)}»`,
  },
  {
    kind: 'aws-arn',
    make: (random) =>
      `arn:aws:lambda:${region(random)}:«aws-account-id|${account(random)}»:function:«charge-${random.pick(WORDS)}»`,
  },
  {
    kind: 'aws-arn',
    make: (random) =>
      `arn:aws:dynamodb:${region(random)}:«aws-account-id|${account(random)}»:table/«${random.pick(WORDS)}_orders»`,
  },
  {
    kind: 'aws-arn',
    make: (random) => `arn:aws-cn:sqs:cn-north-1:«aws-account-id|${account(random)}»:«${random.pick(WORDS)}-queue»`,
  },
  { kind: 'aws-account-id', make: (random) => `account «${account(random)}»` },
  { kind: 'aws-account-id', make: (random) => `"AccountId": "«${account(random)}»"` },
  { kind: 'aws-account-id', make: (random) => `aws_account_id = "«${account(random)}»"` },
  {
    kind: 'aws-account-id',
    make: (random) => `«${account(random)}».dkr.ecr.${region(random)}.amazonaws.com/app:latest`,
  },
  { kind: 'aws-account-id', make: (random) => `https://sqs.us-east-1.amazonaws.com/«${account(random)}»/` },
  {
    kind: 'aws-endpoint',
    make: (random) => `«db${random.digits(2)}.c${random.text(LOWER_DIGITS, 10)}».eu-west-1.rds.amazonaws.com`,
  },
  {
    kind: 'aws-endpoint',
    make: (random) => `«${random.pick(WORDS)}-lb-${random.digits(9)}».us-east-1.elb.amazonaws.com`,
  },
  {
    kind: 'aws-endpoint',
    make: (random) => `https://«${random.text(LOWER_DIGITS, 10)}».execute-api.eu-west-1.amazonaws.com/prod`,
  },
  { kind: 'aws-endpoint', make: (random) => `«d${random.text(LOWER_DIGITS, 13)}».cloudfront.net` },
  {
    kind: 'aws-endpoint',
    make: (random) => `«ip-10-${random.between(0, 255)}-${random.between(0, 255)}-7».ec2.internal`,
  },
  {
    kind: 'aws-endpoint',
    make: (random) => `https://«${random.hex(32).toUpperCase()}».gr7.eu-west-1.eks.amazonaws.com`,
  },
  { kind: 'aws-s3-bucket', make: (random) => `s3://«${bucket(random)}»/path/key.json` },
  { kind: 'aws-s3-bucket', make: (random) => `https://«${bucket(random)}».s3.eu-west-1.amazonaws.com/x` },
  { kind: 'aws-s3-bucket', make: (random) => `https://s3.us-east-1.amazonaws.com/«${bucket(random)}»/x` },
  { kind: 'aws-s3-bucket', make: (random) => `arn:aws:s3:::«${bucket(random)}»/*` },
  { kind: 'aws-s3-bucket', make: (random) => `aws s3api list-objects --bucket «${bucket(random)}»` },
  {
    kind: 'aws-access-key-id',
    make: (random) => `«${random.pick(['AKIA', 'ASIA', 'ABIA', 'ACCA'])}${random.text(BASE32, 16)}»`,
  },
  { kind: 'aws-secret-key', make: (random) => `aws_secret_access_key = «${secret(random)}»` },
  { kind: 'aws-secret-key', make: (random) => `"SecretAccessKey": "«${secret(random)}»"` },
  { kind: 'aws-secret-key', make: (random) => `export AWS_SECRET_ACCESS_KEY="«${secret(random)}»"` },
  { kind: 'aws-session-token', make: (random) => `aws_session_token = «IQoJb3JpZ2lu${random.text(BASE64, 300)}»` },
  { kind: 'aws-session-token', make: (random) => `«FwoGZXIvYXdz${random.text(BASE64, 200)}»` },
  { kind: 'aws-bedrock-key', make: (random) => `«ABSK${random.text(ALNUM, 128)}»` },
  { kind: 'aws-bedrock-key', make: (random) => `«bedrock-api-key-${random.text(ALNUM, 60)}»` },
];
