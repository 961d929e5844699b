import { REGION } from './regions';

/** A region, or its short code in the names of caches, such as `use1`. */
const IN_REGION = `(?:${REGION}|[a-z]{3,5}\\d)`;

/** Services whose customers have hosts of their own: `….region.service.amazonaws.com` or `….service.region.amazonaws.com`. */
const SERVICES =
  'rds|rds-fips|elb|es|eks|docdb|neptune|redshift|redshift-serverless|cache|compute|cloudsearch|aoss|airflow|opsworks-cm|' +
  'timestream-influxdb|memorydb|dax-clusters|dax|elasticmapreduce|emrappui-prod|mq|execute-api|appsync-api|' +
  'appsync-realtime-api|iot|credentials\\.iot|jobs\\.iot|kinesisvideo|efs|fsx|server\\.transfer|kafka|kafka-serverless|' +
  'vfs\\.cloud9|grafana-workspace|mediaconvert|data\\.mediastore|mediapackage|mediapackagev2|egress\\.mediapackagev2|' +
  'medialive|mediatailor|control-kinesis|data-kinesis|d\\.codeartifact|cups\\.lorawan|lns\\.lorawan|managedblockchain';

const DNS = String.raw`amazonaws\.(?:com(?:\.cn)?|eu)`;

/** What stands behind the customer's labels in a host name of AWS, from the first dot that fits to the end. */
export const SERVICE_SUFFIX = new RegExp(
  String.raw`(?:` +
    [
      String.raw`\.(?:${IN_REGION}\.(?:${SERVICES})|(?:${SERVICES})\.${IN_REGION})\.${DNS}`,
      String.raw`\.compute(?:-1)?\.${DNS}`,
      String.raw`\.(?![a-z0-9.-]{0,40}vpce-)[a-z0-9.-]{2,40}\.${IN_REGION}\.vpce\.${DNS}`,
      String.raw`\.(?:prod\.)?clientvpn\.${IN_REGION}\.${DNS}`,
      String.raw`(?:\.${IN_REGION})?\.elasticbeanstalk\.com`,
      String.raw`\.${IN_REGION}\.awsapprunner\.com`,
      String.raw`\.amplifyapp\.com`,
      String.raw`\.cloudfront\.net`,
      String.raw`\.awsglobalaccelerator\.com`,
      String.raw`\.awsapps\.com`,
      String.raw`\.auth(?:-fips)?\.${IN_REGION}\.amazoncognito\.com`,
      String.raw`\.[a-z0-9-]{2,40}\.${IN_REGION}\.on\.aws`,
      String.raw`\.(?:studio|notebook)\.${IN_REGION}\.sagemaker\.aws`,
      String.raw`\.${IN_REGION}\.cs\.amazonlightsail\.com`,
      String.raw`\.signin\.aws\.amazon\.com`,
      String.raw`\.my\.connect\.aws`,
      String.raw`\.(?:${IN_REGION}\.compute|ec2)\.internal`,
    ].join('|') +
    ')$',
  'i',
);

/** What every such host name holds near its end, in lower case. */
export const HOST_KEYWORDS = [
  'amazonaws.com',
  'amazonaws.eu',
  'elasticbeanstalk.com',
  'awsapprunner.com',
  'amplifyapp.com',
  'cloudfront.net',
  'awsglobalaccelerator.com',
  'awsapps.com',
  'amazoncognito.com',
  'on.aws',
  'sagemaker.aws',
  'amazonlightsail.com',
  'signin.aws.amazon.com',
  'my.connect.aws',
  'compute.internal',
  'ec2.internal',
] as const;

/** Labels of service endpoints and of documentation that are no customer's. */
export const PUBLIC_LABELS = new RegExp(
  String.raw`^(?:${IN_REGION}|data|data-ats|ats|api|api-fips|runtime|www|status|fips|dualstack|public|gr7|oidc|prefix|[x*]{2,}|ec2-[x-]+)$`,
  'i',
);
