// Playwright's key and mouse events as WebDriver's actions.

/** Keys that have no character, as WebDriver writes them. */
const KEYS = {
  Backspace: "\uE003", Tab: "\uE004", Enter: "\uE007", Shift: "\uE008", Control: "\uE009", Alt: "\uE00A", Escape: "\uE00C",
  PageUp: "\uE00E", PageDown: "\uE00F", End: "\uE010", Home: "\uE011", ArrowLeft: "\uE012", ArrowUp: "\uE013", ArrowRight: "\uE014",
  ArrowDown: "\uE015", Insert: "\uE016", Delete: "\uE017", F1: "\uE031", F2: "\uE032", F3: "\uE033", F4: "\uE034", F5: "\uE035",
  F6: "\uE036", F7: "\uE037", F8: "\uE038", F9: "\uE039", F10: "\uE03A", F11: "\uE03B", F12: "\uE03C", Meta: "\uE03D",
};

export function keyActions({ type, key }) {
  const value = KEYS[key] ?? key;
  if (Array.from(value).length !== 1) throw new Error(`WebDriver has no key ${key}`);
  return [{ type: "key", id: "keyboard", actions: [{ type: type === "keydown" ? "keyDown" : "keyUp", value }] }];
}

export function mouseActions({ type, x, y, button }) {
  const move = { type: "pointerMove", duration: 0, x, y, origin: "viewport" };
  const action = { mousemove: move, mousedown: { type: "pointerDown", button }, mouseup: { type: "pointerUp", button } }[type];
  return [{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions: [action] }];
}

export const wheelActions = ({ x, y, deltaX, deltaY }) => [
  { type: "wheel", id: "wheel", actions: [{ type: "scroll", x, y, deltaX, deltaY, duration: 0, origin: "viewport" }] },
];
