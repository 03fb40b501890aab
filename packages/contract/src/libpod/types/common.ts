import * as t from '../../schema.ts';

export const ErrorResponse = t.object(
  {
    cause: t.string('The innermost error'),
    message: t.string('The whole of it'),
    response: t.integer('The status again'),
  },
  'What went wrong',
);
export type ErrorResponse = t.Static<typeof ErrorResponse>;

/** One object of a prune. */
export const PruneReport = t.object({ Err: t.optional(t.nullable(t.string())), Id: t.string(), Size: t.unsigned() });
export type PruneReport = t.Static<typeof PruneReport>;
