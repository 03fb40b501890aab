import { text } from '../../../src/http/handler.ts';
import { createService } from '../../../src/http/host.ts';
import { row } from './rows.ts';
import { serve } from './service.ts';

/** A service that a test starts as a service manager would. Prints where it listens, or why not, on one line. */
const args = process.argv.slice(2);
try {
  const { uris } = await createService({
    engine: { name: 'fake' },
    routes: [serve(row('GET', '/pid'), () => text(200, String(process.pid)))],
    listen: args.filter((arg) => !arg.startsWith('--')),
    listeners: { insecureTcp: args.includes('--insecure') },
    log: () => {},
  });
  const environment = Object.keys(process.env).filter((name) => name.startsWith('LISTEN_'));
  console.log(JSON.stringify({ uris, environment, pid: process.pid }));
} catch (error) {
  console.log(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
  process.exitCode = 1;
}
