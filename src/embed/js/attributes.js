/** The attributes of all elements, as the registry (`src/embed/registry.rs`) has them. */
export const ATTRIBUTES = __ATTRIBUTES__;
