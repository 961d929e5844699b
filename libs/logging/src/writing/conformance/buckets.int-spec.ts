import { describeBucket } from './bucket.conformance.fixture';
import { S3Double } from './s3-double.fixture';
import { S3ServerPlace, s3ServerAddress } from './s3-server.fixture';

describeBucket('The double of a bucket', () => S3Double.start('record'));

const server = s3ServerAddress();
if (server !== undefined) describeBucket('A bucket of a real server', () => S3ServerPlace.start(server, 'record'));
