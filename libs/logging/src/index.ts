export {
  deadLetterQueueName,
  type DeadLetter,
  type LogBatch,
  type LogEntry,
  type StoredEntry,
} from './entry/log-entry';
export type { SerialisableRecord } from './entry/serialise-record';
export type { LedgerEntry, LedgerPage } from './ledger/ledger-entry';
export type { LedgerQuery } from './ledger/ledger';
export { Outbox, type OutboxCounts, type OutboxDepth } from './outbox/outbox';
export { RecordLog, type RecordLogOptions } from './record-log';
export { BatchWriter, type BatchWriterCounts } from './writing/batch/batch-writer';
export { DeadLetterFile, type FiledDeadLetter } from './writing/batch/dead-letter-file';
export { openRecordStore } from './writing/open-record-store';
export type { FoundRecord, RecordStore, RefusedRecord, WriteResult, WrittenRecord } from './writing/record-store.port';
