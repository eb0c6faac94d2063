// The part of the platform's analytics events that tells scripts what the shopper has decided about
// cookies (docs: hosted analytics, `bodlEvents.consent`). Where nothing is decided, nothing is told.
(() => {
  const granted = document.currentScript.dataset.granted?.split(" ");
  window.bodlEvents = {
    consent: {
      loaded: (callback) => {
        if (!granted) return;
        const consent = {
          event_id: crypto.getRandomValues(new Uint32Array(2)).join("-"),
          functional: granted.includes("functional"),
          analytics: granted.includes("analytics"),
          advertising: granted.includes("targeting"),
        };
        queueMicrotask(() => callback(consent));
      },
      // Nothing here decides but the widget itself.
      updated: () => {},
    },
  };
})();
