import { findAll, itFinds, itIgnores } from '../detectors.fixture';
import { awsAccessKeyIds } from './aws-access-key-ids.detector';
import { awsBedrockKeys } from './aws-bedrock-keys.detector';
import { awsSecretKeys } from './aws-secret-keys.detector';
import { awsSessionTokens } from './aws-session-tokens.detector';

/** Values in the published forms, put together here so that no scanner takes this file for a leak. */
const SECRET = ['wJalrXUtnFEMI/K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/');
const OTHER_SECRET = ['IwJz1SHMccAKUKuskdVo', 'HFfkre73BTyF80nRmcWc'].join('');
const BODY = 'EJr1KgkvT2o5OytwEXAMPLEyRz+bH8qWpT/3nXc7Vd9uJmLk0aSfGhQeZbNxYiCvDlUoPtRw4s6B';
const SESSION = ['IQoJb3JpZ2lu', 'X2VjEJ3//////////wEaCXVzLWVhc3QtMSJHMEUCIQ', BODY].join('');
const BEDROCK = ['ABSK', 'QmVkcm9ja0FQSUtleS1hYmNkLWF0LTEyMzQ1Njc4OTAxMjp', BODY, BODY.slice(0, 8), '='].join('');

describe('aws-access-key-id', () => {
  itFinds(awsAccessKeyIds, 'aws-access-key-id', [
    '"AccessKeyId": "«ASIAJEXAMPLEXEG2JICEA»"',
    '«AKIAIOSFODNN7EXAMPLE», «ASIA1234567890ABCDEF» and "«ABIAQ3EGT5RZ2MNB7KLP»"',
    'aws_access_key_id=«AKIAIOSFODNN7EXAMPLE»를 키«AKIALALEMEL33243OLIB»입니다',
    String.raw`keys:\n«AKIAIOSFODNN7EXAMPLE»\n`,
    '**«ACCAS9L8MS5IPHTZPPUQ»** <id>{«AKIAWGXZ9OPDOWUJMZGI»}</id> _«AKIADEADBEEFDEADBEEF»_ |«A3T0ABCDEFGHIJKLMNOP»|',
    'X-Amz-Credential=«AKIAIOSFODNN7EXAMPLE»/20130524/us-east-1/s3/aws4_request ?a=«ASIAIOSFODNN7EXAMPLE»&b=',
  ]);

  itIgnores([
    'AKIAXXXXXXXXXXXXXXXX AKIA123 XAKIAIOSFODNN7EXAMPLE AKIAIOSFODNN7EXAMPLEX AKIAs9L8MS5iPHTZPPUQ akiazzzzzzzzzzzzzzzz',
    'TODAYINASIAASACKOFRICEFELLOVER Näytä asiakirjamallikansio. A3T0ABCDEFGHIJKLMNO A3T0ABCDEFGHIjklmnop',
    'export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID} in Asia, <your-access-key-id>',
  ]);
});

describe('aws-secret-key', () => {
  itFinds(awsSecretKeys, 'aws-secret-key', [
    `aws_secret_access_key = «${SECRET}»`,
    `AWS_SECRET_ACCESS_KEY="«${SECRET}»" AWS_SECRET_KEY: '«${SECRET}»' awsSecretKey=«${SECRET}»,`,
    `"SecretAccessKey": "«${SECRET}»", "secretKey":"«${OTHER_SECRET}»"`,
    `AWS Secret Access Key [None]: «${SECRET}»\nsecret key:«${OTHER_SECRET}»`,
    `my secret access key is «${SECRET}». The secret key (**«${OTHER_SECRET}»**) too; secret key <b>«${SECRET}»</b>`,
    `AWS 시크릿 액세스 키는 «${SECRET}»입니다, AWS 비밀 키«${OTHER_SECRET}»를`,
    `aws_secret => «${SECRET}» secret key ?a=«${SECRET}»&b=2 | secret key | «${SECRET}» |`,
    `AKIAIOSFODNN7EXAMPLE,«${SECRET}»`,
    `id: ABIAS9L8MS5IPHTZPPUQ\n secret: .«${OTHER_SECRET}»;`,
    `Access key ID,Secret access key\nAKIAIOSFODNN7EXAMPLE,«${SECRET}»\n`,
    `«${OTHER_SECRET}» belongs to AKIALALEMEL33243OLIB`,
    `the secret access key that we use is "«${SECRET}»", secret_key: {"k": "«${SECRET}»"}`,
    `<secretAccessKey>«${SECRET}»</secretAccessKey>`,
  ]);

  it('reads an escaped slash', () => {
    const escaped = SECRET.replaceAll('/', String.raw`\/`);
    expect(findAll(`{"SecretAccessKey":"${escaped}"}`)).toEqual([`aws-secret-key ${escaped}`]);
  });

  itIgnores([
    'aws commit 3f786850e387550fdab836ed7e6dc881de23001b by a secret author, AKIAXXXXXXXXXXXXXXXX',
    `the aws digest is ${OTHER_SECRET}, nothing else`,
    'aws s3 cp src/components/dashboard/widgets/charts1 x; secret/path/components/dashboard/widgets',
    'aws secrets: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'aws secret_access_key: SandboxesSandboxAwsMountStaticAuthConfig.SecretAccessKey;',
    'ANY_KEY = ZHVtbXkgdGV4dCBkYXRhIGRhdGEgZGF0YQ==',
  ]);

  it('takes no digest for a key next to a key id', () => {
    expect(findAll('AKIAIOSFODNN7EXAMPLE at 3f786850e387550fdab836ed7e6dc881de23001b')).toEqual([
      'aws-access-key-id AKIAIOSFODNN7EXAMPLE',
    ]);
    const far = `AKIAIOSFODNN7EXAMPLE${' .'.repeat(150)} ${OTHER_SECRET}`;
    expect(findAll(far)).toEqual(['aws-access-key-id AKIAIOSFODNN7EXAMPLE']);
  });
});

describe('aws-session-token', () => {
  itFinds(awsSessionTokens, 'aws-session-token', [
    `aws_session_token = «${SESSION}»`,
    `the token «FwoGZXIvYXdz${BODY}», «FQoGZXIvYXdz${BODY}»입니다 **«FwoDYXdz${BODY}»**`,
    `«AQoDYXdz${BODY}=» and «AQoEXAMPLE${BODY}»`,
    `X-Amz-Security-Token=«${SESSION}»&X-Amz-Date=1 <SessionToken>«${SESSION}»</SessionToken>`,
    `session: «aSqfp/GTZbJP+tXPNCZ9GoveoM0vgxtlYXdz${BODY}»`,
    `세션 토큰은 «b${BODY}${BODY}» security token: «c${BODY}${BODY}=»`,
    'AWS_SESSION_TOKEN=«AQoDExampleToken1234» "aws_session_token": "«IQoJb3JpZ2luEXAMPLETOKEN1»"',
  ]);

  itIgnores([
    'tokens begin with FwoGZXIvYXdz or IQoJb3JpZ2lu, AQoD; AWS_SESSION_TOKEN=${TOKEN} aws_session_token = getSessionToken2(',
    `data:application/octet-stream;base64,AQo${BODY}`,
    `image: iVBORw0KGgo${BODY}${BODY}`,
  ]);
});

describe('aws-bedrock-key', () => {
  itFinds(awsBedrockKeys, 'aws-bedrock-key', [
    `AWS_BEARER_TOKEN_BEDROCK=«${BEDROCK}»`,
    `Use «${BEDROCK}», or «bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29tLz9BY3Rpb249Q2Fsb»입니다.`,
    `"bedrock-api-key-name"; **«ABSK${BODY}${BODY.slice(0, 40)}»** &k=«${BEDROCK}»&x=1`,
    'os.environ["AWS_BEARER_TOKEN_BEDROCK"] = "«abcDEF1234567890abcDEF12»"',
  ]);

  itIgnores([
    'ABSK prefix, ABSKxyz, bedrock-api-key-<key>, bedrock-api-key-name',
    `ABSK${'X'.repeat(120)} AWS_BEARER_TOKEN_BEDROCK=\${BEDROCK_TOKEN}`,
  ]);
});
