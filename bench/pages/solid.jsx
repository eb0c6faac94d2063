// The sign-up form in Solid.

import { For, Show, createResource, createSignal } from "solid-js";
import { createStore } from "solid-js/store";
import { render } from "solid-js/web";
import { load, statesOf, wrong } from "./store.js";

const isList = (kind) => kind === "checkbox" || kind === "radio";

const Options = (props) => (
  <>
    <option value="">{props.prefix}</option>
    <For each={props.list}>{({ value, label }) => <option value={value}>{label}</option>}</For>
  </>
);

function SignUp(props) {
  let node;
  const [states, setStates] = createSignal(props.definitions.states);
  const [errors, setErrors] = createStore({});
  const value = (field) => {
    const data = new FormData(node);
    return isList(field.kind) ? data.getAll(field.name) : data.get(field.name);
  };
  const check = (field) => setErrors(field.id, wrong(field, value(field)));
  const onCountry = async (event) => setStates(await statesOf(event.target.value));

  const Control = ({ field }) => {
    const { id, name, kind, isRequired } = field;
    const common = { id, name, "aria-required": isRequired };
    const invalid = () => (errors[id] ? true : undefined);
    const leave = () => check(field);
    switch (kind) {
      case "textarea":
        return <textarea {...common} rows="3" class="sfa-textarea" aria-invalid={invalid()} onBlur={leave} />;
      case "select":
        return <select {...common} class="sfa-select" aria-invalid={invalid()} onBlur={leave}><Options prefix={field.prefix} list={field.options} /></select>;
      case "country":
        return <select {...common} class="sfa-select" aria-invalid={invalid()} onBlur={leave} onChange={onCountry} ref={(select) => queueMicrotask(() => (select.value = "US"))}><Options prefix={field.prefix} list={props.definitions.countries} /></select>;
      case "state":
        return <select {...common} class="sfa-select" aria-invalid={invalid()} onBlur={leave}><Options prefix="Choose" list={states()} /></select>;
      default:
        return <input {...common} type={kind} class="sfa-input" aria-invalid={invalid()} onBlur={leave} />;
    }
  };

  const Field = ({ field }) => {
    const { id, name, kind, label, isRequired } = field;
    const words = isRequired ? label : `${label} (optional)`;
    const message = <p class="sfa-error" id={`${id}-error`}>{errors[id]}</p>;
    return (
      <Show when={isList(kind)} fallback={<div class="sfa-field"><label for={id} class="sfa-label">{words}</label>{message}<Control field={field} /></div>}>
        <fieldset id={id} class="sfa-group sfa-field">
          <legend class="sfa-label">{words}</legend>
          {message}
          <For each={field.options}>
            {({ value, label }) => (
              <div class="sfa-choice">
                <input type={kind} name={name} value={value} id={`${id}-${value}`} class={`sfa-${kind}`} />
                <label for={`${id}-${value}`} class="sfa-choice-label">{label}</label>
              </div>
            )}
          </For>
        </fieldset>
      </Show>
    );
  };

  const submit = (event) => {
    event.preventDefault();
    for (const field of [...props.definitions.account, ...props.definitions.address]) check(field);
  };
  return (
    <form class="sfa-form" novalidate ref={node} onSubmit={submit}>
      <section class="sfa-section">
        <h2 class="sfa-section-title">Your account</h2>
        <div class="sfa-fields"><For each={props.definitions.account}>{(field) => <Field field={field} />}</For></div>
      </section>
      <section class="sfa-section">
        <h2 class="sfa-section-title">Your address</h2>
        <div class="sfa-fields"><For each={props.definitions.address}>{(field) => <Field field={field} />}</For></div>
      </section>
      <div class="sfa-submit"><button class="sfa-button-primary">Create account</button></div>
    </form>
  );
}

function App() {
  const [definitions] = createResource(load);
  return <Show when={definitions()} fallback={<p role="status">Loading…</p>}><SignUp definitions={definitions()} /></Show>;
}

render(() => <App />, document.querySelector("#app"));
