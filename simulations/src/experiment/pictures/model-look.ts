import {
  type Catalogue,
  type CompiledNetwork,
  createTaskModel,
  currentState,
  type Interaction,
  referenceEngine,
  type TaskModel,
  type TaskSpec,
  writeCandidates,
  writeStates,
} from "@tacit/shared";

/** What the events of one state look at. */
export interface AttentionLook {
  readonly items: readonly string[];
  /** Each head of each block: rows of weights that add up to 1, one an event. */
  readonly heads: readonly { readonly name: string; readonly looks: readonly (readonly number[])[] }[];
}

/** A trained network to look into: on the reference engine, which shows what its layers hold. */
export interface ModelLook {
  /** Items × E, what the last layer multiplies with the user's vector; undefined in a task's own network. */
  itemVectors(): Float64Array | undefined;
  /** Of a history's state; undefined without attention. */
  attention(history: readonly Interaction[]): AttentionLook | undefined;
}

export function modelLook(task: TaskSpec, catalogue: Catalogue, parameters: Float32Array): ModelLook {
  const model = createTaskModel({ task, catalogue, engine: referenceEngine });
  const { network } = model.scoring();
  return {
    itemVectors() {
      const { actions } = network;
      if (!actions) return undefined;
      const compiled = compile(model, parameters, catalogue.size);
      const state = currentState(task, catalogue, [], 0);
      writeStates({ ...model, compiled, inputs: network.inputs }, [state]);
      const rows = Int32Array.from({ length: catalogue.size }, (_, row) => row);
      writeCandidates({ catalogue: model.catalogue, compiled, inputs: network.inputs }, rows);
      compiled.forward({ states: 1, candidates: catalogue.size });
      const { cells, stride } = compiled.values(actions);
      return Float64Array.from({ length: catalogue.size * actions.columns }, (_, i) => {
        return cells[Math.floor(i / actions.columns) * stride + (i % actions.columns)] ?? 0;
      });
    },
    attention(history) {
      const steps = network.steps.filter((step) => step.kind === "attention");
      const last = history.at(-1);
      if (steps.length === 0 || !last) return undefined;
      const compiled = compile(model, parameters, 1);
      const state = currentState(task, catalogue, history, last.at + 1);
      writeStates({ ...model, compiled, inputs: network.inputs }, [state]);
      writeCandidates({ catalogue: model.catalogue, compiled, inputs: network.inputs }, [0]);
      compiled.forward({ states: 1, candidates: 1 });
      const { events } = state;
      const { heads = 1 } = model.shape;
      return {
        items: events.map(({ item }) => catalogue.ids[item] ?? ""),
        heads: steps.map((step, i) => {
          const { cells, stride } = compiled.values(step.looks);
          const looks = events.map((_, event) => events.map((_, seen) => cells[event * stride + seen] ?? 0));
          return { name: `block ${1 + Math.floor(i / heads)}, head ${1 + (i % heads)}`, looks };
        }),
      };
    },
  };
}

function compile(model: TaskModel, parameters: Float32Array, candidates: number): CompiledNetwork {
  const compiled = referenceEngine.compile(model.scoring().network, { states: 1, candidates });
  compiled.load(parameters);
  return compiled;
}
