/** What a report of progress says of one layer. */
interface LayerReport {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
}

const BAR_WIDTH = 30;
const UP = (rows: number) => (rows === 0 ? '' : `\x1b[${rows}A`);
const CLEAR_LINE = '\x1b[2K';

/** Draws a line per layer on a terminal and keeps each up to date where it is. */
export class LayerLines {
  readonly #terminal: NodeJS.WriteStream;
  readonly #ids: string[] = [];

  constructor(terminal: NodeJS.WriteStream) {
    this.#terminal = terminal;
  }

  show(report: LayerReport): void {
    const { id, status } = report;
    // What is about the whole pull is no layer: it has no ID, or a tag for one.
    if (id === undefined || status === undefined || !/^[0-9a-f]{12}$/.test(id)) return;
    let index = this.#ids.indexOf(id);
    if (index === -1) {
      index = this.#ids.push(id) - 1;
      this.#terminal.write('\n');
    }
    const rows = this.#ids.length - index;
    const line = layerLine(report).slice(0, this.#terminal.columns - 1);
    this.#terminal.write(`${UP(rows)}\r${CLEAR_LINE}${line}\x1b[${rows}B\r`);
  }
}

export function layerLine({ id, status, progressDetail: { current, total } = {} }: LayerReport): string {
  const head = `Copying blob ${id}  ${status?.toLowerCase()}`;
  if (current === undefined || total === undefined || total === 0) return head;
  const done = Math.min(BAR_WIDTH, Math.floor((current / total) * BAR_WIDTH));
  return `${head}  [${'='.repeat(done).padEnd(BAR_WIDTH)}]  ${Math.floor((current / total) * 100)} %`;
}
