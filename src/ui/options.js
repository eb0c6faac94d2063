// Options of a pick list, put in by one call: each crossing from WebAssembly costs a slow phone time.

/** Puts the options of these values and labels into `select` and chooses `selected`. */
export function fill(select, values, labels, selected) {
  const options = values.map((value, index) => new Option(labels[index], value, false, value !== "" && value === selected));
  for (const option of options) option.defaultSelected = option.selected;
  select.replaceChildren(...options);
}
