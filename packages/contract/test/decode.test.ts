import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeHeaders, decodeQuery } from '../src/decode.ts';
import { imageBuild } from '../src/docker/build.ts';
import { containerArchive } from '../src/docker/container-files.ts';
import { containerWait } from '../src/docker/container-lifecycle.ts';
import { containerList } from '../src/docker/containers.ts';
import { imageCreate } from '../src/docker/image-transfer.ts';
import { containerAttach, containerTop } from '../src/libpod/container-streams.ts';
import { containerDelete, containerList as podmanList } from '../src/libpod/containers.ts';
import { imageDeleteAll } from '../src/libpod/image-remove.ts';

const query = (text: string) => new URLSearchParams(text);
const reason = (text: string) => ({ code: 'INVALID_PARAMETER', message: text });

describe('a query', () => {
  it('has the defaults of its row', () => {
    assert.deepEqual(decodeQuery(containerList, query('')), { all: false, size: false, filters: {} });
    assert.deepEqual(decodeQuery(containerAttach, query('')), { logs: false, stream: true });
  });

  it('matches names in any case and ignores unknown ones', () => {
    assert.equal(decodeQuery(containerList, query('ALL=1&nonsense=2')).all, true);
  });

  it('collects a repeated name where the row has an array', () => {
    assert.deepEqual(decodeQuery(imageDeleteAll, query('images=a&images=b')).images, ['a', 'b']);
    assert.deepEqual(decodeQuery(containerTop, query('ps_args=user')).ps_args, ['user']);
  });

  it('reads booleans as Docker does for its clients', () => {
    for (const yes of ['1', 'true', 'xyz', 'TRUE'])
      assert.equal(decodeQuery(containerList, query(`all=${yes}`)).all, true, yes);
    for (const no of ['', '0', 'no', 'false', 'none', 'False'])
      assert.equal(decodeQuery(containerList, query(`all=${no}`)).all, false, no);
  });

  it('reads booleans as Go does for libpod clients', () => {
    for (const yes of ['1', 't', 'True']) assert.equal(decodeQuery(podmanList, query(`all=${yes}`)).all, true, yes);
    for (const no of ['', '0', 'F', 'FALSE']) assert.equal(decodeQuery(podmanList, query(`all=${no}`)).all, false, no);
    assert.throws(
      () => decodeQuery(podmanList, query('all=yes')),
      reason('parameter all: must be a boolean, got "yes"'),
    );
  });

  it('takes an empty number for absent and refuses what is none', () => {
    assert.equal(decodeQuery(containerList, query('limit=')).limit, undefined);
    assert.equal(decodeQuery(containerList, query('limit=-1')).limit, -1);
    assert.throws(
      () => decodeQuery(containerList, query('limit=0x10')),
      reason('parameter limit: must be a number, got "0x10"'),
    );
    assert.throws(() => decodeQuery(containerList, query('limit=1.5')), reason('parameter limit: must be an integer'));
    assert.throws(
      () => decodeQuery(containerDelete, query('timeout=-1')),
      reason('parameter timeout: must be at least 0'),
    );
  });

  it('names a required parameter that is missing', () => {
    assert.throws(() => decodeQuery(containerArchive, query('')), reason('parameter path: is required'));
  });

  it('names the choices of a parameter', () => {
    assert.throws(
      () => decodeQuery(containerWait, query('condition=dead')),
      reason('parameter condition: must be one of "not-running", "next-exit", "removed", ""'),
    );
  });

  it('reads parameters that hold JSON', () => {
    const { buildargs, cachefrom, t } = decodeQuery(
      imageBuild,
      query('buildargs={"A":"b","C":null}&cachefrom=["x"]&t=a&t=b'),
    );
    assert.deepEqual({ buildargs, cachefrom, t }, { buildargs: { A: 'b', C: null }, cachefrom: ['x'], t: ['a', 'b'] });
    assert.throws(
      () => decodeQuery(imageBuild, query('cachefrom=[1]')),
      reason('parameter cachefrom[0]: must be a string'),
    );
    assert.throws(() => decodeQuery(imageBuild, query('labels={')), /parameter labels: is not JSON/);
  });
});

describe('filters', () => {
  const filters = (text: string, row: typeof containerList | typeof podmanList = containerList) =>
    decodeQuery(row, new URLSearchParams({ filters: text })).filters;

  it('come as maps of booleans, false ones left out', () => {
    assert.deepEqual(filters('{"label":{"a=b":true,"c":false},"status":{"running":true}}'), {
      label: ['a=b'],
      status: ['running'],
    });
  });

  it('come as arrays', () => {
    assert.deepEqual(filters('{"label":["a","b"],"name":[]}'), { label: ['a', 'b'], name: [] });
  });

  it('come as single strings from libpod clients only', () => {
    assert.deepEqual(filters('{"name":"a"}', podmanList), { name: ['a'] });
    assert.throws(
      () => filters('{"name":"a"}'),
      reason('parameter filters.name: must be an array of strings or an object of booleans'),
    );
  });

  it('may be empty or null', () => {
    for (const nothing of ['', 'null', '{}']) assert.deepEqual(filters(nothing), {}, nothing);
  });

  for (const bad of ['{', '[]', '"a"', '{"a":[1]}', '{"a":{"b":"c"}}', '{"a":1}']) {
    it(`are refused as ${bad}`, () => assert.throws(() => filters(bad), { code: 'INVALID_PARAMETER' }));
  }
});

describe('headers', () => {
  it('are those of the row, the first of each', () => {
    const headers = { 'x-registry-auth': ['a', 'b'], 'user-agent': 'x' };
    assert.deepEqual(decodeHeaders(imageCreate, headers), { 'x-registry-auth': 'a' });
  });
});
