export type { HttpHeaders, HttpPort, HttpReply, HttpRequest } from './http/http.port';
