import type { Command } from "commander";
import { toysCommand } from "../toys/toys-command.js";
import { contextToy } from "./context-toy.js";
import { modalityToy } from "./modality-toy.js";
import { orderToy } from "./order-toy.js";
import { personalToy } from "./personal-toy.js";
import { relationsToy } from "./relations-toy.js";
import { twoHopsToy } from "./two-hops-toy.js";
import { twoLookupsToy } from "./two-lookups-toy.js";

/** `tacit-sim encoders`: what each encoder sees that a simpler one does not. */
export const encodersCommand = (): Command =>
  toysCommand(
    "encoders",
    "Put every encoder to a toy task that a simpler one cannot solve: which of two items is next?",
    [orderToy, twoHopsToy, twoLookupsToy, contextToy, relationsToy, modalityToy, personalToy],
  );
