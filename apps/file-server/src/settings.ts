import { getConfigToken } from '@nestjs/config';

/** Namespace of the app's settings in the configuration module. */
export const FILE_SERVER_NAMESPACE = 'fileServer';

/** Provider token of the app's `FileServerSettings`. */
export const FILE_SERVER_SETTINGS = getConfigToken(FILE_SERVER_NAMESPACE);
