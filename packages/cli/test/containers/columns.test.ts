import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Container, statusText } from '../../src/containers/columns.ts';

test('the status says since when, and how healthy', () => {
  const container: Container = {
    AutoRemove: false,
    CIDFile: '',
    Command: null,
    Created: '',
    CreatedAt: '',
    ExitCode: 3,
    Exited: false,
    ExitedAt: 90,
    ExposedPorts: null,
    Id: '',
    Image: '',
    ImageID: '',
    IsInfra: false,
    Labels: null,
    Mounts: [],
    Names: [],
    Namespaces: {},
    Networks: [],
    Pid: 0,
    Pod: '',
    PodName: '',
    Ports: null,
    Restarts: 0,
    Size: null,
    StartedAt: 40,
    State: 'running',
    Status: '',
  };
  const at = (fields: Partial<Container>) => statusText({ ...container, ...fields }, 100_000);
  assert.equal(at({}), 'Up About a minute');
  assert.equal(at({ Status: 'healthy' }), 'Up About a minute (healthy)');
  assert.equal(at({ State: 'exited' }), 'Exited (3) 10 seconds ago');
  assert.equal(at({ State: 'created' }), 'Created');
  assert.equal(at({ State: 'paused' }), 'Paused');
});
