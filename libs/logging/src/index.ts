export { deadLetterQueueName, type DeadLetter, type LogBatch, type LogEntry } from './entry/log-entry';
export { serialiseRecord, type SerialisableRecord } from './entry/serialise-record';
export { Outbox, type OutboxBatch, type OutboxDepth } from './outbox/outbox';
export { RecordLog, type RecordLogCounts, type RecordLogOptions } from './record-log';
export { Shipper } from './shipping/shipper';
export { BatchWriter, type BatchWriterCounts } from './writing/batch-writer';
export { FileServerWriter } from './writing/file-server-writer';
export type { RecordWriter, WriteOutcome } from './writing/record-writer.port';
