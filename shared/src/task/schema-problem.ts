import * as v from "valibot";
import type { TaskProblem } from "./task-problem.js";

/** Whoever sent the document chose its keys, and both go back to them. */
const LONGEST = 200;

/** Where an issue is, by dots, and what it is; `whole` names the document for issues that are with all of it. */
export const schemaProblem = (issue: v.BaseIssue<unknown>, whole: string): TaskProblem => ({
  field: (v.getDotPath(issue) ?? whole).slice(0, LONGEST),
  message: issue.message.slice(0, LONGEST),
});
