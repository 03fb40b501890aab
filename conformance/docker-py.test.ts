/** The unmodified docker-py against the service. */
import { execFile } from 'node:child_process';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type ImageSource, startImageSource } from './support/images.ts';
import { type Service, startService } from './support/service.ts';

/** The distribution's own, which has the module. */
const PYTHON = '/usr/bin/python3';
const FLOWS = fileURLToPath(new URL('docker-py.py', import.meta.url));
const run = promisify(execFile);

suite('docker-py', { timeout: 300_000 }, () => {
  let images: ImageSource;
  let service: Service;

  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
  });
  after(async () => {
    await service[Symbol.asyncDispose]();
    await images[Symbol.asyncDispose]();
  });

  /** In this order: the first pulls what the others run, the last removes it. */
  const flows = {
    images: 'images are pulled, named, listed, told of and missed',
    run: 'run gives output, failure and leaves nothing',
    logs: 'logs are followed to their end',
    exec_socket: 'exec gives code, both streams, a socket and a stream',
    attach_socket: 'an attached socket carries input and framed output',
    events: 'events tell the life of a container in order',
    lifecycle: 'a container is listed, looked into, paused, renamed, stopped, started and killed',
    system: 'info, version, ping, disk usage and prune',
  };
  for (const [flow, what] of Object.entries(flows)) {
    test(what, { timeout: 60_000 }, async () => {
      await run(PYTHON, [FLOWS, flow], { env: { ...process.env, DOCKER_HOST: service.url } });
    });
  }
});
