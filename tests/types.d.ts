// For the checks of types: what tests keep in a page's window, and what they know of nodes without asking.

interface Window {
  [name: string]: any;
}

interface Element {
  [property: string]: any;
}

interface Event {
  [property: string]: any;
}

interface EventTarget {
  [property: string]: any;
}

interface PerformanceEntry {
  [property: string]: any;
}
