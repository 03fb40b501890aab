import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ImageSource, startImageSource } from '../../../conformance/support/images.ts';
import { type Service, startService } from '../../../conformance/support/service.ts';

let images: ImageSource;

before(async () => {
  images = await startImageSource();
});
after(() => images[Symbol.asyncDispose]());

async function serviceWithAlpine(): Promise<Service> {
  const service = await startService({ args: images.args });
  const { status, text } = await service.request('POST', '/v1.45/images/create?fromImage=alpine&tag=latest');
  assert.equal(status, 200);
  assert.match(text, /Downloaded newer image/);
  return service;
}

async function created(service: Service, name: string, body: object): Promise<string> {
  const answer = await service.request('POST', `/v1.45/containers/create?name=${name}`, { Image: 'alpine', ...body });
  assert.equal(answer.status, 201, answer.text);
  return answer.string('Id');
}

test('a container is created, started, waited for, read and removed', async () => {
  await using service = await serviceWithAlpine();
  const id = await created(service, 'hello', { Cmd: ['sh', '-c', 'echo out; echo err >&2; exit 3'] });
  assert.equal((await service.request('POST', `/v1.45/containers/${id}/start`)).status, 204);
  const waited = await service.request('POST', '/v1.45/containers/hello/wait');
  assert.equal(waited.at('StatusCode'), 3);
  const logs = await service.request('GET', '/v1.45/containers/hello/logs?stdout=1&stderr=1');
  assert.deepEqual(frames(logs.body), [
    ['stderr', 'err\n'],
    ['stdout', 'out\n'],
  ]);
  const inspected = await service.request('GET', '/v1.45/containers/hello/json');
  assert.equal(inspected.at('State', 'ExitCode'), 3);
  assert.equal((await service.request('DELETE', '/v1.45/containers/hello')).status, 204);
  assert.equal((await service.request('GET', '/v1.45/containers/hello/json')).status, 404);
});

test('a running container survives a killed service', async () => {
  await using service = await serviceWithAlpine();
  await created(service, 'survivor', { Cmd: ['sleep', '1000'] });
  await service.request('POST', '/v1.45/containers/survivor/start');
  const pid = (await service.request('GET', '/v1.45/containers/survivor/json')).at('State', 'Pid');
  await service.kill();
  await service.start();
  const inspected = await service.request('GET', '/v1.45/containers/survivor/json');
  assert.equal(inspected.at('State', 'Running'), true);
  assert.equal(inspected.at('State', 'Pid'), pid);
  assert.equal((await service.request('POST', '/v1.45/containers/survivor/kill')).status, 204);
  const waited = await service.request('POST', '/v1.45/containers/survivor/wait');
  assert.equal(waited.at('StatusCode'), 137);
});

/** The frames of a multiplexed stream, sorted: the two streams are not ordered against each other. */
function frames(bytes: Buffer): [stream: string, text: string][] {
  const found: [string, string][] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at + 4);
    found.push([bytes[at] === 1 ? 'stdout' : 'stderr', bytes.toString('utf8', at + 8, at + 8 + length)]);
    at += 8 + length;
  }
  return found.sort();
}
