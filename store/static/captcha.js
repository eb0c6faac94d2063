// A stand-in for reCAPTCHA's script: the same calls, one box to tick, no picture puzzles.
(() => {
  const checks = [];

  const label = "I’m not a robot";

  function render(container, options = {}) {
    const place = typeof container === "string" ? document.getElementById(container) : container;
    if (!place) throw new Error("grecaptcha.render: there is no such container");
    const check = { token: "", timer: 0, options };

    const box = document.createElement("input");
    box.type = "checkbox";
    const line = document.createElement("label");
    line.className = `captcha captcha--${options.theme === "dark" ? "dark" : "light"}`;
    line.append(box, ` ${label}`);
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    place.replaceChildren(line, status);
    check.box = box;
    check.status = status;

    box.addEventListener("change", () => (box.checked ? pass(check) : clear(check)));
    return checks.push(check) - 1;
  }

  async function pass(check) {
    clearTimeout(check.timer);
    try {
      const answer = await fetch("/_captcha/token", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ sitekey: check.options.sitekey ?? "" }),
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { token, expires_in: seconds } = await answer.json();
      if (!check.box.checked) return;
      check.token = token;
      check.status.textContent = "";
      check.timer = setTimeout(() => expire(check), seconds * 1000);
      call(check.options.callback, token);
    } catch {
      clear(check);
      check.status.textContent = "The check could not be made. Tick the box again.";
      call(check.options["error-callback"]);
    }
  }

  function expire(check) {
    clear(check);
    check.status.textContent = "The check has run out. Tick the box again.";
    call(check.options["expired-callback"]);
  }

  function clear(check) {
    clearTimeout(check.timer);
    check.token = "";
    check.box.checked = false;
  }

  function call(callback, ...values) {
    const found = typeof callback === "string" ? window[callback] : callback;
    if (typeof found === "function") found(...values);
  }

  window.grecaptcha = {
    ready: (callback) => queueMicrotask(callback),
    render,
    reset(id = 0) {
      const check = checks[id];
      if (!check) return;
      clear(check);
      check.status.textContent = "";
    },
    getResponse: (id = 0) => checks[id]?.token ?? "",
  };

  // `?onload=name` calls back once the script is there, as reCAPTCHA's own does.
  const source = document.currentScript?.src;
  const onload = source && new URL(source).searchParams.get("onload");
  if (onload) call(onload);
})();
