// One device in a process of its own: the built SDK on a folder. It tells its parent of each upload before it is sent,
// and sends none until its parent says so.
import { createRecommender, networkTransport } from "@tacit/client";
import { fileHistoryStore } from "@tacit/client/node";
import { referenceEngine } from "@tacit/shared";

const { url, path, items, history } = JSON.parse(process.argv[2] ?? "");

const sending = new Promise((resolve) => process.once("message", resolve));
const network = networkTransport(url);
const transport = {
  ...network,
  connect(listener) {
    const connection = network.connect(listener);
    const request = async (event, payload, seconds) => {
      if (event === "upload") {
        process.send?.({ kind: "upload", packet: payload });
        await sending;
      }
      return connection.request(event, payload, seconds);
    };
    return { ...connection, request };
  },
};

const store = fileHistoryStore({ path });
const recommender = createRecommender({
  url,
  task: "small",
  items,
  store,
  transport,
  engine: referenceEngine,
  consent: true,
});
for (const event of ["connection", "participated", "refused", "problem"]) {
  recommender.on(event, (told) => process.send?.({ kind: event, ...told }));
}
// One participation each: the next round is the next test's.
recommender.on("participated", () => recommender.pause());
for (const interaction of history) await recommender.track(interaction);
await recommender.ready;
process.send?.({ kind: "ready" });
