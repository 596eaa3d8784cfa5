/** In a chunk of its own: only tasks that restrict updates need it. */
export { structuredUpdate } from "@tacit/shared";
