// The sign-up form in plain script.

import { load, statesOf, wrong } from "./store.js";

const el = (tag, properties, ...children) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
};
const options = (prefix, list) => [new Option(prefix, ""), ...list.map(({ value, label }) => new Option(label, value))];
const isList = (kind) => kind === "checkbox" || kind === "radio";

function control(field, form) {
  const { id, name, kind } = field;
  const base = { id, name, ariaRequired: String(field.isRequired) };
  base.onblur = () => check(field);
  switch (kind) {
    case "textarea":
      return el("textarea", { ...base, className: "sfa-textarea", rows: 3 });
    case "select":
      return el("select", { ...base, className: "sfa-select" }, ...options(field.prefix, field.options));
    case "country": {
      const select = el("select", { ...base, className: "sfa-select" }, ...options(field.prefix, form.countries));
      select.value = "US";
      return select;
    }
    case "state":
      return el("select", { ...base, className: "sfa-select" }, ...options("Choose", form.states));
    default:
      return el("input", { ...base, className: "sfa-input", type: kind });
  }
}

function view(field, form) {
  const { id, name, kind, label, isRequired } = field;
  const words = isRequired ? label : `${label} (optional)`;
  const error = el("p", { id: `${id}-error`, className: "sfa-error" });
  if (!isList(kind)) return el("div", { className: "sfa-field" }, el("label", { htmlFor: id, className: "sfa-label" }, words), error, control(field, form));
  const choices = field.options.map(({ value, label }) => {
    const input = el("input", { type: kind, name, value, id: `${id}-${value}`, className: `sfa-${kind}` });
    return el("div", { className: "sfa-choice" }, input, el("label", { htmlFor: input.id, className: "sfa-choice-label" }, label));
  });
  return el("fieldset", { id, className: "sfa-group sfa-field" }, el("legend", { className: "sfa-label" }, words), error, ...choices);
}

const value = (field) => {
  const data = new FormData(document.querySelector("form"));
  return isList(field.kind) ? data.getAll(field.name) : data.get(field.name);
};

function check(field) {
  const words = wrong(field, value(field));
  document.getElementById(`${field.id}-error`).textContent = words;
  document.getElementById(field.id).ariaInvalid = words ? "true" : null;
  return !words;
}

const form = await load();
const section = (title, fields) =>
  el("section", { className: "sfa-section" }, el("h2", { className: "sfa-section-title" }, title), el("div", { className: "sfa-fields" }, ...fields.map((field) => view(field, form))));
const all = [...form.account, ...form.address];
const node = el("form", { className: "sfa-form", noValidate: true }, section("Your account", form.account), section("Your address", form.address), el("div", { className: "sfa-submit" }, el("button", { className: "sfa-button-primary" }, "Create account")));
node.onsubmit = (event) => {
  event.preventDefault();
  all.filter((field) => !check(field));
};
node.querySelector("[name='FormField[2][11]']").onchange = async (event) => {
  const states = await statesOf(event.target.value);
  node.querySelector("[name='FormField[2][12]']").replaceChildren(...options("Choose", states));
};
document.querySelector("#app").replaceChildren(node);
