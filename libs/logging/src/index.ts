export {
  deadLetterQueueName,
  type DeadLetter,
  type LogBatch,
  type LogEntry,
  type StoredEntry,
} from './entry/log-entry';
export { serialiseRecord, type SerialisableRecord } from './entry/serialise-record';
export { Outbox, type OutboxBatch, type OutboxDepth } from './outbox/outbox';
export { RecordLog, type RecordLogCounts, type RecordLogOptions } from './record-log';
export { Shipper } from './shipping/shipper';
export { BatchWriter, type BatchWriterCounts } from './writing/batch/batch-writer';
export { DeadLetterFile, type FiledDeadLetter } from './writing/batch/dead-letter-file';
export { openRecordStore } from './writing/open-record-store';
export type { FoundRecord, RecordStore, RefusedRecord, WriteResult, WrittenRecord } from './writing/record-store.port';
