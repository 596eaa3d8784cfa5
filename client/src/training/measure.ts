/** In a chunk of its own: only tasks that name metrics measure anything. */
export { measureReceived } from "@tacit/shared";
