import { findAll, itFinds, itIgnores } from '../detectors.fixture';
import { awsAccountIds } from './aws-account-ids.detector';
import { awsDashedIds } from './aws-dashed-ids.detector';
import { awsIdsByKoreanWords, awsIdsByWords } from './aws-ids-by-words.detector';
import { awsNamedIds } from './aws-named-ids.detector';
import { awsResourceIds } from './aws-resource-ids.detector';

describe('aws-resource-id with hexadecimal digits', () => {
  itFinds(awsResourceIds, 'aws-resource-id', [
    'stop «i-0123456789abcdef0» and «i-1a2b3c4d», then «vpc-0123456789abcdef0».',
    '«vpc-12345678»,«subnet-0a1b2c3d4e5f60718»;(«sg-1a2b3c4d»)',
    '«tgw-attach-0123456789abcdef0» «vpce-svc-0123456789abcdef0» «eni-attach-1a2b3c4d» «ipam-res-disco-0123456789abcdef0»',
    'web-«i-0123456789abcdef0».internal and foo_«i-0123456789abcdef0»_bar',
    '인스턴스«i-0123456789abcdef0»입니다 **«vol-049df61146f12c45a»** `«snap-066877671789bd71b»` <b>«ami-0abcdef1234567890»</b>',
    '?a=«eni-1a2b3c4d»&b=«rtb-0a1b2c3d» |«igw-1a2b3c4d»| [«nat-0123456789abcdef0»]',
    String.raw`{"log":"a\n«i-0123456789abcdef0»\u003c«vpc-1a2b3c4d»\t"}`,
    '?id=%3D«i-0123456789abcdef0»&x',
    'of a type to come «vnew-thing-0123456789abcdef0», «vai-1234567890abcdef0», spot request «sir-1a2b3c4d»',
    'of documentation «tgw-attach-0b5968d3b6EXAMPLE» (**«subnet-0b8da2094aEXAMPLE»**), task «export-i-0123456789abcdef0» «lgw-rtb-059615ef7dEXAMPLE»',
    'STOP «I-0123456789ABCDEF0» IN «VPC-1A2B3C4D», «Vpc-0123456789abcdef0» and gateway «sgw-12A3456B»',
    '«sg-1a2b3c4d»-prod «i-0123456789abcdef0»-web «subnet-1a2b3c4d».',
    'server «s-1234567890abcdef0», file system «fs-12345678», mount «fsmt-0123456789abcdef0», «ACL-1A2B3C4D» «cvpn-assoc-12312312312312312» «bun-2a4e041c»',
  ]);

  itIgnores([
    'sg-1a2b3c4d-1234-x vpc-550e8400-e29b-41d4-a716-446655440000 i-550E8400-E29B-41D4-A716-446655440000',
    'snap-20240131 backup-vol-20241231 key-12345678 r-12345678901 h-deadbeef',
    'i-0123456789abcdef i-0123456789abcdef01 I-0123456789abcdeF0 hi-1a2b3c4d5',
    'backup-20240131123456789 PL-12345678 ticket-i-12345678 R-20231131 FS-10234567',
    'the pre-EXAMPLE, user-1EXAMPLE, i-0b8da2094aEXAMPLES',
    'vol-3f2a1b9c.js i-8c7f2a1b.css acl-1a2b3c4d.mjs',
    'api-7d9f8b6c5d-x2k4z web-7d9f8b6c5d css-1dbjc4n r-1awozwy',
  ]);

  it('names an instance by its own kind inside an ARN', () => {
    expect(findAll('arn:aws:ec2:us-east-1:123456789012:instance/i-0123456789abcdef0')).toEqual([
      'aws-account-id 123456789012',
      'aws-resource-id i-0123456789abcdef0',
    ]);
  });
});

describe('aws-resource-id with other forms', () => {
  itFinds(awsNamedIds, 'aws-resource-id', [
    'role «AROAIOSFODNN7EXAMPLE» user «AIDACKCEVSQ6C2EXAMPLE» group «AGPAI23HZ27SI6FQMGNQ2»',
    '"UserId": "«AROAEXAMPLEJZKLMNOPQR»:session", «ANPAJ2UCCR6DPCEXAMPLE»을, «ASCACKCEVSQ6C2EXAMPLE»',
    'dimension app/«my-load-balancer/50dc6c495c0c9188» and targetgroup/«my-targets/73e2d6bc24d8a067»',
  ]);

  itFinds(awsDashedIds, 'aws-resource-id', [
    'cluster «j-2AXXXXXXGAPLF», step «s-3M8DXXXXXXXXX», org «o-a1b2c3d4e5», unit «ou-ab12-c3d4e5f6», «o-exampleorgid»',
    'pool «us-east-1_AbCdEfGhI», «ap-northeast-2_9AbCdEfGh»입니다',
    'identity pool «us-east-1:1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d», pool_«us-gov-west-1_aaaaaaaa1»',
    '"DbiResourceId": "«db-ABCDEFGHIJKLMNOPQRSTUVWX12»" «cluster-JYIYWYFFGPG7YW3QVHGQ2BEXAM»',
    '«dxcon-fg5678gh» «dxvif-ffhhk74f», directory «d-926726ab12», WorkSpace «ws-dk1xzr417», «import-i-ffvko9js»',
    'key **«mrk-1234abcd12ab34cd56ef12345678990a»**, ?a=«o-a1b2c3d4e5»&b=1 <b>«j-3KVTXXXXXX7UG»</b> 조직o-x, 조직«o-a1b2c3d4e5»의',
  ]);

  itFinds(awsIdsByWords, 'aws-resource-id', [
    '"HostedZoneId": "«Z1D633PJN98FT9»", /hostedzone/«Z2FDTNDATAQYW2», Route 53 zone **«Z0123456789ABCDEFGHIJ»**',
    '--distribution-id «EDFDVBD6EXAMPLE» distribution/«E1234567890ABC», CloudFront <b>«E2QWRUHAPOMQZL»</b>',
    '--key-id «1234abcd-12ab-34cd-56ef-1234567890ab» "KmsKeyId": "«0d990263-018e-4e65-a703-eff731de951e»"',
    'KMS key «12345678-1234-1234-1234-123456789012» KeyId: "«54348bc1-6e3b-4cda-8b18-c6033ca7d328»"',
    '--rest-api-id «a1b2c3d4e5» restapis/«1234567abc», directory «d-1234567890», --parent-id «r-f6g7h8i9j0example»',
    '--user-pool-id «us-west-2_EXAMPLE» cognito-idp.us-west-2.amazonaws.com/«us-west-2_abc123»',
    'Elastic Beanstalk environment «e-abcdefghij», organization «o-xyzxyzxyzxyz»',
  ]);

  itFinds(awsIdsByKoreanWords, 'aws-resource-id', [
    '호스팅 영역 «Z3AADJGX6KTTL2»을 지우고 배포 «E2QWRUHAPOMQZL»를 끈다',
  ]);

  itIgnores([
    'AROAXXXXXXXXXXXXXXXX AIDA AROA123 XAROAIOSFODNN7EXAMPLE',
    'o-ordination ou-bien-peut-etre j-pop e-commerce s-curve is-ENABLED if-modified',
    'request 550e8400-e29b-41d4-a716-446655440000, key_id 550e8400-e29b-41d4-a716-446655440000',
    'Z1234567890ABC E1234567890ABC ETag: E2QWRUHEXAMPLE us-east-1_short us-east-1a',
    'ws-gateway01 d-1234567890 e-learning01 react-dom',
  ]);
});

describe('aws-account-id', () => {
  itFinds(awsAccountIds, 'aws-account-id', [
    'arn:aws:iam::«123456789012»:role/x and arn:aws-us-gov:sns:us-gov-west-1:«210987654321»:t arn:aws-cn:ec2:*:«210987654321»:x',
    '«123456789012».dkr.ecr.eu-west-1.amazonaws.com/app:1 https://«123456789012».signin.aws.amazon.com/console',
    'https://sqs.eu-west-1.amazonaws.com/«123456789012»/queue',
    'account «123456789012» and "Account": "«123456789012»", AWS_ACCOUNT_ID=«123456789012»',
    'accounts «111111111111», «222222222222» and «333333333333»; then 1, 444444444444',
    '"OwnerId":"«123456789012»", account id is «1234-5678-9012», 계정 번호는 «123456789012»입니다',
    String.raw`\"accounts\": [\"«111111111111»\", \"«222222222222»\"]`,
    'aws_account_id = "«123456789012»" AccountId: «123456789012» --account-id «123456789012» ownerId=«123456789012»',
    'account **«123456789012»**, account `«123456789012»`, account <b>«123456789012»</b>, account (id) [«123456789012»]',
    'account id ?a=«123456789012»&b=1 | Account ID | «123456789012» | account _«123456789012»_',
    'AWS 계정«123456789012»에서, 계정 ID: «1234-5678-9012»를, 계정(«123456789012»)',
    'the AWS account acme-prod («123456789012») and the «210987654321» account',
    '"Principal": {"AWS": "«123456789012»"}, "AWS": ["«111111111111»", "«222222222222»"]',
    'AWSLogs/«123456789012»/CloudTrail AWSLogs/o-exampleorgid/«123456789012»/x aws://«123456789012»/us-east-1',
    'cdk-hnb659fds-assets-«123456789012»-us-east-1 elasticbeanstalk-us-east-1-«123456789012» «123456789012»_CloudTrail_us-east-1',
    '2 «123456789010» eni-1235b8ca123456789 172.31.16.139 AdministratorAccess-«123456789012»',
    '"AWS_ACCOUNT_ID"=>"«0000-0000-0000»" sso_account_id = «123456789012» --owners «099720109477» --registry-ids «012345678910» registry_id: "«439039572687»"',
    'AWSAccountId: "«324320755747»" <AccountId>«123456789012»</AccountId> account_id,«123456789012»',
    'the account we use for tests is «123456789012», account {"k": "«123456789012»"} account | x | «123456789012» |',
    '"MasterId": "«111122223333»", "CustomerAwsId": "«123456789012»", AccountIdentifier: «123456789012»',
    'accounts:\n            - "«111111111111»"\n            - "«222222222222»"',
  ]);

  itIgnores([
    '1735689600000 1735689600 202401011230 123456789012 4111-1111-1111-111',
    'the account has 12 users since 2024; order 123456789012345; account.\n\n123456789012 rows',
    'account created 202401011230, account with order number 123456789012, account balance 123456789012',
    'account 123456789012ab account-123456789012-4 created 202401011230',
  ]);

  it('leaves the accounts of banks to their own kind', () => {
    expect(findAll('bank account 123456789012')).not.toContain('aws-account-id 123456789012');
  });
});
