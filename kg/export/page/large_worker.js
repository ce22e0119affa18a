// Where a large picture is painted: in a worker made of the page's own files, else (no worker, no off-screen canvas) in the page itself.

const LARGE_SERVING = `
const serve = largeService((answer, given) => postMessage(answer, given));
let line = Promise.resolve();
onmessage = ({ data }) => { line = line.then(() => serve(data)).catch((error) => postMessage({ failed: String(error.stack ?? error) })); };`;

/** Start painting elsewhere: `send(message)` as large_service.js takes it, and `heard` is called with each answer. A browser that lets
    this page have no worker says so at once or later: then all that was sent goes to the page's own service. */
function largeElsewhere(heard) {
  const sent = [];
  let worker = null, address = "", answered = false, deliver = (message) => { sent.push(message); worker.postMessage(message); };
  const here = () => {
    const serve = largeService(heard);
    let line = Promise.resolve();
    deliver = (message) => { line = line.then(() => serve(message)); };
    sent.splice(0).forEach(deliver);
  };
  const end = () => { worker?.terminate(); URL.revokeObjectURL(address); };
  try {
    if (typeof OffscreenCanvas === "undefined") throw new DOMException("no off-screen canvas");
    address = URL.createObjectURL(new Blob([`"use strict";\n${LARGE_WORKER}\n${LARGE_SERVING}`], { type: "text/javascript" }));
    worker = new Worker(address);
    worker.onmessage = ({ data }) => {
      if (!answered) { answered = true; sent.length = 0; deliver = (message) => worker.postMessage(message); }
      if (data.failed) throw new Error(data.failed);
      heard(data);
    };
    worker.onerror = (event) => {
      if (answered) throw new Error(event.message);
      end();
      here();
    };
  } catch (refused) {
    if (!(refused instanceof DOMException || refused instanceof ReferenceError)) throw refused;
    here();
  }
  return { send: (message) => deliver(message), end };
}
