import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type ImageSource, startImageSource } from '../../../../conformance/support/images.ts';
import { type Service, startService } from '../../../../conformance/support/service.ts';

const MEBIBYTE = 1024 * 1024;

suite('updating containers for Docker’s clients', { timeout: 60_000 }, () => {
  let images: ImageSource;
  let service: Service;

  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
    await service.request('POST', '/v1.45/images/create?fromImage=busybox&tag=latest');
    for (const name of ['running', 'stopped']) {
      const body = { Image: 'busybox', Cmd: ['sleep', '1000'], HostConfig: { NetworkMode: 'none' } };
      await service.request('POST', `/v1.45/containers/create?name=${name}`, body);
    }
    await service.request('POST', '/v1.45/containers/running/start');
  });
  after(async () => {
    await service[Symbol.asyncDispose]();
    await images[Symbol.asyncDispose]();
  });

  const update = (name: string, body: object) => service.request('POST', `/v1.45/containers/${name}/update`, body);
  const inspect = (name: string) => service.request('GET', `/v1.45/containers/${name}/json`);

  for (const name of ['running', 'stopped']) {
    test(`limits of a ${name} container change, one at a time or together`, async () => {
      const answer = await update(name, { Memory: 64 * MEBIBYTE, MemorySwap: 96 * MEBIBYTE, PidsLimit: 50 });
      assert.deepEqual([answer.status, answer.json], [200, { Warnings: null }]);
      await update(name, { CpuQuota: 50_000, CpuPeriod: 100_000, CpusetCpus: '0' });
      await update(name, { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 2 } });
      const { HostConfig } = Object((await inspect(name)).json);
      assert.deepEqual(
        ['Memory', 'MemorySwap', 'PidsLimit', 'CpuQuota', 'CpusetCpus'].map((field) => HostConfig[field]),
        [64 * MEBIBYTE, 96 * MEBIBYTE, 50, 50_000, '0'],
      );
      assert.deepEqual(HostConfig.RestartPolicy, { Name: 'on-failure', MaximumRetryCount: 2 });
    });
  }

  test('what a client sends of every field means no change', async () => {
    const before = (await inspect('running')).at('HostConfig');
    const answer = await update('running', { Memory: 0, CpuShares: 0, CpusetCpus: '', RestartPolicy: { Name: '' } });
    assert.equal(answer.status, 200);
    assert.deepEqual((await inspect('running')).at('HostConfig'), before);
  });

  test('a limit on processes is lifted by 0', async () => {
    await update('stopped', { PidsLimit: 0 });
    assert.ok(Number((await inspect('stopped')).at('HostConfig', 'PidsLimit') ?? 0) <= 0);
  });

  test('what is wrong, and what cannot change, is refused and changes nothing', async () => {
    const before = (await inspect('running')).at('HostConfig');
    for (const [body, words] of [
      [{ Memory: 1000 }, /Minimum memory limit allowed is 6MB/],
      [{ Memory: 128 * MEBIBYTE, MemorySwap: 64 * MEBIBYTE }, /memoryswap limit should be larger/],
      [{ NanoCpus: 5e8, CpuQuota: 1000 }, /Conflicting options/],
      [{ CpusetCpus: '99' }, /not available/],
      [{ RestartPolicy: { Name: 'sometimes' } }, /unknown policy 'sometimes'/],
      [{ RestartPolicy: { Name: 'always', MaximumRetryCount: 3 } }, /maximum retry count/],
      [{ Ulimits: [{ Name: 'nofile', Soft: 1, Hard: 2 }] }, /update of Ulimits is not supported/],
      [{ MemorySwappiness: 5 }, /update of MemorySwappiness is not supported/],
      [{ CgroupParent: '/x' }, /update of CgroupParent is not supported/],
      [{ OomKillDisable: true }, /update of OomKillDisable is not supported/],
    ] as const) {
      const answer = await update('running', body);
      assert.equal(answer.status, 400, answer.text);
      assert.match(answer.string('message'), words);
    }
    assert.deepEqual((await inspect('running')).at('HostConfig'), before);
    assert.equal((await update('nobody', {})).status, 404);
  });
});
