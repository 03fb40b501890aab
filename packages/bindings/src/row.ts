/** How an answer is handed over. */
export type ResultKind =
  | 'none'
  | 'exists'
  | 'headers'
  | 'json'
  | 'text'
  | 'ndjson'
  | 'frames'
  | 'raw'
  | 'tar'
  | 'upgrade';

/** What has to be known of an operation to call it. */
export interface Row {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly result: ResultKind;
  /** Query parameters that are sent as JSON text whatever their value. */
  readonly json?: readonly string[];
}
