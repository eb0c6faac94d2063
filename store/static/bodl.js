// The part of the platform's analytics events that tells scripts what the shopper has decided about
// cookies (docs: hosted analytics, `bodlEvents.consent`).
(() => {
  const granted = document.currentScript.dataset.granted.split(" ");
  const consent = {
    event_id: crypto.randomUUID(),
    functional: granted.includes("functional"),
    analytics: granted.includes("analytics"),
    advertising: granted.includes("targeting"),
  };
  window.bodlEvents = {
    consent: {
      loaded: (callback) => queueMicrotask(() => callback({ ...consent })),
      // Nothing here decides but the widget itself.
      updated: () => {},
    },
  };
})();
