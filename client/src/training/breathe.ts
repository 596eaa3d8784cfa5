/** Gives the event loop a turn: the host's own work, timers and input come before the next training step. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") setImmediate(resolve);
    else nextTask(resolve);
  });
}

/** Browsers clamp nested timers to 4 ms; a message channel's task is not. */
function nextTask(callback: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    callback();
  };
  port2.postMessage(undefined);
}
