// Where a large picture is painted: in a worker made of the page's own files, else (no worker, no off-screen canvas) in the page itself.

/** Start painting elsewhere: `send(message)` as large_service.js takes it, and `heard` is called with each answer. */
function largeElsewhere(heard) {
  const serving = "const serve = largeService((answer, given) => postMessage(answer, given)); let line = Promise.resolve(); onmessage = ({ data }) => { line = line.then(() => serve(data)); };";
  if (typeof Worker !== "undefined" && typeof OffscreenCanvas !== "undefined") {
    try {
      const address = URL.createObjectURL(new Blob([`"use strict";\n${LARGE_WORKER}\n${serving}`], { type: "text/javascript" })), worker = new Worker(address);
      worker.onmessage = ({ data }) => heard(data);
      return { send: (message) => worker.postMessage(message), end() { worker.terminate(); URL.revokeObjectURL(address); } };
    } catch (refused) { if (!(refused instanceof DOMException)) throw refused; } // a browser that lets this page have no worker
  }
  const serve = largeService(heard);
  let line = Promise.resolve();
  return { send: (message) => { line = line.then(() => serve(message)); }, end() {} };
}
