import { findAll, itEndsOn, itFinds, itIgnores } from '../detectors.fixture';
import { awsArns } from './aws-arns.detector';
import { awsBucketWords } from './aws-bucket-words.detector';
import { awsEndpoints } from './aws-endpoints.detector';
import { awsS3Buckets } from './aws-s3-buckets.detector';

describe('aws-arn', () => {
  itFinds(awsArns, 'aws-arn', [
    'arn:aws:iam::123456789012:role/«service-role/Admin»,',
    'arn:aws:lambda:us-east-1:123456789012:function:«my-fn». arn:aws:lambda:us-east-1:123456789012:function:«my-fn:PROD»',
    'arn:aws:lambda:us-east-1:123456789012:function:«my-fn»:$LATEST arn:aws:dynamodb:us-west-2:123456789012:table/«X/index/Y»',
    'arn:aws:logs:us-east-1:123456789012:log-group:/«aws/lambda/my-fn»:*',
    'arn:aws:sns:us-east-1:123456789012:«MyTopic»입니다 arn:aws:sns:us-east-1:123456789012:«MyTopic:8a21d249-4329-4871»',
    'arn:aws:iam::123456789012:root arn:aws:iam::123456789012:role/* arn:aws:logs:*:*:log-group:/aws/lambda/*',
    'arn:aws:iam::aws:policy/AdministratorAccess arn:aws:s3:::a-bucket/key',
    'arn:aws:sts::123456789012:assumed-role/«Admin/alice@example.com» "arn:aws-cn:iam::123456789012:user/«Bob»"',
    'arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/«1234abcd-12ab-34cd-56ef-1234567890ab»',
    'arn:aws:secretsmanager:us-east-1:123456789012:secret:«MySecret-AbCdEf», arn:aws:sqs:us-east-1:123456789012:«q.fifo»',
    '"Resource": ["arn:aws:dynamodb:*:123456789012:table/«orders»/*", "arn:aws:execute-api:us-east-1:123456789012:«a1b2c3/*/GET/pets»"]',
    '!Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:role/«deploy-role» arn:aws:lambda:us-east-1:*:function:«billing»',
    '**arn:aws:iam::123456789012:role/«Admin»** 역할arn:aws:iam::123456789012:role/«Admin»을 (arn:aws:iam::123456789012:user/«x»)',
    '<b>arn:aws:ecs:us-east-1:123456789012:task/«prod/abc123def456»</b> ?a=arn:aws:iam::123456789012:user/«x»&b=1',
    'arn:aws:route53:::hostedzone/«Z148QEXAMPLE8V» arn:aws:apigateway:us-east-1::/restapis/«a1b2c3d4e5»',
    'arn:aws:codecommit:us-east-1:123456789012:«my-repo» arn:aws:codepipeline:us-east-1:123456789012:«Pipe/Stage/Act»',
  ]);

  itIgnores([
    'arn:aws:s3 arn:aws:iam::aws:policy/ReadOnlyAccess arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-v2',
    'arn:aws:<service>:<region>:<account-id>:<resource> arn:aws:iam::ACCOUNT-ID:role/Name arn:aws:s3:::* learn: more',
    'arn:aws:ssm:us-east-1::parameter/aws/service/ami-amazon-linux-latest arn:aws:iam::${AWS::AccountId}:root',
  ]);

  it('masks the account and the name of an encoded ARN', () => {
    expect(findAll('?arn=arn%3Aaws%3Asns%3Aus-east-1%3A123456789012%3AAlerts')).toEqual([
      'aws-account-id 123456789012',
      'aws-arn Alerts',
    ]);
  });
});

describe('aws-endpoint', () => {
  itFinds(awsEndpoints, 'aws-endpoint', [
    'host=«mydb.abc123xyz».eu-west-1.rds.amazonaws.com:5432 «mydb.cluster-ro-123456789012».us-east-1.rds.amazonaws.com/x',
    'https://«internal-my-lb-1234567890».us-west-2.elb.amazonaws.com/ «my-nlb-1234567890abcdef».elb.us-east-1.amazonaws.com.',
    'server: https://«ABCDEF0123456789ABCDEF0123456789.gr7».ap-northeast-2.eks.amazonaws.com',
    '«search-logs-abc123».us-east-1.es.amazonaws.com, «wg.123456789012».us-east-1.redshift-serverless.amazonaws.com',
    '«examplecluster.cdef12345».us-west-2.redshift.amazonaws.com «docs.cluster-cx».us-east-1.docdb.amazonaws.com:27017',
    '«my.abc123.ng.0001».use1.cache.amazonaws.com:6379 «clustercfg.my.abc».memorydb.us-east-1.amazonaws.com',
    'https://«a1b2c3d4e5».execute-api.us-east-1.amazonaws.com/prod https://«d111111abcdef8».cloudfront.net/logo.png',
    '«ec2-203-0-113-25».compute-1.amazonaws.com «ec2-1-2-3-4».ap-northeast-2.compute.amazonaws.com',
    '«ip-10-0-0-1».ec2.internal «ip-10-24-34-0».us-west-2.compute.internal',
    '«a1b2c3d4e5f6g7-ats».iot.us-east-1.amazonaws.com «b-1.mycluster.abc123.c2».kafka.us-east-1.amazonaws.com:9098',
    '«my-env.eba-abc123».us-east-1.elasticbeanstalk.com «myenv».elasticbeanstalk.com',
    '«abc123def4».us-east-1.awsapprunner.com «main.d1abcdef2».amplifyapp.com «my-domain».auth.us-east-1.amazoncognito.com',
    'https://«abcdefghijklmnopqrstuvwxyz012345».lambda-url.us-east-1.on.aws/ «d-9067012345».awsapps.com/start',
    '«vpce-1a2b3c4d-5e6f7a8b».ec2.us-east-1.vpce.amazonaws.com «s-1234567890abcdef0».server.transfer.us-east-1.amazonaws.com',
    'https://sqs.us-east-1.amazonaws.com/123456789012/«MyQueue.fifo» «MYDB.ABC123».EU-WEST-1.RDS.AMAZONAWS.COM',
    'https://oidc.eks.us-east-1.amazonaws.com/id/«EXAMPLED539D4633E53DE1B71EXAMPLE»',
    '주소는«db.abc123».ap-northeast-2.rds.amazonaws.com입니다 **«db.abc123».us-east-1.rds.amazonaws.com** _«db.abc1».us-east-1.rds.amazonaws.com',
    '?a=«db.abc123».us-east-1.rds.amazonaws.com&b=1 <b>«x1».cloudfront.net</b> «acme-corp».signin.aws.amazon.com',
    '«db.abc123».rds.cn-north-1.amazonaws.com.cn «a1b2c3».appsync-api.us-east-1.amazonaws.com/graphql',
    '«mydom-123456789012».d.codeartifact.us-east-1.amazonaws.com «fs-0123».efs.us-east-1.amazonaws.com',
  ]);

  itIgnores([
    'https://s3.eu-west-1.amazonaws.com sts.amazonaws.com ec2.us-east-1.amazonaws.com dynamodb.ap-northeast-2.amazonaws.com',
    'data-ats.iot.us-east-1.amazonaws.com runtime.sagemaker.us-east-1.amazonaws.com api.ecr.us-east-1.amazonaws.com',
    '*.us-east-1.elb.amazonaws.com ${id}.execute-api.us-east-1.amazonaws.com <id>.cloudfront.net *.cloudfront.net xxxx.cloudfront.net',
    'rds.amazonaws.com lambda.amazonaws.com elasticbeanstalk.com us-east-1.elasticbeanstalk.com us-east-1.signin.aws.amazon.com',
    'docs.aws.amazon.com console.aws.amazon.com public.ecr.aws/lambda/nodejs:20 Amazon.Lambda.on.awsome',
  ]);

  it('names an address of an instance or a file system by its id', () => {
    expect(findAll('fs-0123456789abcdef0.efs.us-east-1.amazonaws.com')).toEqual([
      'aws-resource-id fs-0123456789abcdef0',
    ]);
    expect(findAll('123456789012.dkr.ecr.us-east-1.amazonaws.com/app')).toEqual(['aws-account-id 123456789012']);
  });
});

describe('aws-s3-bucket in addresses', () => {
  itFinds(awsS3Buckets, 'aws-s3-bucket', [
    's3://«my-bucket»/key s3a://«a.b.c»/ s3n://«my-bucket»에 S3://«my-bucket»',
    String.raw`"url": "s3:\/\/«my-bucket»\/key"`,
    'https://«my-bucket».s3.amazonaws.com/k https://«a.b».s3.eu-west-1.amazonaws.com http://«x-1».s3-website-us-east-1.amazonaws.com',
    'https://«my-bucket».s3.dualstack.us-west-2.amazonaws.com/ and «my-bucket».s3-accelerate.amazonaws.com',
    'https://s3.amazonaws.com/«my-bucket»/k https://s3.us-east-1.amazonaws.com/«my-bucket» https://s3-eu-west-1.amazonaws.com/«my-bucket».',
    'arn:aws:s3:::«my-bucket»/* arn:aws-cn:s3:::«Legacy_Bucket» arn:${AWS::Partition}:s3:::«my-logs»',
    String.raw`x\n«my-bucket».s3.amazonaws.com`,
    'https://us-east-1.console.aws.amazon.com/s3/buckets/«my-bucket»?region=us-east-1',
    '버킷s3://«logs»입니다 **s3://«logs»** (s3://«logs») s3://«logs»,',
  ]);
});

describe('aws-s3-bucket next to the word', () => {
  itFinds(awsBucketWords, 'aws-s3-bucket', [
    '"Bucket": "«my-bucket»", S3_BUCKET_NAME=«my-bucket-2» --bucket «my-bucket» <Bucket>«my-bucket»</Bucket>',
    'bucket: «my-bucket»\nbucket_name = "«logs2024»"\nBUCKET=«acme-logs»',
    String.raw`{\"bucket\":\"«my-bucket»\"}`,
    '{"s3":{"bucket":{"name":"«amzn-s3-demo-bucket1»","ownerIdentity":{}}}}',
    '"Bucket": "«examplebucket»" --bucket «mybucket» --key x S3_BUCKET=«assets» "bucketName": "«acmelogs»"\nBucketName: «acmelogs»\n',
    "s3.Bucket('«my-bucket»') create_bucket(Bucket='«amzn-s3-demo-bucket»') CopySource: '«my-bucket»/key'",
    'upload to bucket «my-bucket-1», --log-bucket «flow-logs-for-website-lb»',
    'the `«acme-prod-logs»` bucket, S3 bucket «my-data» and bucket named «acme-data»',
    'bucket **«my-bucket-1»**, bucket <b>«my-bucket-1»</b>, bucket ?a=«my-bucket-1»&b=1, bucket [«my-bucket-1»]',
    '버킷 «acme-logs-2»를 지워, «acme-prod-logs» 버킷에서, 버킷 이름은 «acme-data-1»입니다',
    'bucket “«my-bucket-1»”, bucket 값«my-bucket-1», bucket name: =«my-data-1», `«acme-prod-logs»` 버킷',
    'buckets «acme-logs-1», «acme-logs-2» and «acme-logs-3»; files in the «acme-data-lake» S3 bucket',
  ]);

  itIgnores([
    'a token bucket: rate-limited requests; bucket: true; {"bucket": {"type": "string"}}; bucket = args.bucket1(',
    'the S3 service, s3://${BUCKET}/key, s3.amazonaws.com, new S3Client(), bucket: string, s3://<bucket>/x',
    'bucket-1 is full, bucket[key-2], bucket.rate-limit, the per-user bucket, a fixed-size bucket, bucket first-in-first-out',
    'bucket: "30d", bucket="2024-01", bucket: \'hour\', {"bucket":"control"}, the 30-minute bucket, "bucket": "string"',
    'ATTR_AWS_S3_BUCKET: "aws.s3.bucket"; s3.getBucketCors({}), pipe.buckets[pipe.buckets.length-1]',
    'the --bucket argument is unspecified, --bucket should be given; bucket_name=self._url.bucket_name, bucket_name=container,',
    'put --bucket $X --versioning-configuration Status=Enabled; bucketprefix-abc-1, s3://BUCKET_NAME/x',
    'bucket: ${var.bucket}, Bucket: !Ref LogBucket, --bucket $BUCKET, bucket = "my-app-${env}", the bucket in us-east-1',
  ]);

  it('gives a contained finding to the longer one', () => {
    expect(findAll('s3://logs-i-0123456789abcdef0/')).toEqual(['aws-s3-bucket logs-i-0123456789abcdef0']);
  });
});

describe('what looks like AWS but is not', () => {
  itIgnores([
    'commit 3f786850e387550fdab836ed7e6dc881de23001b and deadbeef',
    'v1.2.3-beta.4 react@19.0.0 lodash@4.17.21-beta.rc @types/node@24.19.2 typescript@latest',
    'git@github.com:org/repo.git logo@2x.png icon@1.5x.webp a @ b.com',
    '550e8400-e29b-41d4-a716-446655440000 1735689600000 1735689600 202401011230',
  ]);
});

describe('AWS values', () => {
  const PARTS = [
    'account ',
    '123456789012 ',
    '123456789012',
    'arn:aws:iam::',
    'arn:',
    'AKIA',
    'AKIAIOSFODNN7EXAMPLE ',
    'bucket ',
  ];
  const MORE = [
    'bucket="a-',
    'a.',
    '.amazonaws.com',
    'a.amazonaws.com ',
    'secret key ',
    'wJalrXUtnFEMI/',
    '-0123456789abcdef0',
    'AQo',
  ];
  /** Beginnings of values that a value may also hold. */
  const REPEATED = [
    'arn:aws:iam::123456789012:role/',
    '+ABSK',
    '_IQoJb3JpZ2lu',
    'session',
    'session_token ',
    'bedrock-api-key-',
  ];

  itEndsOn(
    [
      ...PARTS,
      ...MORE,
      ...REPEATED,
      'a-',
      '<b>',
      'us-east-1_',
      'IQoJb3JpZ2lu',
      's3://a.',
      '.s3',
      's3.',
      'Z1',
      '계정 ',
      '버킷 ',
    ],
    (text) => expect(findAll(text).length).toBeLessThanOrEqual(text.length / 5),
  );
});
