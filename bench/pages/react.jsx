// The sign-up form in React with react-hook-form and zod.

import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import { useForm } from "react-hook-form";
import * as z from "zod";
import { load, statesOf, wrong } from "./store.js";

const isList = (kind) => kind === "checkbox" || kind === "radio";
const key = ({ id }) => id.replace("-", "_");

function schemaOf(fields) {
  const one = (field) => (field.kind === "checkbox" ? z.array(z.string()).or(z.literal(false)).transform((v) => v || []) : z.string().nullish().transform((v) => v ?? ""));
  const checked = (field) =>
    one(field).superRefine((value, context) => {
      const message = wrong(field, value);
      if (message) context.addIssue({ code: "custom", message });
    });
  return z.object(Object.fromEntries(fields.map((field) => [key(field), checked(field)])));
}

const Options = ({ prefix, list }) => (
  <>
    <option value="">{prefix}</option>
    {list.map(({ value, label }) => (
      <option key={value} value={value}>
        {label}
      </option>
    ))}
  </>
);

function Field({ field, form, error, lists, onCountry }) {
  const { id, kind, label, isRequired } = field;
  // react-hook-form goes by the name of the control.
  const registered = form.register(key(field), kind === "country" ? { onChange: onCountry } : {});
  const common = { ...registered, id, "aria-required": isRequired, "aria-invalid": error ? true : undefined };
  const words = isRequired ? label : `${label} (optional)`;
  const message = (
    <p className="sfa-error" id={`${id}-error`}>
      {error}
    </p>
  );
  if (isList(kind)) {
    return (
      <fieldset id={id} className="sfa-group sfa-field">
        <legend className="sfa-label">{words}</legend>
        {message}
        {field.options.map(({ value, label }) => (
          <div key={value} className="sfa-choice">
            <input {...registered} type={kind} value={value} id={`${id}-${value}`} className={`sfa-${kind}`} />
            <label htmlFor={`${id}-${value}`} className="sfa-choice-label">
              {label}
            </label>
          </div>
        ))}
      </fieldset>
    );
  }
  let control = <input {...common} type={kind} className="sfa-input" />;
  if (kind === "textarea") control = <textarea {...common} rows={3} className="sfa-textarea" />;
  else if (kind === "select") control = <select {...common} className="sfa-select"><Options prefix={field.prefix} list={field.options} /></select>;
  else if (kind === "country") control = <select {...common} className="sfa-select"><Options prefix={field.prefix} list={lists.countries} /></select>;
  else if (kind === "state") control = <select {...common} className="sfa-select"><Options prefix="Choose" list={lists.states} /></select>;
  return (
    <div className="sfa-field">
      <label htmlFor={id} className="sfa-label">
        {words}
      </label>
      {message}
      {control}
    </div>
  );
}

function SignUp({ definitions }) {
  const { account, address, countries } = definitions;
  const [states, setStates] = useState(definitions.states);
  const all = useMemo(() => [...account, ...address], [account, address]);
  const country = all.find(({ kind }) => kind === "country");
  const form = useForm({ mode: "onBlur", resolver: useMemo(() => zodResolver(schemaOf(all)), [all]), defaultValues: { [key(country)]: "US" } });
  const onCountry = async (event) => setStates(await statesOf(event.target.value));
  const { errors } = form.formState;
  const view = (field) => <Field key={field.id} field={field} form={form} error={errors[key(field)]?.message} lists={{ countries, states }} onCountry={onCountry} />;
  return (
    <form className="sfa-form" noValidate onSubmit={form.handleSubmit(() => {})}>
      <section className="sfa-section">
        <h2 className="sfa-section-title">Your account</h2>
        <div className="sfa-fields">{account.map(view)}</div>
      </section>
      <section className="sfa-section">
        <h2 className="sfa-section-title">Your address</h2>
        <div className="sfa-fields">{address.map(view)}</div>
      </section>
      <div className="sfa-submit">
        <button className="sfa-button-primary">Create account</button>
      </div>
    </form>
  );
}

function App() {
  const [definitions, setDefinitions] = useState();
  useEffect(() => {
    load().then(setDefinitions);
  }, []);
  return definitions ? <SignUp definitions={definitions} /> : <p role="status">Loading…</p>;
}

createRoot(document.querySelector("#app")).render(<App />);
