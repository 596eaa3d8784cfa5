import type { Command } from "commander";
import { toysCommand } from "../toys/toys-command.js";
import { baitToy } from "./bait-toy.js";
import { diversityToy } from "./diversity-toy.js";
import { jackpotToy } from "./jackpot-toy.js";
import { returnsToy } from "./returns-toy.js";

/** `tacit-sim rewards`: what each reward model ranks first that the linear one does not. */
export const rewardsCommand = (): Command =>
  toysCommand(
    "rewards",
    "Train under every reward model on users whose clicks are not what is wanted: which of two items is first?",
    [baitToy, jackpotToy, returnsToy, diversityToy],
  );
