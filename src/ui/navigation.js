// A row of links that scrolls where it has no room for all of them.

/** Scrolls `list` sideways to its current link, whenever that is another or the room is. The page stays where it is. */
export function followCurrent(list) {
  const follow = () => {
    const link = list.querySelector("[aria-current]")?.getBoundingClientRect();
    if (!link) return;
    const { left, right } = list.getBoundingClientRect();
    list.scrollLeft += Math.min(0, link.left - left) || Math.max(0, link.right - right);
  };
  new ResizeObserver(follow).observe(list);
  new MutationObserver(follow).observe(list, { attributeFilter: ["aria-current"], subtree: true });
}
