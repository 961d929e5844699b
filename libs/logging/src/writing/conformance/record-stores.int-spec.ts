import { DirectoryPlace } from './directory-place.fixture';
import { FileServerDouble } from './file-server-double.fixture';
import { describeRecordStore } from './record-store.conformance.fixture';
import { S3Double } from './s3-double.fixture';
import { S3ServerPlace, s3ServerAddress } from './s3-server.fixture';

describeRecordStore('A file server', () => FileServerDouble.start());
describeRecordStore('A folder, asynchronously', () => DirectoryPlace.start('async'));
describeRecordStore('A folder, synchronously', () => DirectoryPlace.start('sync'));
describeRecordStore('A bucket with an object for each record', () => S3Double.start('record'));
describeRecordStore('A bucket with an object for each batch', () => S3Double.start('batch'));

const server = s3ServerAddress();
if (server !== undefined) {
  describeRecordStore('A real bucket with an object for each record', () => S3ServerPlace.start(server, 'record'));
  describeRecordStore('A real bucket with an object for each batch', () => S3ServerPlace.start(server, 'batch'));
}
