import type { RecordStoreSettings } from '@sallyport/config';
import { DirectoryStore } from './directory/directory-store';
import { FileServerStore } from './file-server/file-server-store';
import { ObjectStore } from './object-store/object-store';
import type { RecordStore } from './record-store.port';

/** Opens the place where records stay. It is not looked at before the first use: see {@link RecordStore.check}. */
export function openRecordStore(settings: RecordStoreSettings): RecordStore {
  switch (settings.kind) {
    case 'file-server':
      return new FileServerStore(settings);
    case 'directory':
      return new DirectoryStore(settings);
    case 's3':
      return new ObjectStore(settings);
  }
}
