export { startFileServer } from './file-server.app';
