/** Asks the app of this container for a path such as `/livez`; exits with 0 when the answer is 200. */
const { GATEWAY_PORT, MASKING_PORT, FILE_SERVER_PORT, LOG_INGEST_PORT } = process.env;
const port = GATEWAY_PORT ?? MASKING_PORT ?? FILE_SERVER_PORT ?? LOG_INGEST_PORT;

fetch(`http://127.0.0.1:${port}${process.argv[2]}`).then(
  (reply) => process.exit(reply.ok ? 0 : 1),
  () => process.exit(1),
);
