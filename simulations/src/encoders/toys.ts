import type { Random } from "@tacit/shared";
import { contextToy } from "./context-toy.js";
import { modalityToy } from "./modality-toy.js";
import { orderToy } from "./order-toy.js";
import { personalToy } from "./personal-toy.js";
import { relationsToy } from "./relations-toy.js";
import type { Toy } from "./toy.js";

/** One for each thing that only some networks see. */
export const TOYS: readonly ((random: Random) => Toy)[] = [
  orderToy,
  contextToy,
  relationsToy,
  modalityToy,
  personalToy,
];
