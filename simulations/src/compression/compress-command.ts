import { readdir } from "node:fs/promises";
import { between, strictCommand, whole } from "@tacit/server/command-line";
import { ENCODINGS, type Encoding, seededRandom } from "@tacit/shared";
import { type Command, Option } from "commander";
import { formatOption } from "../datasets/format-option.js";
import type { DatasetFormat } from "../datasets/read-dataset.js";
import type { Estimate } from "../evaluation/estimate.js";
import { inSteps } from "../in-steps.js";
import { chooseEngine, type EngineChoice } from "../population/engine-choice.js";
import { engineOption } from "../population/engine-option.js";
import { RefusedError } from "../refused-error.js";
import { aligned } from "../report/aligned.js";
import { normalIntervalText } from "../report/interval-text.js";
import { say } from "../say.js";
import { supervise } from "../supervise.js";
import { readOverrides } from "../task-defaults/task-overrides.js";
import { readTrainedModel } from "../trained-model/read-trained-model.js";
import { writeTrainedModel } from "../trained-model/write-trained-model.js";
import { unlessMissing } from "../unless-missing.js";
import { type ComparedForms, compareForms } from "./compare-forms.js";
import { compressModel, untrained } from "./compress-model.js";
import { barCompressProgress, lineCompressProgress } from "./compress-progress.js";
import { HISTORIES } from "./distil.js";
import { imaginedHistories } from "./imagined-histories.js";
import { rankedCatalogue } from "./ranked-catalogue.js";
import { rankerOf } from "./ranker.js";
import { studentOf } from "./student-of.js";

interface CompressCommandOptions {
  readonly items: string;
  readonly format: DatasetFormat;
  readonly student?: string;
  readonly set?: readonly string[];
  readonly histories?: number;
  readonly prune?: number;
  readonly encoding?: Encoding;
  readonly seed: number;
  readonly engine: EngineChoice;
  readonly out: string;
  readonly json?: boolean;
}

/** Imagined histories that rankings are compared after: others than the student has learned from. */
const COMPARED = 300;

/** `tacit-sim compress`: a smaller model of a trained one. */
export function compressCommand(): Command {
  return strictCommand("compress")
    .description(
      "Distil, prune and round a trained model, and say what that leaves of its ranking; needs nobody's data.",
    )
    .argument("<model>", "a task.json with its model.bin beside it, or their folder (--out of start and run)")
    .requiredOption(
      "--items <items>",
      "that it ranks: movies, a live environment, a data set's folder, or a CSV of item_id and one column a feature",
    )
    .addOption(formatOption())
    .option("--student <file>", "distil: a task, or the part of one that differs, of a smaller network")
    .option("--set <field=value...>", "distil: single fields of the student's task, such as model.hidden=4")
    .option(
      "--histories <number>",
      `distil: that the model draws for the student to learn from (${HISTORIES})`,
      whole("--histories", 1, 10_000_000),
    )
    .option("--prune <share>", "of the parameters, the smallest, to zero", between("--prune", 0, 1, "open"))
    .addOption(new Option("--encoding <encoding>", "round to it, as deliveries do").choices(ENCODINGS))
    .option("--seed <number>", "of imagined histories and learning", whole("--seed", 0, 1_000_000), 1)
    .addOption(engineOption())
    .requiredOption("-o, --out <folder>", "of the new task.json and model.bin; made when missing, else empty")
    .option("--json", "print one JSON object instead of the table")
    .addHelpText(
      "after",
      `
Examples:
  $ tacit-sim run --out films
  $ tacit-sim compress films --items movies --prune 0.9 --encoding int8 --out small
  $ tacit-sim compress films/task.json --items movies --set model.embedding=8 model.hidden=4 --out student

Steps are taken in this order: distil, prune, round. Ctrl-C stops cleanly, and nothing is written.
Exit codes: 0 done, 1 failed or refused, 2 bad parameters, 130 stopped by Ctrl-C.`,
    )
    .action((model: string, options: CompressCommandOptions, command: Command) => {
      const distils = options.student !== undefined || options.set !== undefined;
      if (!distils && options.histories !== undefined) {
        command.error("error: --histories: says nothing without --student or --set");
      }
      if (!distils && options.prune === undefined && options.encoding === undefined) {
        command.error("error: nothing to do: --student or --set, --prune, --encoding");
      }
      return supervise((signal) => compress(model, options, signal));
    });
}

async function compress(path: string, options: CompressCommandOptions, signal: AbortSignal): Promise<void> {
  const { seed, out, student: file, set, prune: share, encoding, histories = HISTORIES } = options;
  await refuseFilled(out);
  const read = await readTrainedModel(path);
  if (!read.ok) throw new RefusedError(read.message);
  const given = read.model;
  const distils = file !== undefined || set !== undefined;
  const student = distils && {
    task: studentOf(given.task, await readOverrides(file, set)),
    histories,
  };
  const catalogue = await rankedCatalogue(given.task, options.items, options.format);
  const engine = await chooseEngine(options.engine);
  const teacher = rankerOf(given, catalogue, engine);
  const progress = process.stderr.isTTY ? barCompressProgress() : lineCompressProgress(say);
  try {
    const steps = { given, teacher, engine, seed, share, encoding, ...(student && { student }) };
    const made = await inSteps(compressModel(steps), signal, (phase) => progress.step(phase, histories));
    const model = made.at(-1)?.model ?? given;
    const forms = [{ form: "as given", model: given }, ...made, untrained(model)];
    // Others than the student has learned from.
    const drawn = [...imaginedHistories(teacher, COMPARED, seededRandom(seed + 1))];
    const compared = await inSteps(
      compareForms({ forms, catalogue, engine, histories: drawn }),
      signal,
      (phase) => progress.step(phase, COMPARED * forms.length),
    );
    progress.stop();
    await writeTrainedModel(out, model);
    const report = { ...compared, seed, engine: engine.name };
    process.stdout.write(
      options.json ? `${JSON.stringify(report)}\n` : `${tableOf(compared)}\n\nmodel  ${out}\n`,
    );
  } finally {
    progress.stop();
  }
}

/** @throws RefusedError for a folder that holds anything: the model that is read may be in it. */
async function refuseFilled(folder: string): Promise<void> {
  const names = await unlessMissing(readdir(folder)).catch((error: unknown) => {
    throw new RefusedError(`--out: ${folder} is no folder`, { cause: error });
  });
  if (names && names.length > 0) throw new RefusedError(`--out: ${folder} is not empty: take another folder`);
}

const tableOf = ({ top, anyHistory, forms }: ComparedForms): string =>
  aligned([
    ["", "parameters", "zeros", "bytes", `same in the top ${top}`],
    ...forms.map(({ form, parameters, zeros, bytes, sameTop }) => [
      form,
      String(parameters),
      String(zeros),
      String(bytes),
      shareOf(sameTop),
    ]),
    ["as given, after another history", "", "", "", shareOf(anyHistory)],
  ]).lines.join("\n");

const shareOf = (share: Estimate): string => normalIntervalText(share, 3);
