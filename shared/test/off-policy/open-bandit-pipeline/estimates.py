"""Draws a small bandit log and has the Open Bandit Pipeline estimate policies on it: estimates.json beside this file.

    python3 -m venv /tmp/obp && /tmp/obp/bin/pip install numpy pandas scikit-learn scipy pyyaml tqdm matplotlib
    /tmp/obp/bin/pip install --no-deps obp==0.4.1
    /tmp/obp/bin/pip install --no-deps --ignore-requires-python --target /tmp/obp-0.5.7 obp==0.5.7
    cd shared/test/off-policy/open-bandit-pipeline
    /tmp/obp/bin/python estimates.py && PYTHONPATH=/tmp/obp-0.5.7 /tmp/obp/bin/python estimates.py
    npx biome format --write estimates.json

Each run adds the estimates of the version that it finds. The pipeline imports torch for learners that are not used here;
where torch is not installed, modules without content stand in for it.
"""

import inspect
import json
import sys
from pathlib import Path
from types import ModuleType

import numpy as np

ROUNDS, CONTEXTS, PLACES, ACTIONS = 300, 5, 3, 6
CANDIDATES = [0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, float("inf")]
FILE = Path(__file__).with_name("estimates.json")


class Absent(ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        path = f"{self.__name__}.{name}"
        return type(name, (), {}) if name[0].isupper() else sys.modules.setdefault(path, Absent(path))


try:
    import torch  # noqa: F401
except ImportError:
    for name in ("torch", "torch.nn", "torch.nn.functional", "torch.optim", "torch.utils", "torch.utils.data"):
        sys.modules[name] = Absent(name)

import obp  # noqa: E402
from obp.ope import (  # noqa: E402
    DirectMethod,
    DoublyRobust,
    DoublyRobustWithShrinkage,
    InverseProbabilityWeighting,
    SelfNormalizedDoublyRobust,
    SelfNormalizedInverseProbabilityWeighting,
    SwitchDoublyRobust,
)


def distributions(random, sharpness):
    """Of actions in each context at each place: whole thousandths, so that a file holds them exactly."""
    logits = sharpness * random.normal(size=(CONTEXTS, PLACES, ACTIONS))
    shares = np.exp(logits) / np.exp(logits).sum(axis=2, keepdims=True)
    thousandths = np.maximum(1, np.round(1000 * shares)).astype(int)
    thousandths[..., 0] += 1000 - thousandths.sum(axis=2)
    assert (thousandths > 0).all()
    return thousandths / 1000


def draw():
    random = np.random.default_rng(1)
    logging, policy = distributions(random, 0.8), distributions(random, 1.5)
    chances = random.uniform(0.05, 0.6, size=(CONTEXTS, PLACES, ACTIONS))
    estimates = np.round(chances + 0.1 * random.normal(size=chances.shape), 3)
    context, position = random.integers(CONTEXTS, size=ROUNDS), random.integers(PLACES, size=ROUNDS)
    action = np.array([random.choice(ACTIONS, p=logging[x, k]) for x, k in zip(context, position)])
    clicked = random.uniform(size=ROUNDS) < chances[context, position, action]
    reward = np.round(clicked * random.choice([1, 1, 2.5], size=ROUNDS), 1)
    return {
        "policy": policy.tolist(),
        "estimates": estimates.tolist(),
        "rounds": {
            "context": context.tolist(),
            "position": position.tolist(),
            "action": action.tolist(),
            "reward": reward.tolist(),
            "propensity": logging[context, position, action].tolist(),
        },
    }


def tuned_estimators():
    """Those that choose their parameter by the estimated squared error; version 0.4.1 has none."""
    try:
        from obp.ope import DoublyRobustWithShrinkageTuning, SwitchDoublyRobustTuning
    except ImportError:
        return []
    return [("switch-dr tuned", SwitchDoublyRobustTuning), ("dros tuned", DoublyRobustWithShrinkageTuning)]


def estimate(log):
    rounds = {name: np.array(values) for name, values in log["rounds"].items()}
    tables = {name: np.array(log[name])[rounds["context"]].transpose(0, 2, 1) for name in ("policy", "estimates")}
    threshold = "lambda_" if "lambda_" in inspect.signature(SwitchDoublyRobust).parameters else "tau"
    estimators = {
        "ips": InverseProbabilityWeighting(),
        "snips": SelfNormalizedInverseProbabilityWeighting(),
        "dm": DirectMethod(),
        "dr": DoublyRobust(),
        "sndr": SelfNormalizedDoublyRobust(),
        **{f"switch-dr {tau}": SwitchDoublyRobust(**{threshold: tau}) for tau in (0.5, 2, 10)},
        **{f"dros {shrinkage}": DoublyRobustWithShrinkage(lambda_=shrinkage) for shrinkage in (0.5, 2, 100)},
    }
    for name, tuned in tuned_estimators():
        estimators[name] = tuned(lambdas=CANDIDATES, tuning_method="mse", use_bias_upper_bound=False)
    return {
        name: float(
            estimator.estimate_policy_value(
                reward=rounds["reward"],
                action=rounds["action"],
                position=rounds["position"],
                pscore=rounds["propensity"],
                action_dist=tables["policy"],
                estimated_rewards_by_reg_model=tables["estimates"],
            )
        )
        for name, estimator in estimators.items()
    }


drawn = draw()
before = json.loads(FILE.read_text())["obp"] if FILE.exists() else {}
FILE.write_text(json.dumps({**drawn, "obp": {**before, obp.__version__: estimate(drawn)}}) + "\n")
