// What a page asks of IndexedDB, as a promise.
export const done = (request) =>
  new Promise((well, badly) => {
    request.onsuccess = () => well(request.result);
    request.onerror = () => badly(request.error);
  });
