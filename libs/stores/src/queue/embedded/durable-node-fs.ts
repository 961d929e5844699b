import { fsyncSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type InitResult = Awaited<ReturnType<NodeFS['init']>>;
type EmscriptenOptions = Parameters<NodeFS['init']>[1];

/** The part of Emscripten's NODEFS that is used here: `fd_sync` calls `fsync` of a stream when there is one. */
interface EmscriptenModule {
  readonly NODEFS: { readonly stream_ops: { fsync?: (stream: { readonly nfd: number }) => number } };
}

/**
 * Files of an embedded Postgres on disk, with an fsync that reaches the disk: Emscripten's own does nothing, so that a
 * power cut could take committed jobs with it.
 */
export class DurableNodeFs extends NodeFS {
  override async init(postgres: PGlite, options: EmscriptenOptions): Promise<InitResult> {
    const result = await super.init(postgres, options);
    const before = (result.emscriptenOpts.preRun ?? []) as ((module: EmscriptenModule) => void)[];
    const withFsync = (module: EmscriptenModule): void => {
      module.NODEFS.stream_ops.fsync = ({ nfd }) => {
        fsyncSync(nfd);
        return 0;
      };
    };
    return { emscriptenOpts: { ...result.emscriptenOpts, preRun: [...before, withFsync] as never } };
  }
}
