import { command } from '../command.ts';
import { fill } from '../format/report.ts';
import { toYaml } from '../format/yaml.ts';
import { text } from '../options/option.ts';

export const info = command({
  usage: '[OPTIONS]',
  options: { format: text('FORMAT', 'json, or a Go template', { short: 'f' }) },
  count: [0, 0],
  async run({ client, stdout }, { format }) {
    const answer = await client.system.info();
    if (format === undefined) stdout.write(`${toYaml(answer)}\n`);
    else if (format === 'json') stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    else stdout.write(`${await fill(format, answer)}\n`);
    return 0;
  },
});
